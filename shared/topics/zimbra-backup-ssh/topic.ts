/** Zimbra backup ssh. */
import { z } from 'zod';
import { defineTopic, field, sh } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';

const parameters = z.object({
  name: field(z.string().min(1, 'Give a name.').default('example'), { label: 'Name', help: 'What it is for.', control: 'text' }),
});

export const topic = defineTopic({
  id: 'zimbra-backup-ssh',
  version: 1,
  title: 'Zimbra backup ssh',
  summary: '',
  category: '',
  platforms: [],
  risk: { level: 'changes', text: '' },
  minutes: 5,
  fixes: [],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters,
  labDefaults: {},
  // Kinds of step: manual, command, console, edit (changes a text file, shown before it is written), verify.
  steps: ({ name }) => [
    {
      // Has neither proof nor undo yet: the conformance suite says so.
      id: 'first-step',
      title: 'First step',
      intro: '',
      kind: 'command',
      danger: 'changes',
      runsOn: 'this machine',
      script: sh`printf '%s\\n' ${name} > greeting`,
      matchers: [],
    },
  ],
  remedies: [],
  lab,
});
