/** A procedure with all that a compiled role has to carry over: facts, an edit with what lets it take effect, one that is put back, commands. */
import { z } from 'zod';
import { defineTopic, type EditRefusal, fact, file, type Matcher, type Step, sh } from '../../../shared/topic-kit/index.ts';

const wants = (id: string, pattern: RegExp): Matcher => ({ kind: 'expected', id, pattern, means: 'It is so.', missing: `${id} is not so.`, next: 'Look.' });
const settings = '/etc/wren.conf';

const steps: readonly Step[] = [
  {
    kind: 'command',
    id: 'look',
    title: 'Read the name',
    intro: '',
    danger: 'reads',
    script: sh`sed 's/^/name=/' ${file('/srv/name')}; echo "held=$(cat ${file('/run/wren')} 2> /dev/null | wc -c)"`,
    saves: [
      { id: 'name', title: 'Name', pattern: /^name=(.*)$/ },
      { id: 'held', title: 'Bytes that were in effect', pattern: /^held=(\d+)$/ },
    ],
    matchers: [],
  },
  {
    kind: 'edit',
    id: 'settings',
    title: 'Write the settings',
    intro: '',
    danger: 'changes',
    needsRoot: true,
    file: settings,
    create: { mode: '0640' },
    edit: (old, { name = '' }): string | EditRefusal =>
      old.includes('[foreign]')
        ? { rule: 'foreign', means: 'It is foreign.', next: 'Leave it.' }
        : old.includes(`name: ${name}\n`)
          ? old
          : `${old}name: ${name}\n`,
    afterwards: { script: sh`{ cat ${file(settings)} 2> /dev/null || :; } > ${file('/run/wren')}; echo x >> ${file('/srv/taken')}` },
    verify: { script: sh`cat ${file('/run/wren')}`, matchers: [wants('taken', /^name: /)] },
    undone: {
      script: sh`cat ${file('/run/wren')} ; echo "held=$(cat ${file('/run/wren')} | wc -c)"`,
      matchers: [
        { kind: 'failure', id: 'there', pattern: /^name: /, means: 'It is there still.', next: 'Look.' },
        { kind: 'equal', id: 'as-before', pattern: /^held=(\d+)$/, to: { fact: 'held' }, means: 'It is as it was.', differs: 'It is another.' },
      ],
    },
  },
  {
    kind: 'command',
    id: 'count',
    title: 'Count',
    intro: '',
    danger: 'changes',
    needsRoot: true,
    before: { script: sh`echo "was=$(cat ${file('/srv/count')})"`, saves: [{ id: 'was', title: 'Count before', pattern: /^was=(\d+)$/ }] },
    script: sh`echo $(( $(cat ${file('/srv/count')}) + 1 )) > ${file('/srv/count')}; printf '%s\\n' ${fact('name')} > ${file('/srv/said')}`,
    matchers: [],
    verify: {
      script: sh`echo "now=$(cat ${file('/srv/count')})"; cat ${file('/srv/said')}`,
      matchers: [{ kind: 'changed', id: 'counted', pattern: /^now=(\d+)$/, from: { fact: 'was' }, means: 'It went up.', same: 'It is the same.' }],
    },
    undo: sh`echo ${fact('was')} > ${file('/srv/count')}; rm ${file('/srv/said')}`,
    undone: {
      script: sh`echo "now=$(cat ${file('/srv/count')})"`,
      matchers: [{ kind: 'equal', id: 'back', pattern: /^now=(\d+)$/, to: { fact: 'was' }, means: 'It is as it was.', differs: 'It is another.' }],
    },
  },
  {
    kind: 'edit',
    id: 'strict',
    title: 'Write what a program checks',
    intro: '',
    danger: 'changes',
    needsRoot: true,
    file: '/etc/wren.strict',
    edit: (old) => (old.endsWith('new\n') ? old : `${old}new\n`),
    verify: {
      orPutBack: true,
      looksOnlyAt: 'whether it is accepted',
      script: sh`[ ! -e ${file('/srv/refuse')} ] && echo accepted`,
      matchers: [wants('accepted', /^accepted$/)],
    },
  },
];

export const topic = defineTopic({
  id: 'fleet-topic',
  version: 1,
  title: 'Everything a role carries',
  summary: '',
  category: 'Services & apps',
  platforms: ['Linux'],
  risk: { level: 'changes', text: '' },
  minutes: 1,
  fixes: [],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters: z.object({}),
  labDefaults: {},
  steps: () => steps,
  remedies: [],
  targets: ['ssh'],
  lab: { scenario: '', failures: [], facts: {}, files: () => [] },
});
