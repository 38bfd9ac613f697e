/** `wrenchbook fleet` as an admin starts it: the built terminal command, with the password for sudo on a descriptor, and nobody at the keyboard. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FleetState, FleetSummary } from '../../../shared/api/fleet.ts';
import type { FleetHosts } from './fleet-hosts.test-kit.ts';

const command = path.resolve('out/main/cli.cjs');
export const whyNoFleetCommand: string | null = existsSync(command) ? null : 'the terminal command is not built';

interface Ended {
  status: number | null;
  out: string;
  err: string;
}
/** What `fleet show` says of a record besides the state. */
type Shown = FleetState & { record: { ok: boolean; findings: string[] } };

export class FleetCommand {
  /** Its data folder. */
  readonly data: string;
  private readonly hosts: FleetHosts;

  constructor(hosts: FleetHosts, name: string) {
    this.hosts = hosts;
    this.data = path.join(hosts.folder, name);
    // Ansible keeps connections open there: another one opens its own.
    mkdirSync(path.join(this.data, 'home'), { recursive: true });
  }

  begin(...words: string[]): { child: ChildProcess; done: Promise<Ended> } {
    const [program = '', ...args] = [...this.hosts.inNetwork, process.execPath, command, 'fleet', ...words];
    const child = spawn(program, args, {
      env: { ...this.hosts.environment, HOME: path.join(this.data, 'home'), WRENCHBOOK_DATA: this.data, WRENCHBOOK_DEBUG: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout?.on('data', (bytes) => (said.out += bytes));
    child.stderr?.on('data', (bytes) => (said.err += bytes));
    (child.stdio[3] as NodeJS.WritableStream).on('error', () => undefined).end('sesame\n');
    return { child, done: new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said }))) };
  }

  /** Begins one that works on hosts, without a question. */
  beginWork(...words: string[]) {
    return this.begin(...words, '--yes', '--json', '--password-fd', '3');
  }
  async work(...words: string[]): Promise<{ status: number | null; state: FleetState; err: string }> {
    const { status, out, err } = await this.beginWork(...words).done;
    return { status, state: this.parsed(out, err), err };
  }
  async say(...words: string[]): Promise<Ended> {
    return this.begin(...words).done;
  }
  async show(runId: string): Promise<Shown> {
    const { out, err } = await this.say('show', runId, '--json');
    return this.parsed(out, err);
  }
  async runs(): Promise<FleetSummary[]> {
    const { out, err } = await this.say('runs', '--json');
    return this.parsed(out, err);
  }

  /** Names of the tasks that have begun in the play that is under way, of its only run; and which play that is, from one on. */
  underWay(): { play: number; tasks: string[] } {
    const found = { play: 0, tasks: [] as string[] };
    for (const line of this.journal().split('\n')) {
      if (!line.startsWith('{') || !line.endsWith('}')) continue;
      const { event } = JSON.parse(line) as { event?: { e: string; name?: string } };
      if (event?.e === 'play') {
        found.play += 1;
        found.tasks = [];
      } else if (event?.e === 'task') found.tasks.push(event.name ?? '');
    }
    return found;
  }
  private journal(): string {
    try {
      const fleets = path.join(this.data, 'fleets');
      return readdirSync(fleets).map((name) => readFileSync(path.join(fleets, name, 'journal.jsonl'), 'utf8'))[0] ?? '';
    } catch {
      return ''; // not yet
    }
  }

  private parsed<Answer>(out: string, err: string): Answer {
    if (out === '') throw new Error(`It printed nothing. ${err}`);
    return JSON.parse(out) as Answer;
  }
}

export const withStatus = (state: FleetState, wanted: string): string[] => state.hostRows.filter(({ status }) => status === wanted).map(({ name }) => name);
export const cellsOf = (state: FleetState, name: string): FleetState['cells'][number] =>
  state.cells[state.hostRows.findIndex((each) => each.name === name)] ?? [];
