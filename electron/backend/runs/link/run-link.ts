/**
 * The way to a run's target while it is gone: reaches it again with back-off, tells what is going on, and can be called off.
 * What may be done once it is back is decided by those who ask for it, not here.
 */
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { LinkState } from '../../../../shared/api/link.ts';
import type { Prompt } from '../../../../shared/topic-kit/index.ts';
import { WayRefused, WaySilent } from '../../sessions/hops/way-refused.ts';
import { SessionLost } from '../../sessions/session-lost.ts';
import { backOffMs, mostAskedTries, mostReadings, mostTries } from './back-off.ts';

export interface LinkSurroundings {
  terminal: {
    readonly linked: boolean;
    readonly open: boolean;
    ensureSession(needsRoot: boolean): Promise<void>;
    abandon(detail: string): void;
  };
  note(text: string): void;
  onChange(): void;
}
/** What is waited for, and until when (ms since 1970); without an end it is the tries that are counted. */
export interface Awaited {
  kind: LinkState['kind'];
  needsRoot: boolean;
  says: string;
  until?: number;
}

export class RunLink {
  private readonly around: LinkSurroundings;
  private current: LinkState | null = null;
  private question: string | null = null;
  private asked = false;
  private wake: (() => void) | null = null;
  private calledOff = false;
  private left = false;

  constructor(around: LinkSurroundings) {
    this.around = around;
  }

  /** Null while nothing is waited for. */
  get state(): LinkState | null {
    if (!this.current || this.question === null) return this.current;
    return { ...this.current, says: `${this.current.says} On the way there you are asked: ${this.question} Answer in the terminal.` };
  }
  get linked(): boolean {
    return this.around.terminal.linked;
  }

  /** A question on the way to the target is open, or none any more. */
  prompted(prompt: Prompt | null): void {
    this.question = this.current && prompt ? prompt.question : null;
    this.asked ||= this.question !== null;
  }

  /** The run is left: nothing is waited for any more, and nothing reached again. */
  leave(): void {
    this.left = true;
    this.callOff();
  }

  /** Ends what is waited for; false where nothing is. */
  callOff(): boolean {
    if (!this.current) return false;
    this.calledOff = true;
    this.wake?.();
    // What is on its way there ends with it; a line that stands is left alone.
    if (this.current.nextTryAt === null) this.around.terminal.abandon('it was cancelled');
    return true;
  }

  /**
   * Resolves once the target is reached. Rejects where that was called off or given up, and at once where trying again can't
   * help, as with a refused login.
   */
  async reach(awaited: Awaited): Promise<void> {
    const { terminal } = this.around;
    if (terminal.open) return terminal.ensureSession(awaited.needsRoot);
    let askedTries = 0;
    await this.waiting(awaited, async () => {
      for (let tries = 0; ; tries++) {
        if (tries > 0 || awaited.kind === 'restarting') await this.pause(this.delay(awaited, tries));
        this.tell({ nextTryAt: null, tries: tries + 1 });
        this.asked = false;
        try {
          await terminal.ensureSession(awaited.needsRoot);
          return;
        } catch (thrown) {
          if (this.calledOff) throw this.whyOff;
          if (!mayPass(thrown)) throw thrown;
          if (this.asked) askedTries += 1;
          if (awaited.until !== undefined ? Date.now() >= awaited.until : tries + 1 >= mostTries) throw givenUp(tries + 1, thrown);
          if (askedTries >= mostAskedTries) throw askedTooOften(thrown);
        }
      }
    });
  }

  /** While something is waited for that the target does: it is told, and can be called off. */
  async waiting<T>(awaited: Awaited, work: () => Promise<T>): Promise<T> {
    if (this.left) throw new Left();
    const before = this.current;
    if (!before) this.calledOff = false;
    const until = awaited.until === undefined ? null : new Date(awaited.until).toISOString();
    this.current = { kind: awaited.kind, since: before?.since ?? new Date().toISOString(), nextTryAt: null, until, tries: 0, says: awaited.says };
    this.around.onChange();
    try {
      return await work();
    } finally {
      this.current = before;
      this.question = null;
      this.around.onChange();
    }
  }

  /** Rejects where what is waited for was called off meanwhile. */
  async pause(ms: number): Promise<void> {
    this.tell({ nextTryAt: new Date(Date.now() + ms).toISOString() });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.calledOff) this.wake();
    });
    this.wake = null;
    if (this.calledOff) throw this.whyOff;
  }

  private get whyOff(): WrenchbookError {
    return this.left ? new Left() : new CalledOff();
  }

  /** Does what only reads, and does it again when the link is lost under it; `what` names it. */
  async reading<T>(what: string, needsRoot: boolean, work: () => Promise<T>): Promise<T> {
    for (let time = 1; ; time++) {
      try {
        return await work();
      } catch (thrown) {
        if (!this.mayReadAgain(thrown, time)) throw thrown;
        this.around.note(`${thrown.message} ${what} only reads: it is repeated once the target is reached.`);
        await this.reach({ kind: 'lost', needsRoot, says: `${thrown.message} ${what} only reads, and is repeated once the target is reached.` });
      }
    }
  }

  /** Whether what was lost is the link, and reading (for the how-manieth time) may be done again. */
  mayReadAgain(thrown: unknown, time: number): thrown is SessionLost {
    return thrown instanceof SessionLost && this.linked && !this.around.terminal.open && time <= mostReadings;
  }

  private delay({ until }: Awaited, tries: number): number {
    const ms = until === undefined ? backOffMs(tries) : Math.min(backOffMs(tries), 5000);
    return until === undefined ? ms : Math.max(0, Math.min(ms, until - Date.now()));
  }

  private tell(news: Partial<LinkState>): void {
    if (!this.current) return;
    this.current = { ...this.current, ...news };
    this.around.onChange();
  }
}

/** Whether the way may be open at another time. */
const mayPass = (thrown: unknown): thrown is WrenchbookError =>
  thrown instanceof SessionLost || ((thrown instanceof WayRefused || thrown instanceof WaySilent) && thrown.stage === 'network');

/** By the admin. */
export class CalledOff extends WrenchbookError {
  constructor() {
    super('cancelled', 'Waiting for the target was cancelled.', 'Find out in which state it is, then decide. The next step opens a new connection.');
  }
}
class Left extends WrenchbookError {
  constructor() {
    super('cancelled', 'The run was left.', 'Find out in which state the target is, then decide.');
  }
}
export class GivenUp extends WrenchbookError {}
const givenUp = (tries: number, last: WrenchbookError) =>
  new GivenUp('session', `The target was not reached again in ${tries} tries. ${last.message}`, `${last.next} Then continue: a new connection is opened.`);
const askedTooOften = (last: WrenchbookError) =>
  new GivenUp(
    'session',
    `The connection was lost again each time after a question on the way, ${mostAskedTries} times. ${last.message}`,
    'Find out why, then continue: a new connection is opened.',
  );
