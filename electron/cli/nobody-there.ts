/** What happens to a question on the way to a target while nobody is at the terminal: the password that was brought, or a clear end. */
import type { PlannedPrompt } from '../../shared/api/plan.ts';
import { isWayPassword, openLinePrompt } from '../backend/sessions/hops/hop-prompts.ts';

/** One password for whoever asks for it on the way, once each: a question that comes again was not content with it. */
export class BroughtPassword {
  readonly password: string;
  private readonly given = new Set<string>();

  constructor(password: string) {
    this.password = password;
  }

  /** Whether it may be tried as the answer; whether the way itself asks is the backend's to see. */
  takes(prompt: PlannedPrompt): boolean {
    if (!isWayPassword(prompt) || this.given.has(prompt.id)) return false;
    this.given.add(prompt.id);
    return true;
  }
  /** The step that asked has come through: it may ask again later, as sudo does after a while. */
  taken(): void {
    this.given.clear();
  }
  refused({ id }: PlannedPrompt): boolean {
    return this.given.has(id);
  }
}

/** A question that ended a run. */
export interface Unanswered {
  prompt: PlannedPrompt;
  /** Why the password that was brought is no answer to it; null where none was tried. */
  because: string | null;
  /** The last line. */
  screen: string;
}

/** Why a run that nobody watches stops at a question, and what to do about it. Pure. */
export function nobodyAnswers({ prompt, because, screen }: Unanswered, target: string, refused: boolean): { message: string; next: string } {
  const { id, question } = prompt;
  if (id === openLinePrompt.id)
    return {
      message: `Nobody is at the terminal, and something on the way to ${target} waits for an answer. On the screen: "${screen}"`,
      next: 'Run it in a terminal to see what asks. If it is a start-up file of the account (ssh-add, read), make it ask in interactive shells only.',
    };
  const next = ways[id];
  if (next === undefined) return { message: `Nobody is at the terminal to answer a question: "${question}"`, next: 'Run it in a terminal.' };
  if (because !== null)
    return { message: `The password of --password-fd was not used on the way to ${target}. ${because}`, next: 'Run it in a terminal to see what asks.' };
  if (refused)
    return {
      message: `The password of --password-fd was not enough on the way to ${target}: the question came again. "${question}" On the screen: "${screen}"`,
      next: 'Either it is wrong, or this question needs a different one. Run it in a terminal to see which.',
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
