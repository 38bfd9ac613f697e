/**
 * The terminal of a run as asciicast v3, appended while it happens. Each line is `[seconds since the line before, code,
 * data]`. Bytes are gathered for a few milliseconds; the SHA-256 over the file runs along for the journal's marks.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { storageError } from '../storage-error.ts';
import { CastString } from './cast-string.ts';
import type { RecordingMark } from './run-event.ts';
import { syncFolder } from './sync-folder.ts';

const gatherMs = 10;
const gatherBytes = 256 * 1024;
/** A pause between two sessions of a run is shown as this long; the real one is in the marker's text. */
const pauseShownMs = 1000;

const lineEnd = Buffer.from('"]\n');
const jsonLine = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
const inJson = (text: string) => Buffer.from(JSON.stringify(text).slice(1, -1));

export class Recording {
  private readonly fd: number;
  private readonly file: string;
  private readonly hash: Hash = createHash('sha256');
  /** What is gathered, ready to be written. */
  private readonly gathered = new CastString(2 * gatherBytes);
  private bytes = 0;
  private markers = 0;
  private ms = 0;
  private lastEventAt: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failure: Error | null = null;
  /** It was there before, and nothing was added yet. */
  private resting = false;
  private readonly onTakenUp: () => void;

  /**
   * Opens or creates the recording; an existing one is continued, its torn last line cut off. `onTakenUp` is called before anything is
   * added to one. Throws `storage`.
   */
  constructor(folder: string, header: { cols: number; rows: number; title: string }, onTakenUp: () => void = () => undefined) {
    this.onTakenUp = onTakenUp;
    this.file = path.join(folder, 'recording.cast');
    try {
      this.fd = openSync(this.file, 'a+', 0o600);
      this.takeUp();
      if (this.bytes === 0) {
        const { cols, rows, title } = header;
        this.write(jsonLine({ version: 3, term: { cols, rows, type: 'xterm-256color' }, timestamp: Math.floor(Date.now() / 1000), title }));
        syncFolder(folder);
      } else this.resting = true;
    } catch (cause) {
      throw storageError('open', this.file, cause);
    }
  }

  /** Milliseconds from the beginning to now, as a player counts them. */
  get nowMs(): number {
    return Math.round(this.ms + (this.lastEventAt === null ? 0 : performance.now() - this.lastEventAt));
  }

  output(bytes: Buffer): void {
    this.gathered.push(bytes);
    if (this.gathered.length >= gatherBytes) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), gatherMs);
  }
  /** What was typed, masked. */
  input(keys: string): void {
    if (keys === '') return;
    this.flush();
    this.event('i', inJson(keys));
  }
  /** Marks a moment; returns which marker it is, counted from 0. */
  marker(text: string): number {
    this.flush();
    this.takeUpAgain();
    this.event('m', inJson(text));
    return this.markers++;
  }
  resize(cols: number, rows: number): void {
    this.flush();
    this.event('r', inJson(`${cols}x${rows}`));
  }

  /** Puts everything on disk and says where the recording stands. Throws `storage`, also for earlier failed writes. */
  mark(): RecordingMark {
    this.flush();
    try {
      if (this.failure) throw this.failure;
      if (fstatSync(this.fd).nlink === 0) throw Object.assign(new Error('it was removed'), { code: 'ENOENT' });
      fsyncSync(this.fd);
    } catch (cause) {
      throw storageError('write', this.file, cause);
    }
    return { bytes: this.bytes, sha256: this.hash.copy().digest('hex'), ms: Math.round(this.ms) };
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.gathered.length > 0) this.event('o', this.gathered.take());
  }

  /** `data` as it stands between the quotes of a JSON string. */
  private event(code: string, data: Buffer): void {
    const now = performance.now();
    const interval = this.lastEventAt === null ? 0 : now - this.lastEventAt;
    this.lastEventAt = now;
    this.ms += interval;
    try {
      this.takeUpAgain();
      // A quarter of a megabyte is not copied for the few bytes around it.
      for (const part of [Buffer.from(`[${(interval / 1000).toFixed(6)},"${code}","`), data, lineEnd]) this.write(part);
    } catch (cause) {
      this.failure ??= cause as Error; // told by the next mark, before anything with effects
    }
  }

  private takeUpAgain(): void {
    if (!this.resting) return;
    this.onTakenUp();
    this.resting = false;
    this.ms += pauseShownMs;
    this.markers++;
    this.write(jsonLine([pauseShownMs / 1000, 'm', 'the run was resumed']));
  }

  private write(bytes: Buffer): void {
    for (let written = 0; written < bytes.length; ) written += writeSync(this.fd, bytes, written);
    this.hash.update(bytes);
    this.bytes += bytes.length;
  }

  /** Reads what is there: digest, length, time. Memory: one block and the longest line. */
  private takeUp(): void {
    const block = Buffer.allocUnsafe(1024 * 1024);
    let rest = Buffer.alloc(0);
    for (let at = 0; ; ) {
      const count = readSync(this.fd, block, 0, block.length, at);
      if (count === 0) break;
      at += count;
      const bytes = Buffer.concat([rest, block.subarray(0, count)]);
      const end = bytes.lastIndexOf(10) + 1;
      const whole = bytes.subarray(0, end);
      rest = Buffer.from(bytes.subarray(end));
      this.hash.update(whole);
      this.bytes += whole.length;
      for (const match of whole.toString('latin1').matchAll(/^\[([\d.]+),"(.)"/gm)) {
        this.ms += Number(match[1]) * 1000;
        if (match[2] === 'm') this.markers++;
      }
    }
    if (fstatSync(this.fd).size > this.bytes) ftruncateSync(this.fd, this.bytes);
  }
}
