/** The last line of what is sent over a console can be lost like any other: the far side says so, and it is sent again and run once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterWay } from '../consoles/console-hop.ts';
import { PtyProcess } from './pty-process.ts';
import { Session } from './session.ts';

const placeOf = (shell: string) => spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
const shells = ([['dash'], ['bash'], ['busybox', 'ash']] as [string, ...string[]][]).filter(([program]) => placeOf(program) !== '');

/** A shell on a terminal behind a pair of FIFOs, to which not every line comes. */
class LossyMachine {
  readonly place: string;
  private readonly pty: PtyProcess;
  private readonly input;
  private readonly output;
  private line = '';
  /** How much of it went through already. */
  private passed = 0;
  /** How many characters of the helper's text came, and one of them that is lost. */
  private came = -1;
  private readonly hole: number;
  /** The lines that were lost. */
  readonly lost: string[] = [];

  /** `loses`: whether this line is lost. */
  constructor(folder: string, [program, ...args]: readonly [string, ...string[]], loses: (line: string) => boolean, { hole = -1, tools = '' } = {}) {
    this.hole = hole;
    this.place = path.join(folder, 'serial');
    const ends = ['in', 'out'].map((end) => `${this.place}.${end}`);
    execFileSync('mkfifo', ends);
    const [input = 0, output = 0] = ends.map((end) => openSync(end, 'r+'));
    this.input = createReadStream('', { fd: input });
    this.output = createWriteStream('', { fd: output });
    const environment = { PATH: `${tools}:${process.env.PATH}`, HOME: folder, PS1: '$ ', ENV: '' };
    this.pty = new PtyProcess({ program, args: [...args, '-i'], folder, environment, cols: 80, rows: 24 });
    this.pty.onData((bytes) => this.output.write(bytes));
    this.input.on('data', (bytes) => {
      for (const character of bytes.toString('latin1')) this.take(character, loses);
    });
  }

  /** A line that may be lost is held until it is whole; the others go through as they come. */
  private take(character: string, loses: (line: string) => boolean): void {
    if (this.came >= 0 && ++this.came === this.hole) return;
    if (this.came < 0 && /^[0-9a-f]{16} begin$/.test(this.line) && character === '\n') this.came = 0;
    this.line += character;
    const held = /^[0-9a-f]{16,32} end [0-9]/.test(this.line);
    if (character === '\n' || character === '\r') {
      if (held && loses(this.line)) this.lost.push(this.line);
      else if (held) this.pty.write(this.line.slice(this.passed));
      else this.pty.write(character);
      this.line = '';
      this.passed = 0;
    } else if (!couldBeEnd(this.line)) {
      this.pty.write(this.line.slice(this.passed));
      this.passed = this.line.length;
    }
  }

  async end(): Promise<void> {
    await this.pty.endAll();
    this.output.destroy();
    const last = createWriteStream('', { fd: openSync(`${this.place}.in`, 'r+') });
    last.end('\r'); // lets the pending read of this side go
    this.input.destroy();
  }
}
const couldBeEnd = (line: string) => /^[0-9a-f]{0,32}($| (e(n(d( .*)?)?)?)?$)/.test(line);

describe.skipIf(process.platform === 'win32')('a line that is lost on a console', () => {
  let folder = '';
  let machine: LossyMachine | null = null;
  let session: Session;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-lossy-'));
    const environment = { PATH: process.env.PATH ?? '', HOME: folder, ENV: '' };
    ({ session } = await Session.open({ helper: path.resolve('assets/helper/session.sh'), shell: ['sh'], folder, environment, cols: 80, rows: 24 }));
  });
  afterEach(async () => {
    await session.close();
    await machine?.end();
    machine = null;
    rmSync(folder, { recursive: true, force: true });
  });
  const enter = (loses: (line: string) => boolean, shell: readonly [string, ...string[]], lost = {}) => {
    machine = new LossyMachine(folder, shell, loses, lost);
    const way = { by: 'fifo', path: machine.place } as const;
    return enterWay(session, { kind: 'console', name: 'x', way: () => way }, { asked: () => true, signal: new AbortController().signal });
  };
  const runs = () => readFileSync(path.join(folder, 'ran'), 'utf8');

  it.each(shells)('the end of a script: it is sent again, and run once, by %s %s', { timeout: 600_000 }, async (...shell) => {
    let scripts = 0;
    await enter((line) => /^[0-9a-f]{32} end/.test(line) && ++scripts === 1, shell as [string, ...string[]]);
    expect(await session.run(`echo ran >>'${folder}/ran'; exit 3`)).toBe(3);
    expect([machine?.lost.length, runs()]).toEqual([1, 'ran\n']);
    // Silence while nothing is sent means nothing.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(await session.run(`echo again >>'${folder}/ran'`)).toBe(0);
    expect(runs()).toBe('ran\nagain\n');
  });

  it.each(shells.slice(0, 1))('the end of the helper: it is sent again', { timeout: 600_000 }, async (...shell) => {
    let texts = 0;
    await enter((line) => /^[0-9a-f]{16} end/.test(line) && ++texts === 1, shell as [string, ...string[]]);
    expect(await session.run('exit 4')).toBe(4);
    expect(machine?.lost.length).toBe(1);
  });

  it.each(['cksum', 'nothing'])(
    'a character of the helper: it is sent again, also where the machine has no cksum (without %s)',
    { timeout: 600_000 },
    async (without) => {
      const tools = path.join(folder, 'tools');
      mkdirSync(tools);
      writeFileSync(path.join(tools, without), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
      let ends = 0;
      await enter((line) => /^[0-9a-f]{16} end/.test(line) && ++ends === 0, ['dash'], { hole: 1800, tools });
      expect(await session.run('exit 5')).toBe(5);
      expect(ends).toBe(2);
    },
  );
});
