/**
 * The connection to where something is done: a session on this machine, the path from it to a machine, and root's rights there. Runs, tests of
 * targets and probes go over it. It knows nothing of what is run; what it notices goes to its listener.
 */
import { enterWay, leaveConsole, type Way, wayName } from '../consoles/console-hop.ts';
import { StepOutput } from '../runs/step-output.ts';
import { hopName } from '../sessions/hops/hop.ts';
import { WayRefused, WaySilent } from '../sessions/hops/way-refused.ts';
import { type WayLimits, WayWatch } from '../sessions/hops/way-watch.ts';
import { Session, type SessionReady } from '../sessions/session.ts';
import { SessionLost } from '../sessions/session-lost.ts';
import { RootRights } from './root-rights.ts';
import type { RunTarget } from './run-target.ts';

/** A machine that it leads to: where its session begins, the hops from there, and the one to root. */
export type Reachable = Pick<RunTarget, 'session' | 'way' | 'toRoot'>;
export type Size = { cols: number; rows: number };

export interface ConnectionListener {
  /** What the terminal shows, on the way and afterwards. */
  onData(bytes: Buffer): void;
  onOpened(ready: SessionReady): void;
  /** The way to this machine begins, where all ways begin. */
  onSetOut(machine: string): void;
  /** A hop is about to be gone: what has to be known of it is asked now, as its program has the terminal then. */
  onWay(session: Session, hop: Way): Promise<void>;
  /** It was gone, or that was given up. */
  onWayEnd(): void;
  /** Whether a question of the way stands that somebody may answer. */
  asked(): boolean;
  /** The program of the way stands at an open line. */
  onOpenLine(): void;
  /** A hop was entered, or left where there is nobody. */
  onHop(name: string, entered: SessionReady | null): void;
  /** The way to the machine was gone; rejects where nothing is to be run there. */
  onReached(session: Session, machine: string): Promise<void>;
  /** The session, or a hop on the way, ended without being asked to. */
  onLost(detail: string): void;
  /** The session was ended, as nothing is to be run there, or as the way on leads over another one. */
  onLeft(): void;
  /** Root's rights were to be given back between two steps, and that had trouble. */
  onRootTrouble(thrown: unknown): void;
  /** What runs has not heeded a Ctrl-C for so long; another one ends the session. */
  onDeaf(seconds: number): void;
}

export class Connection {
  private readonly machines: ReadonlyMap<string, Reachable>;
  private readonly listener: ConnectionListener;
  private readonly limits: WayLimits;
  private readonly root: RootRights;
  private session: Session | null = null;
  /** The machine at which the session stands; null on the way. */
  private here: string | null = null;
  /** Whose rights scripts have but for root's that were taken, on this machine and where the session began. */
  private uid = 0;
  private ownUid = 0;
  private size: Size;
  /** How often it was ended: what was being opened then is not wanted any more. */
  private ends = 0;
  /** The hop that is being gone; `end` ends the waiting for somebody to log in at a console. */
  private going: { way: Way; end: AbortController; said: StepOutput; watch: WayWatch | null } | null = null;

  /** `machines`: by the names that they are asked for with. Nothing is opened before something is to be done. */
  constructor(machines: ReadonlyMap<string, Reachable>, size: Size, limits: WayLimits, listener: ConnectionListener) {
    this.machines = machines;
    this.size = size;
    this.limits = limits;
    this.listener = listener;
    this.root = new RootRights(
      limits.rootRestMs,
      () => this.leaveRoot(),
      (thrown) => listener.onRootTrouble(thrown),
    );
  }

  get open(): boolean {
    return this.session !== null;
  }
  /** The hop that is being gone; null while none is. */
  get wayUnderWay(): Way | null {
    return this.going?.way ?? null;
  }
  /** How the terminal of this machine stands; null where that is not known. */
  get settingsHere(): Session['settingsHere'] {
    return this.session?.settingsHere ?? null;
  }

  /**
   * Goes to the machine, from another one by the way back from there, and takes root's rights where they are needed and not there. Rejects with
   * `WayRefused`, `WaySilent` or `SessionLost`, and with what the listener has against it.
   */
  async ensure(machine: string, needsRoot: boolean): Promise<void> {
    const { toRoot } = this.machine(machine);
    await this.root.settle();
    if (this.here !== null && this.here !== machine) await this.leaveMachine();
    if (!this.session?.open) await this.openSession(machine);
    if (this.here !== machine) await this.goTo(machine);
    if (!needsRoot) await this.root.giveBack();
    if (!needsRoot || !toRoot || this.uid === 0 || this.root.taken) return;
    const before = this.uid;
    await this.enter(toRoot);
    this.root.take();
    this.uid = before;
  }

  /** Gives root's rights back, unless what comes next needs them there too; then they are given back when it has not begun after a while. */
  async rest(rootWantedOn: string | null): Promise<void> {
    if (rootWantedOn !== null && rootWantedOn === this.here) this.root.keepForNext();
    else await this.root.giveBack();
  }

  /** The session, where it stands at this machine with all of the path: never is something run elsewhere. Throws `SessionLost`. */
  at(machine: string): Session {
    if (!this.session) throw notOpen();
    const hops = this.machine(machine).way.length + (this.root.taken ? 1 : 0);
    if (this.here === machine && this.session.hops === hops) return this.session;
    this.lose(this.session, 'the path to the target is no longer complete');
    throw notOpen();
  }

  /** Types it where it may go; returns what went there. */
  type(data: string): string {
    const passed = this.session?.type(data) ?? '';
    if (passed !== '') this.going?.watch?.typed();
    return passed;
  }
  interrupt(): void {
    this.going?.end.abort();
    this.session?.interrupt();
  }
  resize(size: Size): void {
    this.size = size;
    this.session?.resize(size.cols, size.rows);
  }
  pause(): void {
    this.session?.pause();
  }
  resume(): void {
    this.session?.resume();
  }

  /** Gives up the session, and the way that is being gone in it. */
  abandon(detail: string): void {
    if (this.session) this.lose(this.session, detail);
  }

  /** Ends the session and all that runs in it; resolves with whether there was one. */
  async end(): Promise<boolean> {
    this.root.forget();
    this.ends += 1;
    const { session, standing } = this;
    this.session = null;
    this.here = null;
    this.going?.end.abort();
    if (session?.hops && standing?.way.some(({ kind }) => kind === 'console')) await leaveConsole(session);
    await session?.close();
    return session !== null;
  }

  private machine(name: string): Reachable {
    const machine = this.machines.get(name);
    if (!machine) throw new TypeError(`No machine is called "${name}"`);
    return machine;
  }
  private get standing(): Reachable | undefined {
    return this.here === null ? undefined : this.machines.get(this.here);
  }

  private async leaveRoot(): Promise<void> {
    const { toRoot } = this.standing ?? {};
    if (!this.session?.open || !toRoot) return;
    await this.session.leaveHop();
    this.listener.onHop(hopName(toRoot), null);
  }

  /** Back to where all ways begin. A login at a console is left with its session only. */
  private async leaveMachine(): Promise<void> {
    const way = this.standing?.way ?? [];
    if (way.some(({ kind }) => kind === 'console')) {
      if (await this.end()) this.listener.onLeft();
      return;
    }
    await this.root.giveBack();
    this.here = null;
    for (const hop of way.toReversed()) {
      await this.session?.leaveHop();
      this.listener.onHop(wayName(hop), null);
    }
    this.uid = this.ownUid;
  }

  private async openSession(machine: string): Promise<void> {
    const { ends } = this;
    const options = await this.machine(machine).session(this.size);
    const { session, ready } = await Session.open({ ...options, ...this.size }); // it may have changed meanwhile
    if (ends !== this.ends) {
      await session.close();
      throw notOpen();
    }
    this.session = session;
    this.here = null;
    this.root.forget();
    this.uid = ready.uid;
    this.ownUid = ready.uid;
    this.listener.onOpened(ready);
    session.onData((bytes) => this.take(bytes));
    session.onLost((detail) => this.lose(session, detail));
    session.onDeaf((seconds) => this.listener.onDeaf(seconds));
    session.onHopLost((name, status) => this.lose(session, `${name} ended with status ${status}`));
  }

  /** From where all ways begin. */
  private async goTo(machine: string): Promise<void> {
    this.listener.onSetOut(machine);
    for (const hop of this.machine(machine).way) await this.enter(hop);
    const { session } = this;
    if (!session) throw notOpen();
    this.here = machine;
    try {
      await this.listener.onReached(session, machine);
    } catch (thrown) {
      await this.end();
      this.listener.onLeft();
      throw thrown;
    }
  }

  private async enter(hop: Way): Promise<void> {
    const { session } = this;
    if (!session) throw notOpen();
    const going = { way: hop, end: new AbortController(), said: new StepOutput(), watch: null };
    try {
      await this.listener.onWay(session, hop);
      this.going = going;
      const entry = { signal: going.end.signal, asked: () => this.listener.asked() };
      const outcome = await Promise.race([enterWay(session, hop, entry), this.silenceOn(session, hop)]);
      if ('status' in outcome) throw new WayRefused(hop, outcome.status, going.said.text());
      this.uid = outcome.entered.uid;
      this.listener.onHop(wayName(hop), outcome.entered);
    } catch (thrown) {
      // Half the way is no place to run anything.
      this.lose(session, `${wayName(hop)} was not reached`);
      throw thrown;
    } finally {
      this.going?.watch?.end();
      this.going = null;
      this.listener.onWayEnd();
    }
  }

  /** Rejects when nothing will come of the way; a machine that starts at a console may be silent for long. */
  private silenceOn(session: Session, hop: Way): Promise<never> {
    return new Promise((_, reject) => {
      if (hop.kind === 'console' || !this.going) return;
      this.going.watch = new WayWatch(this.limits, {
        onQuestion: () => {
          session.takeAsQuestion();
          this.listener.onOpenLine();
        },
        onOver: (trouble) => reject(new WaySilent(hop, trouble)),
      });
    });
  }

  private take(bytes: Buffer): void {
    this.going?.said.push(bytes);
    this.listener.onData(bytes);
    this.going?.watch?.saw(bytes);
  }

  private lose(session: Session, detail: string): void {
    if (this.session !== session) return;
    this.session = null;
    this.here = null;
    this.root.forget();
    void session.close();
    this.listener.onLost(detail);
  }
}

const notOpen = () => new SessionLost('it is not open', 'Try again; a new one is opened.');
