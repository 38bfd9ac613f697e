/** The state of a fleet run from its events, and which cells each event changed. Pure; no other truth than the journal. */
import type { AttemptKind, CellDetail, CellStatus, CellTask, ChangeGroup, FleetStatus, FleetStep, HostStatus } from '../../../../shared/api/fleet.ts';
import type { AnsibleEvent } from './ansible-event.ts';
import { cellStatusOf, shownTask, type TaskInCell } from './cell.ts';
import { changeGroups, unseenByCheck } from './checked-changes.ts';
import type { FleetEvent, FleetEventBody } from './fleet-event.ts';
import { fleetStatus, hostsFor } from './fleet-status.ts';
import { type NextAttempt, nextAttempt, reachable } from './follow-up.ts';
import { type AttemptRow, type Counts, type HostRow, isFor, isThrough } from './host-row.ts';
import { hostVerdict, noResult } from './host-verdict.ts';

type Created = Extract<FleetEventBody, { type: 'fleet-created' }>;
type Started = Extract<FleetEventBody, { type: 'attempt-started' }>;

export interface Dirty {
  hosts: Set<number>;
  cells: Set<string>;
}
const apartStep = 'set-up';
const stillAway = 'It was out of reach, and its turn did not come again.';

/** State after all of them. */
export function foldFleet(events: readonly FleetEvent[]): FleetFold {
  const fold = new FleetFold();
  for (const event of events) fold.apply(event);
  return fold;
}

export class FleetFold {
  created: Created | null = null;
  createdAt = '';
  readonly hosts: HostRow[] = [];
  readonly attempts: AttemptRow[] = [];
  private readonly index = new Map<string, number>();
  private readonly stepIndex = new Map<string, number>();
  private tasks = new Map<string, { step: string; name: string }>();
  private currentStep = '';
  private stats: Counts | null = null;
  private batch: string[] = [];
  /** Of an attempt with those that were out of reach: they. */
  private away: ReadonlySet<string> = new Set();
  private dirty: Dirty = { hosts: new Set(), cells: new Set() };

  apply(event: FleetEvent): void {
    switch (event.type) {
      case 'fleet-created':
        this.created = event;
        this.createdAt = event.at;
        for (const [at, { id }] of event.steps.entries()) this.stepIndex.set(id, at);
        for (const { name, role, from } of event.hosts) {
          this.index.set(name, this.hosts.length);
          this.hosts.push({
            name,
            role,
            from,
            status: 'pending',
            changed: false,
            says: '',
            apart: [],
            notAffected: '',
            cells: event.steps.map(() => ({ tasks: [], status: 'pending' })),
          });
        }
        return;
      case 'attempt-started':
        this.begin(event, event.at);
        return;
      case 'attempt-process':
        this.with(event.attempt, (attempt) => (attempt.process = event));
        return;
      case 'stop-asked':
        this.with(event.attempt, (attempt) => (attempt.stopped = true));
        return;
      case 'ansible':
        this.with(event.attempt, (attempt) => attempt.events++);
        this.ansible(event.event);
        return;
      case 'attempt-ended':
        this.with(event.attempt, (attempt) => {
          attempt.endedAt = event.at;
          attempt.status = event.status;
          this.finish(attempt);
        });
        return;
      case 'attempt-lost':
        this.with(event.attempt, (attempt) => {
          attempt.endedAt = event.at;
          attempt.lost = true;
          this.finish(attempt);
        });
        return;
      case 'note':
    }
  }

  /** What has changed since it was last taken. */
  takeDirty(): Dirty {
    const { dirty } = this;
    this.dirty = { hosts: new Set(), cells: new Set() };
    return dirty;
  }

  get attempt(): AttemptRow | undefined {
    return this.attempts.at(-1);
  }
  get running(): boolean {
    return this.attempt?.endedAt === null;
  }
  /** Ansible has told its summary: it came to its own end. */
  get counted(): boolean {
    return this.stats !== null;
  }
  get steps(): readonly FleetStep[] {
    return this.created?.steps ?? [];
  }
  cellStatus(host: number, step: number): CellStatus {
    return this.hosts[host]?.cells[step]?.status ?? 'pending';
  }

  get status(): FleetStatus {
    return fleetStatus(this.attempts, this.hosts);
  }

  /** Hosts that an attempt of this kind would be for; empty where it is not offered. */
  hostsFor(kind: AttemptKind): string[] {
    return this.running ? [] : hostsFor(kind, this.attempts, this.hosts);
  }

  /** The same, but for those that come last, as the check did not reach them. */
  firstFor(kind: AttemptKind): string[] {
    const chosen = this.hostsFor(kind);
    return kind === 'apply' ? reachable(chosen, this.hosts) : chosen;
  }
  /** What comes by itself behind the last attempt, now that it has ended. */
  get next(): NextAttempt | null {
    return this.attempt && !this.running ? nextAttempt(this.attempt, this.hosts) : null;
  }

  /** One cell. `alone`: without what ran outside of all steps, which is shown where a step has nothing of its own. */
  detail(host: string, step: string, alone = false): CellDetail | null {
    const row = this.hosts[this.index.get(host) ?? -1];
    const at = this.stepIndex.get(step);
    const found = at === undefined ? undefined : row?.cells[at];
    const about = at === undefined ? undefined : this.steps[at];
    if (!row || !found || !about) return null;
    const apart = !alone && (found.status === 'unreachable' || found.tasks.length === 0) ? row.apart : [];
    return { host, step: about, status: found.status, tasks: [...apart, ...found.tasks].map((task) => shownTask(task, !this.running)) };
  }

  /** What ran on a host outside of all steps. */
  aside(host: string): CellTask[] {
    const row = this.hosts[this.index.get(host) ?? -1];
    return (row?.apart ?? []).map((task) => shownTask(task, !this.running));
  }

  /** Hosts on which the last check would change the same, the largest group first. */
  changeGroups(): ChangeGroup[] {
    return changeGroups(this.hosts, this.steps);
  }

  /** Hosts of which the last check does not know what would change, and why. */
  unseenByCheck(): { host: string; why: string }[] {
    return this.attempt?.kind === 'check' ? unseenByCheck(this.hosts) : [];
  }

  private begin({ attempt: number, kind, hosts, command, follows }: Started, startedAt: string): void {
    this.attempts.push({
      ...{ number, kind, startedAt, endedAt: null, status: null, command, hosts: hosts.length, names: hosts },
      ...{ process: null, stopped: false, lost: false, follows: follows ?? null, enough: '', events: 0 },
    });
    [this.tasks, this.currentStep, this.stats, this.batch] = [new Map(), '', null, []];
    const wereAway = this.hosts.filter(({ status }) => status === 'unreachable').map(({ name }) => name);
    this.away = new Set(follows === 'late' ? wereAway : []);
    for (const name of hosts) {
      const at = this.index.get(name);
      const host = at === undefined ? undefined : this.hosts[at];
      if (at === undefined || !host) continue;
      host.apart = [];
      host.notAffected = '';
      this.turn(at, kind === 'undo' && host.status === 'done' ? host.status : 'pending', '');
      if (kind === 'undo') continue;
      for (const [step, cell] of host.cells.entries()) {
        cell.tasks = [];
        this.paint(at, step, 'pending');
      }
    }
  }

  private ansible(event: AnsibleEvent): void {
    switch (event.e) {
      case 'play':
        this.closeStep('');
        this.batchOver();
        this.batch = event.hosts;
        for (const name of event.hosts) this.onHost(name, (host, at) => host.status === 'pending' && this.turn(at, 'running', ''));
        return;
      case 'task': {
        const step = stepOf(event.name, event.tags, this.stepIndex);
        this.tasks.set(event.id, { step, name: event.name.startsWith(`${step}: `) ? event.name.slice(step.length + 2) : event.name });
        if (step !== this.currentStep) this.closeStep(step);
        return;
      }
      case 'host-start':
        if (!this.countsFailures(event.task)) this.onTask(event.host, event.task, event.at, () => undefined);
        return;
      case 'result':
        if (this.countsFailures(event.task)) {
          if (event.status === 'ok' && this.attempt) this.attempt.enough = String(event.said.msg ?? '');
          return;
        }
        this.onTask(event.host, event.task, event.at, (task, host, at) => {
          task.result = event;
          const words = String(event.said.msg ?? '');
          if (event.status === 'ok' && host.apart.includes(task) && notAffected.test(words)) host.notAffected = words;
          if (event.status === 'unreachable') this.turn(at, 'unreachable', String(event.said.msg ?? 'It could not be reached.'));
          if (event.status === 'failed' && !event.ignored) this.turn(at, 'failed', `${task.name}: ${String(event.said.msg ?? 'failed')}`.slice(0, 500));
          if (event.status === 'ok' && event.changed && (task.kind === 'apply' || task.kind === 'retry' || task.kind === 'resume')) host.changed = true;
          this.dirty.hosts.add(at);
        });
        return;
      case 'stats':
        this.stats = event.hosts;
        return;
      case 'start':
      case 'no-hosts':
    }
  }

  /** It is about all hosts, whichever runs it. */
  private countsFailures(task: string): boolean {
    const about = this.tasks.get(task);
    return about?.step === apartStep && about.name.startsWith(failureCount);
  }

  private onTask(name: string, id: string, at: number, note: (task: TaskInCell, host: HostRow, index: number) => void): void {
    const about = this.tasks.get(id);
    const attempt = this.attempt;
    if (!about || !attempt) return;
    this.onHost(name, (host, index) => {
      const step = this.stepIndex.get(about.step);
      const cell = step === undefined ? null : (host.cells[step] ?? null);
      if (attempt.kind === 'undo' && cell?.tasks.some(({ attempt: of }) => of !== attempt.number))
        cell.tasks = cell.tasks.filter(({ attempt: of }) => of === attempt.number);
      const list = cell ? cell.tasks : host.apart;
      let task = list.find((each) => each.id === id && each.attempt === attempt.number);
      if (!task) {
        task = { id, name: about.name, attempt: attempt.number, kind: attempt.kind, startedAt: at, result: null, rescued: false };
        list.push(task);
      }
      note(task, host, index);
      if (cell && step !== undefined) this.paint(index, step, this.judged(cell.tasks, about.step, false));
      // Out of reach before its first step: what comes next could not be begun.
      else if (task.result?.status === 'unreachable') this.paintNext(host, index);
    });
  }

  private paintNext(host: HostRow, index: number): void {
    const next = host.cells.findIndex(({ status }) => status === 'pending');
    if (next >= 0) this.paint(index, next, 'unreachable');
  }

  private judged(tasks: readonly TaskInCell[], step: string, gone: boolean): CellStatus {
    return cellStatusOf(tasks, { over: step !== this.currentStep, gone });
  }

  /** All hosts are through with the step: each cell is judged by what it has. */
  private closeStep(next: string): void {
    const before = this.stepIndex.get(this.currentStep);
    this.currentStep = next;
    if (before !== undefined) this.repaint(before, false);
  }

  private repaint(step: number, gone: boolean): void {
    const number = this.attempt?.number;
    for (const [at, { cells }] of this.hosts.entries()) {
      const tasks = cells[step]?.tasks ?? [];
      if (tasks.length > 0 && tasks[0]?.attempt === number) this.paint(at, step, this.judged(tasks, this.steps[step]?.id ?? '', gone));
    }
  }

  /** A new play has begun: those of the batch before with a result for every step are through, whatever becomes of Ansible. */
  private batchOver(): void {
    if (this.attempt?.kind === 'check' || this.attempt?.kind === 'undo') return;
    for (const name of this.batch)
      this.onHost(name, (host, at) => host.status === 'running' && isThrough(host, this.steps, this.hosts) && this.turn(at, 'done', ''));
  }

  private finish(attempt: AttemptRow): void {
    // Where Ansible did not come to its summary, nobody saw the end of the step that was under way.
    const unseen = this.stats === null ? this.currentStep : '';
    this.currentStep = '';
    const counted = this.stats ?? {};
    for (const name of attempt.names) {
      this.onHost(name, (host, at) => {
        const stats = counted[name];
        if (stats && stats.rescued > 0 && stats.failures === 0)
          for (const { tasks } of host.cells) for (const task of tasks) task.rescued ||= task.result?.status === 'failed';
        for (const [step, { tasks }] of host.cells.entries())
          if (tasks.length > 0 && tasks[0]?.attempt === attempt.number)
            this.paint(at, step, cellStatusOf(tasks, { over: this.steps[step]?.id !== unseen, gone: true }));
        const { status, says } = hostVerdict(host, attempt, stats, isThrough(host, this.steps, this.hosts));
        if (status === 'undone') host.changed = false;
        const missing = says !== '' && says === host.notAffected ? 'skipped' : says === noResult ? 'unknown' : null;
        if (missing)
          for (const [step, cell] of host.cells.entries())
            if (cell.status === 'pending' && isFor(host, this.steps[step], this.hosts)) this.paint(at, step, missing);
        if (status === 'pending' && this.away.has(name)) {
          // Ansible ends where the first of them is out of reach again. Nobody knows more of the others than before.
          this.paintNext(host, at);
          this.turn(at, 'unreachable', stillAway);
        } else this.turn(at, status, says);
      });
    }
  }

  private onHost(name: string, work: (host: HostRow, at: number) => unknown): void {
    const at = this.index.get(name);
    const host = at === undefined ? undefined : this.hosts[at];
    if (at !== undefined && host) work(host, at);
  }
  private turn(at: number, status: HostStatus, says: string): void {
    const host = this.hosts[at];
    if (!host) return;
    Object.assign(host, { status, says });
    this.dirty.hosts.add(at);
  }
  private paint(at: number, step: number, status: CellStatus): void {
    const cell = this.hosts[at]?.cells[step];
    if (!cell || cell.status === status) return;
    cell.status = status;
    this.dirty.cells.add(`${at}:${step}`);
  }
  private with(number: number, work: (attempt: AttemptRow) => void): void {
    const attempt = this.attempts.find((each) => each.number === number);
    if (attempt) work(attempt);
  }
}

/** What the compiled check says where it ends a host. */
const notAffected = /^(?:not-affected|already-fixed)\./;

/** What tasks that count failed hosts are called by the compiler. */
const failureCount = 'stop-at: ';

/** By the tag, else by the words before the first colon. */
function stepOf(name: string, tags: readonly string[], steps: ReadonlyMap<string, number>): string {
  const named = name.split(': ', 1)[0] ?? '';
  return tags.find((tag) => steps.has(tag)) ?? (steps.has(named) ? named : apartStep);
}
