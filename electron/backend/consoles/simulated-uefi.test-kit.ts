/** A machine with a UEFI shell behind a FIFO pair, for tests of runs: file systems, directories, a flasher that asks, and restarts. */
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, openSync, type ReadStream, rmSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { type Asking, type Behaviour, SimulatedConsole } from './simulated-console.test-kit.ts';

/** By path with backslashes, as `\P07\LIST.TXT`; a directory is there when a file is in it. */
type Files = Record<string, string>;

export class SimulatedUefi {
  readonly place: string;
  /** Lines that were run, as they arrived. */
  readonly ran: string[] = [];
  volumes: Record<string, Files>;
  /** More of what it says to a line; `null` where it does not know it. */
  extra: (line: string, at: string) => string | Asking | null = () => null;
  /** What another boot changes, e.g. which number a stick has. */
  onBoot: () => void = () => undefined;
  private at = '';
  private readonly simulated: SimulatedConsole;
  private input!: ReadStream;
  private output!: WriteStream;

  constructor(folder: string, volumes: Record<string, Files>, more: Partial<Behaviour> = {}) {
    this.place = path.join(folder, 'serial');
    this.volumes = volumes;
    const shell = this;
    const behaviour: Behaviour = {
      clearKey: '\x1b',
      ...more,
      get prompt() {
        return shell.at ? `${shell.at}> ` : 'Shell> ';
      },
      commands: new Proxy({}, { get: (_, line) => shell.reply(String(line)) }),
    };
    this.simulated = new SimulatedConsole(behaviour, (text) => this.say(text));
    this.plugIn();
  }

  /** The line is there (again); nobody is at its other end yet. */
  plugIn(): void {
    for (const end of ['in', 'out']) {
      rmSync(`${this.place}.${end}`, { force: true });
      execFileSync('mkfifo', [`${this.place}.${end}`]);
    }
    this.output = createWriteStream('', { fd: openSync(`${this.place}.out`, 'r+') });
    this.input = createReadStream('', { fd: openSync(`${this.place}.in`, 'r+') });
    this.input.on('data', (bytes) => this.simulated.take(Buffer.from(bytes)));
    this.input.on('error', () => undefined);
    this.output.on('error', () => undefined);
  }
  /** The line is gone, as when the machine that had it is killed. */
  unplug(): void {
    this.output.destroy();
    this.input.destroy();
    // Lets a pending read of a FIFO go.
    const last = createWriteStream('', { fd: openSync(`${this.place}.in`, 'r+') });
    last.end('\r');
  }
  /** Somebody types at the machine itself. */
  atKeyboard(keys: string): void {
    this.simulated.take(Buffer.from(keys));
  }
  say(text: string): void {
    this.output.write(text);
  }
  boot(): void {
    this.onBoot();
    this.at = '';
    this.say('BdsDxe: starting Boot0001\r\nUEFI Interactive Shell v2.2\r\n');
    this.simulated.start();
  }

  private reply(line: string): string | Asking {
    this.ran.push(line);
    const extra = this.extra(line, this.at);
    if (extra !== null) return extra;
    if (line === '') return '';
    if (line === 'reset') {
      setTimeout(() => this.boot(), 20);
      return '…';
    }
    if (line.startsWith('map '))
      return `Mapping table\r\n${Object.keys(this.volumes)
        .map((name) => `     ${name}: Alias(s):HD0b:;BLK1:\r\n         PciRoot(0x0)/USB(0x0,0x0)\r\n`)
        .join('')}`;
    const [, volume] = /^(fs\d+):$/i.exec(line) ?? [];
    if (volume) return this.go(volume.toUpperCase(), '\\');
    const [command = '', what = ''] = line.split(' ');
    if (command === 'cd') return this.go(this.at.split(':')[0] ?? '', what);
    if (command === 'type') return this.type(what);
    if (command === 'echo') return `${what === '%lasterror%' ? '0x0' : what}\r\n`;
    return `'${command}' is not recognized as an internal or external command.\r\n`;
  }

  private go(volume: string, directory: string): string {
    const files = this.volumes[volume];
    if (!files || !Object.keys(files).some((file) => file.startsWith(directory === '\\' ? '\\' : `${directory}\\`))) return 'Not found.\r\n';
    this.at = `${volume}:${directory === '\\' ? '\\' : `${directory}\\`}`;
    return '';
  }
  private type(what: string): string {
    const [, volume = this.at.split(':')[0] ?? '', file = ''] = /^(?:(fs\d+):)?(\\.*)$/i.exec(what) ?? [];
    const text = this.volumes[volume.toUpperCase()]?.[file];
    return text === undefined ? `type: File not found - '${file}'\r\n` : `${text}\r\n`;
  }
}
