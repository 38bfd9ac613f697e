/** Reads the password that an open file descriptor brings. It is in no argument, no variable and no file of ours. */
import { closeSync, fstatSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { isatty } from 'node:tty';
import { WrenchbookError } from '../../shared/api/error.ts';
import { BroughtPassword } from './nobody-there.ts';

const longestLine = 1024;
/** For whoever unlocks a password store first. */
const waitMs = 2 * 60_000;
/** After this it is said what is waited for. */
const sayMs = 1000;

/**
 * The first line; what comes after it is not waited for. The descriptor is closed, so that no program that is started has it. Throws
 * `bad-parameters`; rejects with the signal's reason.
 */
export async function readPassword(fd: string, signal: AbortSignal, say: (text: string) => void): Promise<BroughtPassword> {
  const refuse = (because: string) =>
    new WrenchbookError('bad-parameters', `--password-fd ${fd}: ${because}.`, 'For example: --password-fd 3 3< <(pass show web1), or 0 with a pipe.');
  const number = Number(fd);
  if (!/^\d{1,4}$/.test(fd) || number === 1 || number === 2) throw refuse('this descriptor cannot be read');
  if (isatty(number)) throw refuse('this is a terminal, where typing is visible');
  let line: string;
  try {
    const is = fstatSync(number);
    if (isOurOwn(number) || !(is.isFIFO() || is.isSocket() || is.isFile() || is.isCharacterDevice())) throw refuse('nothing came over it');
    line = is.isFIFO() || is.isSocket() ? await lineOfStream(number, signal, say) : lineOfFile(number);
    if (number !== 0 && !is.isFIFO() && !is.isSocket()) closeSync(number);
  } catch (cause) {
    if (cause instanceof WrenchbookError || signal.aborted) throw cause;
    throw refuse(`it can't be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message})`);
  }
  if (line === '') throw refuse('its first line is empty');
  if (line.length > longestLine) throw refuse('its first line is too long for a password');
  return new BroughtPassword(line);
}

const firstLine = (text: string) => text.split(/\r?\n/, 1)[0] ?? '';

function lineOfFile(fd: number): string {
  const bytes = Buffer.alloc(4 * longestLine);
  return firstLine(bytes.subarray(0, readSync(fd, bytes)).toString());
}

/** Never blocks: the process can be ended meanwhile. */
function lineOfStream(fd: number, signal: AbortSignal, say: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = new Socket({ fd, readable: true, writable: false });
    let text = '';
    const settle = (then: () => void) => {
      clearTimeout(timer);
      clearTimeout(saying);
      signal.removeEventListener('abort', stop);
      stream.destroy();
      then();
    };
    const stop = () => settle(() => reject(signal.reason));
    const timer = setTimeout(() => settle(() => reject(new Error(`nothing came within ${waitMs / 60_000} minutes`))), waitMs);
    const saying = setTimeout(() => say(`Waiting for the password on descriptor ${fd}.`), sayMs);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop);
    stream.on('data', (bytes) => {
      text += bytes.toString();
      if (text.includes('\n') || text.length > 4 * longestLine) settle(() => resolve(firstLine(text)));
    });
    stream.on('end', () => settle(() => resolve(firstLine(text))));
    stream.on('error', (error) => settle(() => reject(error)));
  });
}

/** Whether this process itself opened it: what is behind it is no file, or its other end is here too. Linux only. */
function isOurOwn(fd: number): boolean {
  try {
    const what = readlinkSync(`/proc/self/fd/${fd}`);
    if (what.startsWith('anon_inode:')) return true;
    if (!what.startsWith('pipe:')) return false;
    const others = readdirSync('/proc/self/fd').filter((name) => name !== String(fd));
    return others.some((name) => linkOf(name) === what);
  } catch {
    return false;
  }
}

function linkOf(name: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    return '';
  }
}
