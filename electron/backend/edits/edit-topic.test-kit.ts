/** A procedure that edits files, for tests: one that is there, behind a link, and one that is made. */
import { z } from 'zod';
import { defineTopic, type EditStep, file, type Step, sh, type Topic } from '../../../shared/topic-kit/index.ts';

/** Sets `name = value`, at its place or at the end. */
export function setOption(text: string, name: string, value: string): string {
  const line = `${name} = ${value}`;
  const there = new RegExp(`^${name} *=.*$`, 'm');
  if (there.test(text)) return text.replace(there, () => line);
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
}

export const options: EditStep = {
  id: 'options',
  kind: 'edit',
  title: 'Raise the limit',
  intro: 'The old limit is too low.',
  danger: 'changes',
  runsOn: 'lab',
  file: '/etc/app/app.conf',
  edit: (old) => setOption(old, 'limit', '4096'),
  verify: {
    looksOnlyAt: 'what stands in the file',
    script: sh`grep limit ${file('/etc/app/app.conf')}`,
    matchers: [{ id: 'limit', kind: 'expected', pattern: /^limit = 4096$/, means: 'It is raised.', missing: 'It is not.' }],
  },
};
const made: EditStep = {
  id: 'made',
  kind: 'edit',
  title: 'Switch it on',
  intro: 'It is off without this file.',
  danger: 'changes',
  runsOn: 'lab',
  file: '/etc/app/on.conf',
  create: { mode: '0640' },
  edit: (old) => setOption(old, 'on', 'yes'),
};

/** A file that takes a while to travel, so that there are many moments to be cut off at. */
export const largeText = (version: number) => `version = ${version}\n${'some text of which there is much, ünï\n'.repeat(10_000)}`;
const { verify: _, ...unproved } = options;
export const largeEdit: readonly Step[] = [{ ...unproved, edit: (old) => setOption(old, 'version', '2') }, made];

export const editTopic: Topic = defineTopic({
  id: 'edits-files',
  version: 1,
  title: 'Edits files',
  summary: 'For tests of edits.',
  category: 'Test',
  platforms: ['any'],
  risk: { level: 'changes', text: 'Two files change.' },
  minutes: 2,
  fixes: ['nothing'],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters: z.object({}),
  labDefaults: {},
  steps: () => [options, made],
  remedies: [],
  lab: {
    scenario: 'A program with a limit that is too low.',
    failures: [
      {
        id: 'not-installed',
        title: 'The program is not installed',
        story: 'Its file is missing.',
        stopsAt: { step: 'options', rule: 'file-absent' },
        wayOut: 'undo',
      },
    ],
    facts: {},
    files: (failure) => [
      { path: 'root/etc/app/readme', content: 'Settings of the program.\n' },
      ...(failure === null ? [{ path: 'root/etc/app/app.conf', content: '# limits\r\nlimit = 12\nname = ünï\n' }] : []),
    ],
  },
});
