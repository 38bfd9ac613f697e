/** What happens to a question on the way to a target while nobody is at the terminal: the password that was brought, or a clear end. */
import { closeSync, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { PlannedPrompt } from '../../shared/api/plan.ts';

const takesPassword = ['way-password', 'way-sudo-password'];

/** Types one password for whoever asks for it, once each: a question that comes again was not content with it. */
export class BroughtPassword {
  private readonly password: string;
  private readonly given = new Set<string>();

  constructor(password: string) {
    this.password = password;
  }

  /** What is typed; null where this is no question for it. */
  for({ id }: PlannedPrompt): string | null {
    if (!takesPassword.includes(id) || this.given.has(id)) return null;
    this.given.add(id);
    return `${this.password}\n`;
  }
  /** The step that asked has come through: it may ask again later, as sudo does after a while. */
  taken(): void {
    this.given.clear();
  }
  refused({ id }: PlannedPrompt): boolean {
    return this.given.has(id);
  }
}

/**
 * Reads the first line of an open file descriptor and closes it, so that no program that is started has it. The password is in
 * no argument, no variable and no file of ours. Throws `bad-parameters`.
 */
export function readPassword(fd: string): BroughtPassword {
  const refuse = (because: string) =>
    new WrenchbookError('bad-parameters', `--password-fd ${fd}: ${because}.`, 'For example: --password-fd 3 3< <(pass show web1), or 0 with a pipe.');
  const number = Number(fd);
  if (!/^\d{1,4}$/.test(fd) || number === 1 || number === 2) throw refuse('this is no descriptor to read from');
  if (isatty(number)) throw refuse('this is a terminal, where what is typed would be seen');
  let text: string;
  try {
    text = readFileSync(number, 'utf8');
    if (number !== 0) closeSync(number);
  } catch (cause) {
    throw refuse(`it can't be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message})`);
  }
  const [password = ''] = text.split(/\r?\n/, 1);
  if (password === '') throw refuse('its first line is empty');
  return new BroughtPassword(password);
}

/** Why a run that nobody watches stops at a question, and what to do about it. Pure. */
export function nobodyAnswers({ id, question }: PlannedPrompt, target: string, refused: boolean): { message: string; next: string } {
  const next = ways[id];
  if (next === undefined) return { message: `Nobody is at the terminal to answer a question: "${question}"`, next: 'Run it in a terminal.' };
  if (refused)
    return {
      message: `The password of --password-fd was not enough on the way to ${target}: it is asked again. "${question}"`,
      next: 'Either it is wrong, or this question wants another one. Run it in a terminal to see which.',
    };
  return {
    message: `Nobody is at the terminal to answer a question on the way to ${target}: "${question}"`,
    next,
  };
}

const ways: Record<string, string> = {
  'way-host-key':
    'Accept the key beforehand: log in once with ssh, compare the fingerprint and answer yes, or test the target in a terminal (wrenchbook targets test).',
  'way-passphrase': 'Load the key into ssh-agent beforehand (ssh-add), or run it in a terminal.',
  'way-sudo-password': 'Give the password with --password-fd, allow this user NOPASSWD in sudoers, or run it in a terminal.',
  'way-password': 'Log in with a key (ssh-copy-id, ssh-agent), give the password with --password-fd, or run it in a terminal.',
};
