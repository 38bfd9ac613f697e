/**
 * Watches the terminal while a way is being gone. Whatever asks there can ask in any words, and what stands there may be no question at all:
 * - an open line that stands for some seconds is taken as a question, unless it looks like the prompt of a shell;
 * - a shell's prompt, or a program with a full screen, that stands in the place of sh ends the way after a while: nothing will come;
 * - so does silence, where nothing is asked.
 */
import { plainText } from '../terminal-text.ts';
import type { HopTrouble } from './hop-trouble.ts';
import { asksOnTheWay } from './way-questions.ts';

export interface WayLimits {
  /** An open line that stands so long is a question. */
  standingMs: number;
  /** Something else than sh may have the terminal so long. */
  takenMs: number;
  /** Nothing comes any more after so long without a word and without a question. */
  silenceMs: number;
  /** A question stands so long where nobody is there to answer it; without it, for ever. */
  unansweredMs?: number;
  /** Root's rights are kept so long for the next step that needs them, unless it begins. */
  rootRestMs: number;
}
/** Somebody may have to fetch his phone. ssh gives up by itself about then. */
export const wayLimits: WayLimits = { standingMs: 3000, takenMs: 20_000, silenceMs: 10 * 60_000, rootRestMs: 10 * 60_000 };
/** Where nobody is there, and where a target is only tested. */
export const unwatchedSilenceMs = 120_000;
/** For what stands there like a question and only takes its time. */
export const unansweredMs = 10_000;

/** As whoever runs Wrenchbook wants it; looked at whenever a way is begun. */
export interface Silence {
  /** Instead of the usual limit, in ms. */
  ms?: number;
  /** Nobody is there to answer. */
  nobody?: boolean;
}

interface WayEvents {
  /** The line, as it can be read. */
  onQuestion(line: string): void;
  /** Nothing will come of it. */
  onOver(trouble: HopTrouble): void;
}

/** Of what the terminal shows, as much as is looked at. */
const keptText = 4096;
const shellPrompt = /[$#%>❯»›→λ]\s*$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what these programs print
const screens = /\x1b\[\?(?:1049|1047|47)([hl])/g;

export class WayWatch {
  private readonly limits: WayLimits;
  private readonly events: WayEvents;
  private text = '';
  private fullScreen = false;
  /** The line that was answered, or can't be a question. */
  private answered: string | null = null;
  private asked = false;
  private standing: NodeJS.Timeout | undefined;
  private taken: NodeJS.Timeout | undefined;
  private silence: NodeJS.Timeout | undefined;
  private unanswered: NodeJS.Timeout | undefined;

  constructor(limits: WayLimits, events: WayEvents) {
    this.limits = limits;
    this.events = events;
    this.waitAgain();
  }

  saw(bytes: Buffer): void {
    const piece = bytes.toString();
    for (const [, to] of piece.matchAll(screens)) this.fullScreen = to === 'h';
    this.text = (this.text + piece).slice(-keptText);
    this.asked = false;
    this.waitAgain();
  }
  /** Somebody answered. */
  typed(): void {
    this.answered = this.line;
    this.asked = false;
    this.waitAgain();
  }
  end(): void {
    for (const timer of [this.standing, this.taken, this.silence, this.unanswered]) clearTimeout(timer);
  }

  /** What stands in the terminal, in few words. */
  get screen(): string {
    return onScreen(this.text);
  }
  private get line(): string {
    const plain = plainText(this.text);
    return plain.slice(plain.lastIndexOf('\n') + 1);
  }

  private get otherPrompt(): boolean {
    return shellPrompt.test(this.line) && !asksOnTheWay(this.line);
  }

  private waitAgain(): void {
    clearTimeout(this.standing);
    clearTimeout(this.silence);
    clearTimeout(this.unanswered);
    const { standingMs, silenceMs } = this.limits;
    this.standing = setTimeout(() => this.stands(), Math.min(standingMs, silenceMs));
    this.silence = setTimeout(() => {
      const seconds = Math.round(silenceMs / 1000);
      if (!this.asked) this.over(this.otherPrompt ? otherProgram(seconds, false, this.line) : silentWay(seconds, this.screen));
    }, silenceMs);
    // A clock in the corner of a full screen is no news.
    if (this.fullScreen) this.awaitOther();
    else {
      clearTimeout(this.taken);
      this.taken = undefined;
    }
  }

  private stands(): void {
    const { line } = this;
    if (this.fullScreen || line.trim() === '') return;
    if (this.otherPrompt) {
      this.awaitOther();
      return;
    }
    if (line === this.answered) return;
    this.asked = true;
    this.events.onQuestion(line);
    const { unansweredMs: ms } = this.limits;
    if (ms !== undefined) this.unanswered = setTimeout(() => this.over(nobodyAnswered(this.screen)), ms);
  }
  private awaitOther(): void {
    const { takenMs, silenceMs } = this.limits;
    const ms = Math.min(takenMs, silenceMs);
    this.taken ??= setTimeout(() => this.over(otherProgram(Math.round(ms / 1000), this.fullScreen, this.line)), ms);
  }
  private over(trouble: HopTrouble): void {
    this.end();
    this.events.onOver(trouble);
  }
}

/** The last lines that say something. */
export const onScreen = (text: string): string =>
  plainText(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-3)
    .join(' / ')
    .slice(-300);

const shows = (screen: string) => (screen === '' ? 'The terminal shows nothing.' : `On the screen: "${screen}"`);

export const silentWay = (seconds: number, screen: string): HopTrouble => ({
  stage: screen === '' ? 'network' : 'authentication',
  cause: `Nothing came for ${seconds} seconds while logging in. ${shows(screen)}`,
  next: 'If a phone, a browser or somebody else has to approve, do that and try again, with a longer limit if needed (--silence SECONDS). Otherwise start-up files or PAM may wait for something there: log in by hand and look.',
});

const nobodyAnswered = (screen: string): HopTrouble => ({
  stage: 'authentication',
  cause: `Nobody is at the terminal to answer a question. ${shows(screen)}`,
  next: 'Test it in a terminal and answer there, or make sure that nothing is asked: a key in the agent, a host key that is known, NOPASSWD in sudoers.',
});

const otherProgram = (seconds: number, fullScreen: boolean, line: string): HopTrouble => ({
  stage: 'shell',
  cause: fullScreen
    ? `Nothing that could run sh answered within ${seconds} seconds: a full-screen program (tmux, screen, a menu) has the terminal.`
    : `Nothing that could run sh answered within ${seconds} seconds: something else is waiting at its prompt, "${line.trim().slice(-100)}".`,
  next: 'Where the start-up files of the account start another shell, tmux or a menu (exec in .bashrc or .profile), make them do so for interactive shells only: case $- in *i*) …. Otherwise this is a special device and not a POSIX system.',
});
