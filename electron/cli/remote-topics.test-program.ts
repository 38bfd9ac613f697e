/** Procedures that run over ssh, for tests of the terminal command: one asks for a secret, one puts it where it has no place. */
import { z } from 'zod';
import { defineTopic, type Step, secretField, sh, type Topic } from '../../shared/topic-kit/index.ts';

const asking = {
  prompts: [
    {
      id: 'database-password',
      pattern: /^Database password: $/,
      question: 'It asks for the password of the database.',
      explanation: 'Of the form.',
      answers: [],
      recommended: '',
      secret: true as const,
      answerFrom: 'database',
    },
  ],
};
const command = (id: string, script: ReturnType<typeof sh>, more: object = {}): Step => ({
  kind: 'command',
  id,
  title: id,
  intro: '',
  danger: 'reads',
  runsOn: 'the target',
  script,
  matchers: [],
  ...more,
});

const remote = (id: string, steps: readonly Step[], secret: boolean): Topic =>
  defineTopic({
    id,
    version: 1,
    title: id,
    summary: 'A topic of a test.',
    category: 'Test',
    platforms: [],
    risk: { level: 'changes', text: '' },
    minutes: 1,
    fixes: [],
    needs: [],
    cannotUndo: [],
    corrections: [],
    sources: [],
    symptoms: [],
    parameters: secret ? z.object({ database: secretField({ label: 'Database password', help: 'Of the database.' }) }) : z.object({}),
    labDefaults: {},
    steps: () => [...steps],
    remedies: [],
    targets: ['local', 'ssh'],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });

const quietly = sh`stty -echo; printf 'Database password: '; read -r x; stty echo; echo; printf '%s' "$x" | wc -c; sleep 1`;
const loudly = sh`stty -echo; printf 'Database password: '; read -r x; stty echo; echo; SECRET=$x sh -c 'sleep 1' sh "$x"; printf '%s' "$x" >/tmp/leaked`;
/** Held on the target until the test lets it go on; `more` is what it does with the secret. */
const held = (more: ReturnType<typeof sh>) =>
  command(
    'held',
    sh`stty -echo; printf 'Database password: '; read -r x; stty echo; echo; printf '%s' "$x" | wc -c; ${more}; touch /tmp/is-held; until [ -e /tmp/go-on ]; do sleep 0.1; done; echo through`,
    { ...asking, needsRoot: true, danger: 'changes', long: true, irreversible: 'Only a test.' },
  );
const rooted = command('rooted', sh`echo "as $(id -un)"`, { needsRoot: true });

export const topics: readonly Topic[] = [
  remote('keeps-secrets', [command('who', sh`echo "who: $(id -un)"`), command('asks', quietly, { ...asking, needsRoot: true })], true),
  remote('leaks-secrets', [command('asks', loudly, asking)], true),
  remote('holds-secrets', [held(sh`:`)], true),
  remote('shows-held-secrets', [held(sh`echo "$x"`)], true),
  remote('needs-root', [command('who', sh`echo "who: $(id -un)"`), rooted], false),
];
