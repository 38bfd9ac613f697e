/** Part 14: the same playbook by ansible-playbook alone and through `wrenchbook fleet run`, in pairs that take turns; and a fleet of 100 hosts. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { whyNoFleetHosts, writeAnsible } from '../../electron/backend/real/fleet-hosts.test-kit.ts';
import { benchTasks, writeBenchInventory, writeBenchPlaybook } from './fleet-playbook.ts';
import { against, median, table } from './table.ts';
import type { Surroundings } from './throughput.ts';
import { folder, root } from './workspace.ts';

const command = path.join(root, 'out', 'main', 'cli.cjs');
const goal = 1.05;
const hosts = { pairs: 10, many: 100 };

/** Seconds of a clock, of processors with all children, and of processors by the process itself; its KiB at most; what it printed. */
interface Spent {
  wall: number;
  cpu: number;
  alone: number;
  memory: number;
  said: string;
}

export async function fleet({ quick, rounds, say }: Surroundings): Promise<string> {
  const why = whyNoFleetHosts ?? (existsSync(command) ? null : 'the terminal command is not built (npm run build)');
  if (why) return `Fleets are left out: ${why}.`;
  const pairs = quick ? 1 : rounds;
  const few = new FleetBench(hosts.pairs);
  try {
    // With files that are there already, Ansible reads them for the differences: the first run of all would have less to do.
    await few.run('plain');
    const spent: { plain: Spent; own: Spent }[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const first = pair % 2 === 0;
      const [one, other] = [await few.run(first ? 'plain' : 'own'), await few.run(first ? 'own' : 'plain')];
      const both = first ? { plain: one, own: other } : { plain: other, own: one };
      spent.push(both);
      const figures = ({ wall, cpu }: Spent) => `${wall.toFixed(2)} s, of processors ${cpu.toFixed(2)} s`;
      say(`pair ${pair + 1}: ansible-playbook ${figures(both.plain)}; wrenchbook fleet run ${figures(both.own)}`);
    }
    const of = (who: 'plain' | 'own', what: 'wall' | 'cpu') => median(spent.map((each) => each[who][what]));
    const row = (what: 'wall' | 'cpu', title: string) => {
      const [plain, own] = [of('plain', what), of('own', what)];
      return [title, plain.toFixed(2), own.toFixed(2), against(own / plain, '≤', goal, 3)];
    };
    const pairTable = table(
      [`${few.hosts} local hosts, ${benchTasks} tasks, ${pairs} pairs`, 'ansible-playbook', 'wrenchbook fleet run', 'ratio'],
      [row('wall', 'time, s'), row('cpu', 'of processors, s'), ['of it Wrenchbook itself, s', '', median(spent.map(({ own }) => own.alone)).toFixed(2), '']],
    );
    return quick ? pairTable : `${pairTable}\n\n${await manyHosts(say)}`;
  } finally {
    few.remove();
  }
}

async function manyHosts(say: (line: string) => void): Promise<string> {
  const many = new FleetBench(hosts.many);
  try {
    await many.run('plain');
    const plain = await many.run('plain');
    say(`${hosts.many} hosts: ${plain.wall.toFixed(1)} s without Wrenchbook`);
    const own = await many.run('own');
    const run = many.lastRun();
    const { said: shown } = await many.spend(process.execPath, command, 'fleet', 'show', path.basename(run), '--json');
    const size = (file: string) => `${(statSync(path.join(run, file)).size / 1024).toFixed(0)} KiB`;
    const [journal, events, recording] = ['journal.jsonl', 'events-1.jsonl', 'recording.cast'].map(size);
    const results = hosts.many * benchTasks;
    return table(
      [`${hosts.many} local hosts, ${benchTasks} tasks, one run`, 'value'],
      [
        ['ansible-playbook, s', plain.wall.toFixed(1)],
        ['wrenchbook fleet run, s', own.wall.toFixed(1)],
        ['of processors: ansible-playbook, s', plain.cpu.toFixed(1)],
        ['of processors: wrenchbook fleet run, s', own.cpu.toFixed(1)],
        ['of it Wrenchbook itself, s', own.alone.toFixed(1)],
        ['memory of Wrenchbook at most', `${(own.memory / 1024).toFixed(0)} MiB`],
        ['journal', journal ?? ''],
        ['of it a result', `${(statSync(path.join(run, 'journal.jsonl')).size / results).toFixed(0)} bytes`],
        ['events of the plugin', events ?? ''],
        ['recording of the terminal', recording ?? ''],
        ['matrix as JSON', `${(shown.length / 1024).toFixed(0)} KiB`],
      ],
    );
  } finally {
    many.remove();
  }
}

class FleetBench {
  readonly hosts: number;
  private readonly place: string;
  private readonly book: string;
  private readonly inventory: string;

  constructor(count: number) {
    this.hosts = count;
    this.place = folder('fleet', String(count));
    rmSync(this.place, { recursive: true, force: true });
    this.book = writeBenchPlaybook(path.join(this.place, 'book'));
    this.inventory = writeBenchInventory(this.place, count);
    writeAnsible(path.join(this.place, 'bin'));
  }

  run(who: 'plain' | 'own'): Promise<Spent> {
    if (who === 'own') return this.spend(process.execPath, command, 'fleet', 'run', this.book, '--inventory', this.inventory, '--yes', '--json');
    return this.spend('ansible-playbook', '-i', this.inventory, '--diff', path.join(this.book, 'site.yml'));
  }

  /** Resolves with what it took. Rejects where it did not end well. */
  spend(...words: string[]): Promise<Spent> {
    const began = process.hrtime.bigint();
    const env = {
      ...process.env,
      PATH: `${path.join(this.place, 'bin')}:${process.env.PATH}`,
      HOME: this.place,
      WRENCHBOOK_DATA: path.join(this.place, 'own'),
      ANSIBLE_PIPELINING: 'True',
      ANSIBLE_NOCOWS: '1',
      PYTHONDONTWRITEBYTECODE: '1',
    };
    // The shell's own `times` has those of all processes that it waited for.
    const child = spawn('sh', ['-c', '"$@" && times >&2', 'sh', ...words], { cwd: this.place, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (bytes) => (said.out += bytes));
    child.stderr.on('data', (bytes) => (said.err += bytes));
    let itself = { memory: 0, alone: 0 };
    const look = setInterval(() => {
      itself = spentBy(child.pid ?? 0) ?? itself;
    }, 100);
    return new Promise((resolve, reject) => {
      child.once('close', (status) => {
        clearInterval(look);
        if (status !== 0) return reject(new Error(`${words.join(' ')} ended with ${status}: ${(said.err + said.out).slice(-600)}`));
        resolve({ wall: Number(process.hrtime.bigint() - began) / 1e9, cpu: processorSeconds(said.err), ...itself, said: said.out });
      });
    });
  }

  /** Folder of the newest run. */
  lastRun(): string {
    const fleets = path.join(this.place, 'own', 'fleets');
    const [last = ''] = readdirSync(fleets).sort().slice(-1);
    return path.join(fleets, last);
  }
  remove(): void {
    rmSync(this.place, { recursive: true, force: true });
  }
}

/** By the shell's child, which is the command; null where it has not begun, or has ended. Ticks are hundredths of a second. */
function spentBy(shell: number): Pick<Spent, 'memory' | 'alone'> | null {
  try {
    const [child = ''] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').split(' ');
    const [user = '0', system = '0'] = (readFileSync(`/proc/${child}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ').slice(11, 13);
    return { memory: Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0), alone: (Number(user) + Number(system)) / 100 };
  } catch {
    return null;
  }
}

/** The second line of `times`: user and system, `1m2.5s 0m0.3s`. */
function processorSeconds(said: string): number {
  const [, last = ''] = /(?:^|\n)([^\n]+)\n?$/.exec(said) ?? [];
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}
