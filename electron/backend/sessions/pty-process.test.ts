import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { posixCksum } from './files/posix-cksum.ts';
import { isRunning } from './process-family.ts';
import { PtyProcess } from './pty-process.ts';

const environment = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
const start = (script: string) => new PtyProcess({ program: 'sh', args: ['-c', script], folder: '/', environment, cols: 80, rows: 24 });
const exitOf = (pty: PtyProcess) => new Promise<{ status: number }>((resolve) => pty.onExit(resolve));
const sizeOf = (pieces: readonly Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0);
const textUntil = (pty: PtyProcess, wanted: RegExp) =>
  new Promise<string>((resolve) => {
    let text = '';
    pty.onData((bytes) => {
      text += bytes.toString();
      if (wanted.test(text)) resolve(text);
    });
  });

describe('PtyProcess', () => {
  let bigFile = '';
  let bigDigest = '';
  beforeAll(async () => {
    const content = Buffer.from(Array.from({ length: 102_400 }, (_, line) => `${String(line).padStart(10, '0')} ${'x'.repeat(88)}`).join('\n'));
    bigFile = path.join(await mkdtemp(path.join(tmpdir(), 'wb-pty-')), 'ten-megabytes');
    await writeFile(bigFile, content);
    bigDigest = createHash('sha1').update(content.toString().replaceAll('\n', '\r\n')).digest('hex');
  });

  it('loses nothing of 10 MB from a program that ends right after, each time', async () => {
    const times = rounds({ test: 40, soak: 200 });
    let whole = 0;
    for (let round = 0; round < times; round++) {
      const pty = start(`exec cat ${bigFile}`);
      const hash = createHash('sha1');
      pty.onData((bytes) => hash.update(bytes));
      await exitOf(pty);
      if (hash.digest('hex') === bigDigest) whole++;
    }
    expect(whole).toBe(times);
  }, 600_000);

  it('keeps the order when reading is paused and goes on again and again', async () => {
    for (let round = 0; round < 10; round++) {
      const pty = start(`exec cat ${bigFile}`);
      const hash = createHash('sha1');
      let pieces = 0;
      pty.onData((bytes) => {
        hash.update(bytes);
        pieces += 1;
        if (pieces % 5 !== 0) return;
        pty.pause();
        setTimeout(() => pty.resume(), pieces % 3);
      });
      await exitOf(pty);
      expect(hash.digest('hex')).toBe(bigDigest);
    }
  });

  it('hands on what a program prints while it reads on, and nothing more once it is told to pause', async () => {
    const pty = start(`exec cat ${bigFile}`);
    const hash = createHash('sha1');
    let pausedAt = 0;
    let since = 0;
    pty.onData((bytes) => {
      hash.update(bytes);
      since += bytes.length;
      if (pausedAt > 0 || since < 1_000_000) return;
      pausedAt = since;
      pty.pause();
      setTimeout(() => {
        // The stream may hold a piece or two of its own; the turn's other pieces were left where they are.
        expect(since - pausedAt).toBeLessThan(16 * 1024);
        pty.resume();
      }, 50);
    });
    await exitOf(pty);
    expect(hash.digest('hex')).toBe(bigDigest);
  });

  it('writes everything in order, to a program that reads slowly, or late, and from several calls', async () => {
    const pieces = Array.from({ length: 40 }, (_, index) => Buffer.from(`${index} ${'x'.repeat(index * 1500)}\n`));
    const pty = start(`stty raw -echo; echo ready; sleep 0.05; head -c 70000 >/dev/null; sleep 0.02; cat | head -c ${sizeOf(pieces) - 70_000} | cksum`);
    await textUntil(pty, /ready/);
    for (const piece of pieces) pty.write(piece);
    expect(await textUntil(pty, /\d+ \d+/)).toContain(posixCksum(Buffer.concat(pieces).subarray(70_000)));
    await pty.endAll();
  });

  it('loses nothing when reading is paused while the program ends', async () => {
    for (let round = 0; round < 5; round++) {
      const pty = start('seq 1 400');
      let text = '';
      pty.onData((bytes) => {
        text += bytes.toString();
      });
      pty.pause();
      await exitOf(pty);
      expect(text).toBe(Array.from({ length: 400 }, (_, n) => `${n + 1}\r\n`).join(''));
    }
  });

  it.skipIf(process.platform !== 'linux')("gives a child none of the other terminals' descriptors", async () => {
    const first = start('sleep 30');
    const second = start('sleep 30');
    const third = start('sleep 30');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const open = readdirSync(`/proc/${third.pid}/fd`).map((fd) => readlinkSync(`/proc/${third.pid}/fd/${fd}`));
    expect(open.filter((target) => target.includes('ptmx'))).toEqual([]);
    await Promise.all([first.endAll(), second.endAll(), third.endAll()]);
  });

  it('refuses resize and write after the end instead of reaching another terminal', async () => {
    const gone = start('exit 0');
    await exitOf(gone);
    const other = start('read line; stty size; read line');
    gone.resize(123, 45);
    gone.write('not for the other\n');
    const seen = textUntil(other, /\d+ \d+/);
    other.write('go\n');
    expect(await seen).toMatch(/24 80/);
    expect(await seen).not.toMatch('not for the other');
    await other.endAll();
  });

  it('ends everything that was started, in the background or in a session of its own', async () => {
    const pty = start('trap "" HUP; sleep 300 & echo pid=$!; (setsid sleep 300 & echo pid=$!); echo all; wait');
    const text = await textUntil(pty, /all/);
    const pids = [...text.matchAll(/pid=(\d+)/g)].map((match) => Number(match[1]));
    expect(pids).toHaveLength(2);
    await pty.endAll(200);
    expect(pty.ended).toBe(true);
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);
  });
});
