/**
 * A serial device, without a native module: stty(1) sets the line, two cat(1) carry the bytes. The device is opened without
 * becoming anybody's controlling terminal, so that a break or Ctrl-C from the other side is no signal here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, readlink, stat } from 'node:fs/promises';
import { serialSpeeds } from '../../../../shared/api/console.ts';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { type Carrier, CarrierEvents } from './carrier.ts';

export interface SerialLine {
  /** `/dev/ttyS0`, `/dev/ttyUSB0`, `/dev/cu.usbserial-1`. */
  device: string;
  speed: (typeof serialSpeeds)[number];
  /** RTS/CTS; off where it is not said, as most console cables have three wires. */
  hardwareFlowControl?: boolean;
}

export class SerialCarrier implements Carrier {
  readonly name: string;
  private readonly events = new CarrierEvents();
  private readonly reader: ChildProcess;
  private readonly writer: ChildProcess;

  /** Rejects with WrenchbookError `session` (missing, no right, in use, no serial device) or `bad-parameters`. */
  static async open(line: SerialLine): Promise<SerialCarrier> {
    const first = await openPrepared(line);
    try {
      const lasting = await openDevice(line.device, constants.O_RDWR | constants.O_NOCTTY);
      try {
        return new SerialCarrier(line.device, lasting.fd);
      } finally {
        await lasting.close(); // the two programs have it
      }
    } finally {
      await first.close();
    }
  }

  private constructor(device: string, fd: number) {
    this.name = `serial device ${device}`;
    this.reader = spawn('cat', [], { stdio: [fd, 'pipe', 'ignore'] });
    this.writer = spawn('cat', [], { stdio: ['pipe', fd, 'ignore'] });
    this.reader.stdout?.on('data', (bytes: Buffer) => this.events.emitData(bytes));
    this.reader.stdout?.on('close', () => this.events.emitEnd('the device is gone'));
    this.writer.stdin?.on('error', (error) => this.events.emitEnd(error.message));
    for (const child of [this.reader, this.writer]) child.on('error', (error) => this.events.emitEnd(error.message));
    this.writer.on('exit', () => this.events.emitEnd('the device is gone'));
  }

  onData(listener: (bytes: Buffer) => void): void {
    this.events.onData(listener);
  }
  onEnd(listener: (detail: string) => void): void {
    this.events.onEnd(listener);
  }
  write(bytes: Buffer): void {
    if (this.writer.stdin?.writable) this.writer.stdin.write(bytes);
  }
  async close(): Promise<void> {
    this.reader.stdout?.removeAllListeners('close');
    this.writer.removeAllListeners('exit');
    await Promise.all([this.reader, this.writer].map(endChild));
  }
}

/** Sets the line, for a program that opens the device by itself. Rejects as `SerialCarrier.open`. */
export async function prepareSerial(line: SerialLine): Promise<void> {
  await (await openPrepared(line)).close();
}

/** Without O_NONBLOCK an open would wait for a carrier signal; with it, cat would meet EAGAIN: whoever reads opens it again. */
async function openPrepared(line: SerialLine): Promise<FileHandle> {
  await check(line);
  const handle = await openDevice(line.device, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  try {
    await setLine(handle.fd, line);
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL'); // bytes that wait for a stalled line are not typed later
  });
}

async function check({ device, speed }: SerialLine): Promise<void> {
  if (!/^\/dev\/[A-Za-z0-9][A-Za-z0-9._/:-]*$/.test(device) || device.includes('..'))
    throw new WrenchbookError('bad-parameters', `"${device}" can't be a serial device.`, 'Name one below /dev, such as /dev/ttyUSB0.');
  if (!serialSpeeds.includes(speed))
    throw new WrenchbookError('bad-parameters', `A speed of ${speed} is not known.`, `Choose one of ${serialSpeeds.join(', ')}; 115200 and 9600 are usual.`);
  const found = await stat(device).catch(() => null);
  if (!found) throw trouble(device, 'it is not there', 'Plug the adapter in and look at `dmesg` for its name.');
  if (!found.isCharacterDevice()) throw trouble(device, 'it is not a serial device', 'Name the device of the serial port, such as /dev/ttyUSB0.');
  const user = await userOf(device);
  if (user) throw trouble(device, `process ${user} uses it`, 'Close that program first: two readers would each get only part of the characters.');
}

/** A process of ours, or for root of anybody, that has the device open. Linux only; elsewhere the open itself may tell. */
async function userOf(device: string): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const wanted = await stat(device);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid))) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of open) {
      const link = `/proc/${pid}/fd/${fd}`;
      if (!(await readlink(link).catch(() => '')).startsWith('/dev/')) continue; // only devices are asked, which answer at once
      const is = await stat(link).catch(() => null);
      if (is?.isCharacterDevice() && is.rdev === wanted.rdev && (is.dev === wanted.dev || !isPseudoTerminal(is.rdev))) return pid;
    }
  }
  return null;
}
/** Each container numbers its own from 0: the same number on another file system is another terminal. A real device is one everywhere. */
const isPseudoTerminal = (rdev: number) => rdev >> 8 >= 136 && rdev >> 8 <= 143;

async function openDevice(device: string, flags: number): Promise<FileHandle> {
  try {
    return await open(device, flags);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM')
      throw trouble(
        device,
        'you have no permission to use it',
        'Join the group that owns it (Debian and Ubuntu: `sudo usermod -aG dialout $USER`), log in again, then try again.',
      );
    if (code === 'EBUSY') throw trouble(device, 'another program uses it', 'Close that program first, then try again.');
    throw trouble(device, message, 'Check the adapter and its driver, then try again.');
  }
}

/** stty works on its standard input: no option for the device's name, which GNU and BSD spell differently. */
function setLine(fd: number, { device, speed, hardwareFlowControl }: SerialLine): Promise<void> {
  const settings = ['raw', '-echo', 'clocal', 'cread', 'cs8', '-parenb', '-cstopb', '-hupcl', '-ixon', '-ixoff', hardwareFlowControl ? 'crtscts' : '-crtscts'];
  return new Promise((resolve, reject) => {
    const child = spawn('stty', [...settings, String(speed)], { stdio: [fd, 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += bytes;
    });
    child.on('error', (error) => reject(trouble(device, `stty could not be started (${error.message})`, 'Install the package coreutils, then try again.')));
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(trouble(device, said.trim() || `stty ended with status ${status}`, 'Name the device of a serial port, and a speed that it knows.'));
    });
  });
}

const trouble = (device: string, problem: string, next: string) => new WrenchbookError('session', `${device} can't be used: ${problem}.`, next);
