/** Procedures of tests of the doctor: a line in a file, with a check that sees it; and a check that hangs. */
import { z } from 'zod';
import { defineTopic, field, file, type Probe, readings, sh, type Topic } from '../../shared/topic-kit/index.ts';

const parameters = z.object({
  place: field(z.string().regex(/^\/[\w./-]+$/), { label: 'File', help: '', control: 'text' }),
  line: field(z.string().default('hello'), { label: 'Line', help: '', control: 'text' }),
});
type Values = z.output<typeof parameters>;

const probe: Probe<Values> = {
  looksAt: ['the file'],
  uses: ['place', 'line'],
  script: ({ place, line }) => sh`grep -c -x -F -e ${line} ${file(place)} | sed 's/^/count=/'`,
  judge: ({ output }) => {
    const count = readings(output).get('count') ?? '';
    const findings = [{ label: 'The line', value: count, means: 'lines are there.', speaks: count === '0' ? ('for' as const) : ('against' as const) }];
    if (count === '') return { verdict: 'unknown', because: 'The file could not be read.', next: '', findings: [] };
    return count === '0'
      ? { verdict: 'affected', because: 'The line is not there.', next: 'Start the run.', findings }
      : { verdict: 'already-fixed', because: 'The line is there.', next: '', findings };
  },
};

const about = (id: string) => ({
  ...{ id, version: 1, title: `Title of ${id}`, summary: 'A topic of a test.', category: 'Test', platforms: [], minutes: 1 },
  ...{ risk: { level: 'changes' as const, text: '' }, fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [] },
  ...{ labDefaults: {}, remedies: [], targets: ['local', 'ssh'] as const, lab: { scenario: '', failures: [], facts: {}, files: () => [] } },
});

export const topics: readonly Topic[] = [
  defineTopic({
    ...about('put-line'),
    parameters,
    probe,
    steps: ({ place, line }) => [
      {
        // An edit would keep its backup on the machine that the tests run on.
        kind: 'command',
        id: 'put',
        title: 'Put the line',
        intro: '',
        danger: 'changes',
        runsOn: 'the machine',
        script: sh`grep -q -x -F -e ${line} ${file(place)} || printf '%s\\n' ${line} >>${file(place)}`,
        matchers: [],
        irreversible: 'The line stays.',
      },
    ],
  }),
  defineTopic({
    ...about('always-here'),
    parameters: z.object({}),
    steps: () => [],
    probe: {
      looksAt: ['nothing'],
      uses: [],
      script: () => sh`echo there=yes; date +%s%N`,
      judge: () => ({ verdict: 'affected', because: 'It is here.', next: '', findings: [{ label: 'There', value: 'yes', means: '', speaks: 'for' }] }),
    },
  }),
];
