/** Consoles behind real FIFOs, a real terminal device and real programs. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { serialSpeeds } from '../../../../shared/api/console.ts';
import { PtyProcess } from '../../sessions/pty-process.ts';
import { ConsoleSession } from '../console-session.ts';
import { promptDialect } from '../dialects/console-dialect.ts';
import { SimulatedConsole } from '../simulated-console.test-kit.ts';
import type { Carrier } from './carrier.ts';
import { CommandCarrier, type ConsoleCommand } from './command-carrier.ts';
import { ipmiConsole, virshConsole, xlConsole } from './console-commands.ts';
import { FifoCarrier } from './fifo-carrier.ts';
import { SerialCarrier } from './serial-carrier.ts';

const dialect = promptDialect(/^dev> $/);
const commands = { hello: 'hi there\r\n' };
const folder = () => mkdtempSync(path.join(tmpdir(), 'wb-console-'));
const environment = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
const ended = (carrier: Carrier) => new Promise<string>((resolve) => carrier.onEnd(resolve));

/** Makes a terminal device, says its name, and is what stands at its other end. In Perl, which Debian always has. */
const farEnd = `
open(M, "+<", "/dev/ptmx") or die; my $n = pack("i", 0); ioctl(M, 0x40045431, $n) or die; ioctl(M, 0x80045430, $n) or die;
syswrite(STDOUT, "/dev/pts/" . unpack("i", $n) . "\\n");
my $in = ""; vec($in, fileno(STDIN), 1) = 1;
fcntl(M, 4, 04002);
for (;;) {
  my $r = $in; select($r, undef, undef, 0.005);
  if (vec($r, fileno(STDIN), 1)) { sysread(STDIN, my $b, 4096) or exit; syswrite(M, $b) }
  if (sysread(M, my $b, 4096)) { syswrite(STDOUT, $b) }
}`;

describe('FIFO pair', () => {
  const pair = () => {
    const at = path.join(folder(), 'serial');
    execFileSync('mkfifo', [`${at}.in`, `${at}.out`]);
    return at;
  };
  /** Opens both ends for both directions, as QEMU does. */
  function machine(at: string) {
    const input = createReadStream('', { fd: openSync(`${at}.in`, 'r+'), autoClose: true });
    const output = createWriteStream('', { fd: openSync(`${at}.out`, 'r+') });
    const simulated = new SimulatedConsole({ prompt: 'dev> ', commands, loseEvery: 3, buffer: 2 }, (text) => output.write(text));
    input.on('data', (bytes) => simulated.take(Buffer.from(bytes)));
    return { simulated, input, output };
  }

  it('carries a console that loses characters, which are typed again', async () => {
    const at = pair();
    const { simulated, input, output } = machine(at);
    const carrier = await FifoCarrier.open(at);
    const session = new ConsoleSession(carrier, dialect);
    simulated.start('booted\r\n');
    await session.waitForPrompt();
    expect((await session.command('hello')).text).toBe('hi there');
    expect(simulated.ran).toEqual(['hello']);
    const gone = ended(carrier);
    output.destroy();
    expect(await gone).toBe('its other side was closed');
    await session.close();
    const last = createWriteStream('', { fd: openSync(`${at}.in`, 'r+') });
    last.end('\r'); // lets the pending read of the test's own side go
    input.destroy();
  });

  it.each<[string, (at: string) => void, RegExp]>([
    ['missing', () => undefined, /it is not there/],
    ['a file', (at) => ['in', 'out'].forEach((end) => void writeFileSync(`${at}.${end}`, '')), /it is not a FIFO/],
    ['without another side', (at) => void execFileSync('mkfifo', [`${at}.in`, `${at}.out`]), /nothing reads from its other side/],
  ])('that is %s is told', async (_, make, words) => {
    const at = path.join(folder(), 'serial');
    make(at);
    await expect(FifoCarrier.open(at, 100)).rejects.toThrow(words);
  });
});

describe.skipIf(process.platform === 'win32')('serial device', () => {
  /** A terminal's far end as the device: what is typed there comes out here. */
  async function device() {
    const pty = new PtyProcess({ program: 'sh', args: ['-c', 'stty raw -echo; tty; exec sleep 60'], folder: '/', environment, cols: 80, rows: 24 });
    const name = await new Promise<string>((resolve) => pty.onData((bytes) => /\/dev\/\S+/.test(bytes.toString()) && resolve(bytes.toString().trim())));
    return { pty, name };
  }

  it.skipIf(process.platform !== 'linux')('carries lines in both directions, and is free for others after it was closed', async () => {
    const far = spawn('perl', ['-e', farEnd], { stdio: ['pipe', 'pipe', 'inherit'] });
    const name = await new Promise<string>((resolve) => far.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim())));
    const simulated = new SimulatedConsole({ prompt: 'dev> ', commands }, (text) => far.stdin.write(text));
    far.stdout.on('data', (bytes: Buffer) => simulated.take(bytes));
    for (let time = 0; time < 2; time++) {
      const carrier = await SerialCarrier.open({ device: name, speed: 115_200 });
      const session = new ConsoleSession(carrier, dialect);
      await session.waitForPrompt({ knock: true });
      expect((await session.command('hello')).text).toBe('hi there');
      await session.close();
    }
    const carrier = await SerialCarrier.open({ device: name, speed: 9600 });
    const gone = ended(carrier);
    far.kill('SIGKILL'); // as an adapter that is pulled out
    expect(await gone).toBe('the device is gone');
    await carrier.close();
  });

  it('is refused while another program has it open', async () => {
    const { pty, name } = await device();
    await expect(SerialCarrier.open({ device: name, speed: 115_200 })).rejects.toThrow(process.platform === 'linux' ? /process \d+ uses it/ : /./);
    await pty.endAll();
  });

  it.each([
    ['/dev/wb-not-there', /it is not there/],
    ['/etc/passwd', /can't be a serial device/],
    ['/dev/../etc/passwd', /can't be a serial device/],
    ['-x', /can't be a serial device/],
    ['/dev/null', /\/dev\/null can't be used/],
  ])('%s is refused with the reason', async (name, words) => {
    await expect(SerialCarrier.open({ device: name, speed: 9600 })).rejects.toThrow(words);
  });

  it('knows its speeds only', async () => {
    await expect(SerialCarrier.open({ device: '/dev/null', speed: 42 as (typeof serialSpeeds)[number] })).rejects.toThrow(/speed of 42/);
  });
});

describe.skipIf(process.platform === 'win32')('command', () => {
  const carriers: CommandCarrier[] = [];
  afterEach(() => Promise.all(carriers.splice(0).map((carrier) => carrier.close())));
  const start = (command: ConsoleCommand, more = environment) => {
    const carrier = new CommandCarrier(command, { folder: '/', environment: more });
    carriers.push(carrier);
    return carrier;
  };

  it('leads to what it shows on its terminal', async () => {
    const carrier = start({ program: 'sh', args: ['-c', 'while printf "dev> "; read line; do echo "<$line>"; done'] });
    const session = new ConsoleSession(carrier, dialect);
    await session.waitForPrompt();
    expect((await session.command('a "quoted" $line')).text).toBe('<a "quoted" $line>');
  });

  it('tells its end', async () => {
    expect(await ended(start({ program: 'sh', args: ['-c', 'exit 3'] }))).toBe('sh ended with status 3');
  });

  it('that is missing names its package', () => {
    const command = ipmiConsole({ host: 'bmc', user: 'admin' });
    expect(() => new CommandCarrier(command, { folder: '/', environment: { PATH: '/nowhere' } })).toThrow(
      expect.objectContaining({ message: 'The program ipmitool is not there.', next: expect.stringMatching(/package ipmitool/) }),
    );
  });

  it('detaches before it is ended', async () => {
    const bin = folder();
    const log = path.join(bin, 'log');
    writeFileSync(path.join(bin, 'virsh'), `#!/bin/sh\nstty raw -echo\nprintf 'dev> '\nhead -c 1 | od -An -tx1 >${log}\n`);
    chmodSync(path.join(bin, 'virsh'), 0o755);
    const carrier = new CommandCarrier(virshConsole({ domain: 'guest' }), { folder: '/', environment: { ...environment, PATH: `${bin}:${environment.PATH}` } });
    const session = new ConsoleSession(carrier, dialect);
    await session.waitForPrompt();
    await session.close();
    expect(readFileSync(log, 'utf8').trim()).toBe('1d');
  });
});

describe('arguments', () => {
  it('hold names, and no password', () => {
    expect(ipmiConsole({ host: '10.0.0.9', user: 'admin', port: 623 }).args.join(' ')).toBe('-I lanplus -H 10.0.0.9 -p 623 -U admin -a -e \x1d sol activate');
    expect(virshConsole({ domain: 'guest', connection: 'qemu:///system' }).args).toEqual(['-c', 'qemu:///system', '-e', '^]', 'console', 'guest']);
    expect(xlConsole({ domain: 'guest' }).args).toEqual(['console', 'guest']);
  });
  it.each<[string, () => unknown]>([
    ['a dash in front', () => xlConsole({ domain: '-t' })],
    ['a space', () => virshConsole({ domain: 'a b' })],
    ['an option as host', () => ipmiConsole({ host: '-f/etc/shadow', user: 'admin' })],
    ['a control character', () => ipmiConsole({ host: 'bmc', user: 'ad\nmin' })],
    ['no URI', () => virshConsole({ domain: 'guest', connection: '-r' })],
    ['a port too high', () => ipmiConsole({ host: 'bmc', user: 'admin', port: 70_000 })],
  ])('are refused with %s', (_, make) => {
    expect(make).toThrow(/can't be the/);
  });
});
