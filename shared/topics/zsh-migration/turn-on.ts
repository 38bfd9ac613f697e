/** zsh in the place of bash: in the terminal program, or as the login shell. */
import { anywhere, fact, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { loginShell } from './start-up.ts';

export const terminal: Step = {
  kind: 'manual',
  id: 'turn-on',
  title: 'Let the terminal program start zsh',
  intro: 'The login shell stays as it is: any other terminal still starts bash.',
  danger: 'changes',
  runsOn: 'the terminal program',
  instructions: [
    'iTerm2: Settings, Profiles, General, Command: "Custom Shell", /bin/zsh. In another program, look for the command or the shell of its profile.',
    'For the plugin dirhistory in iTerm2: Profiles, Keys, Left Option key: Esc+.',
    'Open a new window, and use it for a while.',
  ],
  lab: sh`lab-shell-hand turn-on`,
  verify: {
    looksOnlyAt: 'whether zsh is where the profile says',
    script: sh`zsh --version | sed 's/^/version: /'`,
    matchers: [{ kind: 'expected', id: 'zsh', pattern: /^version: zsh/, means: 'zsh is there.', missing: 'There is no zsh.', next: 'Check its path.' }],
  },
  irreversible: 'It is a setting of the terminal program: choose "Login Shell" there again.',
};

export const login = ({ shell }: Parameters): Step => ({
  kind: 'command',
  id: 'turn-on',
  title: 'Make zsh the login shell',
  intro: 'chsh asks for this account’s password, and again if you undo this. It counts from the next login on.',
  danger: 'changes',
  runsOn: 'the account whose shell changes',
  before: { script: loginShell, saves: [{ id: 'shell-before', title: 'Login shell before', pattern: /^login-shell=(\/\S+)$/ }] },
  script: sh`chsh -s ${anywhere(shell)}`,
  prompts: [
    {
      id: 'password',
      pattern: /Password(?: for \S+)?: ?$/i,
      question: 'Password of this account?',
      explanation: 'chsh asks for it. It goes to chsh only, and is written nowhere.',
      answers: [],
      recommended: '',
      secret: true,
    },
  ],
  matchers: [
    {
      kind: 'failure',
      id: 'not-listed',
      pattern: /non-standard shell|is not (?:listed|a valid shell)|is an invalid shell/,
      means: `${shell} is not in /etc/shells.`,
      next: 'Add it there as root, or name the path that is listed.',
      remedies: ['list'],
    },
    {
      kind: 'failure',
      id: 'password',
      pattern: /Authentication failure|Credentials could not be verified|incorrect/i,
      means: 'The password was wrong.',
      next: 'Run the step again.',
    },
  ],
  verify: {
    script: loginShell,
    matchers: [
      {
        kind: 'equal',
        id: 'login-shell',
        pattern: /^login-shell=(\S*)$/,
        to: { text: shell },
        means: 'zsh is the login shell.',
        differs: 'The login shell is another one.',
        next: 'Accounts of a directory (LDAP, AD) are changed there.',
      },
    ],
  },
  undo: sh`chsh -s ${anywhere(fact('shell-before'))}`,
  undone: {
    script: loginShell,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^login-shell=(\S*)$/,
        to: { fact: 'shell-before' },
        means: 'The login shell is as before.',
        differs: 'The login shell is not as before.',
        next: 'Run chsh yourself.',
      },
    ],
  },
});
