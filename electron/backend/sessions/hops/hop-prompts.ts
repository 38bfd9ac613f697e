/** Questions on the way to a target: what they mean, for whoever is asked. Answers are typed into the terminal and kept nowhere. */
import type { Prompt } from '../../../../shared/topic-kit/index.ts';

const typed = { answers: [], recommended: '', secret: true } as const;

const secretWord = '(?:[Pp]assword|[Pp]asswort|[Pp]asscode|[Kk]ennwort|PIN|[Vv]erification code|[Oo]ne-time \\w)';
/** The word stands in what comes before the last colon, and after the one before. */
const asksForSecret = new RegExp(`(?:^|:)(?:(?!${secretWord})[^:])*${secretWord}[^:]*: ?$`);

export const hopPrompts: readonly Prompt[] = [
  {
    id: 'way-host-key',
    pattern: /\(yes\/no(?:\/\[fingerprint\])?\)\? $|Please type 'yes', 'no' or the fingerprint: $/,
    question: 'ssh does not know the key of this machine. Is it the right one?',
    explanation:
      'Compare the fingerprint in the terminal with one that you have from the machine itself or from whoever runs it. A wrong yes can hand your session to somebody else.',
    answers: [
      { value: 'yes', label: 'It is the right key', means: 'ssh remembers it and continues.' },
      { value: 'no', label: 'No', means: 'The connection ends here.' },
    ],
    recommended: '',
  },
  {
    id: 'way-login',
    pattern: /(?:^|\s)login: $/,
    question: 'The console asks who logs in.',
    explanation: 'Type the user name into the terminal, then the password when it is asked for. A shell that is already open there is used.',
    answers: [],
    recommended: '',
  },
  {
    id: 'way-passphrase',
    pattern: /^Enter passphrase for key .+: $/,
    question: 'ssh asks for the passphrase of your key.',
    explanation: 'Type it into the terminal. It goes only to ssh; with ssh-agent you are asked once.',
    ...typed,
  },
  {
    id: 'way-sudo-password',
    pattern: /^\[sudo on [^\]]+\] password for [^:]+: $/,
    question: 'sudo asks for a password.',
    explanation: 'Type it into the terminal. It goes only to sudo and is not stored.',
    ...typed,
  },
  {
    id: 'way-password',
    pattern: asksForSecret,
    question: 'A password or code is asked for.',
    explanation: 'Type it into the terminal. It goes only to the program that asks and is not stored.',
    ...typed,
  },
];

/** Whatever else stands there for some seconds (`way-watch.ts`). */
export const openLinePrompt: Prompt = {
  id: 'way-open-line',
  pattern: /(?!)/,
  question: 'Something on the way is waiting, perhaps for an answer.',
  explanation: 'Read its line in the terminal, and type the answer there. It may also just be slow.',
  ...typed,
};

/** Asks for what `--password-fd` brings. */
export const isWayPassword = ({ id }: Pick<Prompt, 'id'>): boolean => id === 'way-password' || id === 'way-sudo-password';
