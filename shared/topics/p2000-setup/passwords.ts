/** The passwords of manage and of the hidden account, and the proof of the second by two logins. They are typed at questions, and shown nowhere. */
import { type CommandStep, type Prompt, type Step, sh } from '../../topic-kit/index.ts';
import { arrayStep } from './array-line.ts';
import type { Parameters } from './parameters.ts';

const typed = (id: string, pattern: RegExp, field: string, account: string): Prompt => ({
  id,
  pattern,
  question: `New password of ${account}?`,
  explanation: 'Wrenchbook types what you gave in the form. It is not shown and not recorded.',
  answers: [],
  recommended: '',
  secret: true,
  answerFrom: field,
});
const newPassword = (account: string, field: string, intro: string): Step =>
  arrayStep(
    {
      id: `${account}-password`,
      title: `Change the password of ${account}`,
      intro,
      danger: 'changes',
      prompts: [
        typed(`${account}-new`, /^Enter new password[^:]*: ?$/i, field, account),
        typed(`${account}-again`, /^Re-?enter new password[^:]*: ?$/i, field, account),
      ],
      irreversible: 'A password cannot be put back without the old one. "Restore defaults" brings the default back, with its hole.',
    },
    'set',
    'password',
    account,
  );

const old = [
  '-o',
  'HostKeyAlgorithms=+ssh-rsa',
  '-o',
  'StrictHostKeyChecking=accept-new',
  '-o',
  'PreferredAuthentications=password,keyboard-interactive',
  '-o',
  'NumberOfPasswordPrompts=1',
];
/** The login's own shell is the array's command line: `exit` ends it. */
const login = (id: string, title: string, intro: string, ip: string, more: Pick<CommandStep, 'prompts' | 'matchers'>): Step => ({
  kind: 'command',
  id,
  title,
  intro,
  danger: 'reads',
  minutes: 1,
  runsOn: 'this machine',
  script: sh`printf 'exit\\n' | ssh -tt ${old} ${`admin@${ip}`} 2>&1; echo "login=$?"`,
  ...more,
});

export const passwordSteps = ({ ipA }: Parameters): Step[] => [
  newPassword('manage', 'managePassword', 'Its default is in every manual.'),
  newPassword(
    'admin',
    'adminPassword',
    'This account is not listed by "show users". Its default is public since December 2010, and no firmware of that time closes the hole.',
  ),
  login('old-refused', 'Log in as admin with the default password', 'It has to be refused.', ipA, {
    prompts: [
      {
        id: 'old-admin',
        pattern: /^admin@\S+ password: ?$/i,
        question: 'Password of admin?',
        explanation: 'The default, which is public. The array has to refuse it.',
        answers: [{ value: '!admin', label: '!admin', means: 'The default password.' }],
        recommended: '!admin',
      },
    ],
    matchers: [
      {
        kind: 'failure',
        id: 'still-open',
        pattern: /^login=0$/,
        text: 'login=0',
        means: 'The default password still opens the hidden account.',
        next: 'Wait a minute until both controllers have the change. Then change it again by hand: set password admin.',
        remedies: ['change'],
      },
      {
        kind: 'expected',
        id: 'denied',
        pattern: /Permission denied/,
        means: 'The default password is refused.',
        missing: 'Whether the default password is refused was not seen.',
        next: 'Check that ssh reaches controller A, then run the step again.',
      },
      { kind: 'harmless', id: 'refused-status', pattern: /^login=255$/, text: 'login=255', means: 'ssh ends so after a refusal.' },
      {
        kind: 'harmless',
        id: 'new-key',
        pattern: /^Warning: Permanently added/,
        text: 'Warning: Permanently added …',
        means: 'ssh keeps the key of the array’s new address.',
      },
    ],
  }),
  login('new-accepted', 'Log in as admin with the new password', 'It has to be accepted.', ipA, {
    prompts: [{ ...typed('new-admin', /^admin@\S+ password: ?$/i, 'adminPassword', 'admin'), question: 'Password of admin?' }],
    matchers: [
      {
        kind: 'expected',
        id: 'accepted',
        pattern: /^login=0$/,
        means: 'The new password is accepted.',
        missing: 'The new password is not accepted.',
        next: 'Change it again, and mind the array’s rules for passwords.',
      },
      {
        kind: 'harmless',
        id: 'new-key',
        pattern: /^Warning: Permanently added/,
        text: 'Warning: Permanently added …',
        means: 'ssh keeps the key of the array’s new address.',
      },
    ],
  }),
];
