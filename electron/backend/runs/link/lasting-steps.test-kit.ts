/** Steps that take a while on a throw-away machine. */
import { type Step, sh } from '../../../../shared/topic-kit/index.ts';

const step = (id: string, script: ReturnType<typeof sh>, more: Partial<Step> = {}): Step =>
  ({
    id,
    kind: 'command',
    title: id,
    intro: 'A step of a test.',
    danger: 'changes',
    runsOn: 'the target',
    minutes: 7,
    script,
    matchers: [],
    irreversible: 'Only a test.',
    ...more,
  }) as Step;

const slow = sh`echo begun >>"$HOME/times"; seq 1 500; i=0; while [ ! -e "$HOME/go-on" ] && [ $i -lt 300 ]; do sleep 0.1; i=$((i + 1)); done; seq 501 1000; echo through | tee "$HOME/end"`;
const whole = [
  { kind: 'expected', id: 'first', pattern: /^1$/, means: 'The first line.', missing: 'The first line is missing.' },
  { kind: 'expected', id: 'during', pattern: /^777$/, means: 'A line from meanwhile.', missing: 'A line from meanwhile is missing.' },
  { kind: 'expected', id: 'through', pattern: /^through$/, means: 'The last line.', missing: 'The last line is missing.' },
] as const;

export const lastingSteps: readonly Step[] = [
  step('read', sh`echo once >>"$HOME/reads"; echo looking; [ "$(wc -l <"$HOME/reads")" -gt 1 ] || sleep 60; echo found`, { danger: 'reads' }),
  step('change', slow),
  step('long', slow, { long: true, matchers: whole } as Partial<Step>),
  step('asks', sh`printf 'Go on? '; read -r answer; echo "answer $answer"; id -un`, {
    long: true,
    needsRoot: true,
    prompts: [
      {
        id: 'go-on',
        pattern: /^Go on\? $/,
        question: 'Shall it go on?',
        explanation: '',
        answers: [{ value: 'yes', label: 'Yes', means: 'It goes on.' }],
        recommended: 'yes',
      },
    ],
  } as Partial<Step>),
  step('restart', sh`echo "going down"; touch "$HOME/restart"; sleep 60`, {
    restarts: { within: 0.5 },
    verify: { script: sh`echo "up again: $(cat /etc/started)"`, matchers: [] },
  } as Partial<Step>),
];
/** Only these of them. */
export const onlySteps = (...ids: string[]): Step[] => lastingSteps.filter(({ id }) => ids.includes(id));
