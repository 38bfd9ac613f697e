/** The media writer on loop devices: good ones, and sticks with something wrong. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultyDisk, whyNoFaultyDisk } from './faulty-disk.test-kit.ts';
import { attachLoop, detachLoop, loopIdentity, runWriter, startWriter, whyNoLoop } from './media-writer.test-kit.ts';

if (whyNoLoop) console.log(`Nothing is written to devices: ${whyNoLoop}.`);
else if (whyNoFaultyDisk) console.log(`No broken sticks are tried: ${whyNoFaultyDisk}.`);

const megabyte = 1_000_000;
let folder: string;
let source: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-device-'));
  source = path.join(folder, 'source.img');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const beginning = (file: string, bytes: number) => {
  const open = openSync(file, 'r');
  const buffer = Buffer.alloc(bytes);
  readSync(open, buffer, 0, bytes, 0);
  closeSync(open);
  return buffer;
};
const incomplete = 'This medium is incomplete';

describe.skipIf(whyNoLoop)('an image onto a device', () => {
  let file: string;
  let device: string;
  const bytes = 64 * 1024 * 1024;
  const plugIn = (size = bytes, ...options: string[]) => {
    file = path.join(folder, 'stick.img');
    writeFileSync(file, 'what was on it before');
    truncateSync(file, size);
    device = attachLoop(file, ...options);
  };
  afterEach(() => detachLoop(device));
  const write = (...more: string[]) => runWriter(['write', '--source', source, '--to', device, ...loopIdentity(file, bytes), ...more]);

  it('is written, compared past the cache, and said to be safe', async () => {
    plugIn();
    const content = randomBytes(21_000_100);
    writeFileSync(source, content);
    const { status, lines } = await write();
    expect(lines.at(-1), lines.join('\n')).toBe('Everything is on it: it is safe to take it out.');
    expect(status).toBe(0);
    expect(lines).toContain('Checked on the open device: it is the one that was chosen.');
    expect(beginning(file, content.length).equals(content)).toBe(true);
  });

  it('is refused where another device has taken its name, untouched', async () => {
    plugIn();
    writeFileSync(source, randomBytes(1024));
    for (const [word, value] of [
      ['--serial', '4C530001'],
      ['--model', 'Ultra'],
      ['--bytes', '1024'],
      ['--vendor', 'SanDisk'],
    ] as const) {
      const { status, lines } = await write(word, value);
      expect([status, lines.at(-1)]).toEqual([3, expect.stringContaining('is a different device now')]);
    }
    expect(beginning(file, 21).toString()).toBe('what was on it before');
  });

  it('is refused where the device is mounted, is write-protected, or too small', async () => {
    plugIn();
    execFileSync('mkfs.ext4', ['-q', '-F', device], { stdio: 'pipe' });
    writeFileSync(source, randomBytes(1024));
    const mounted = path.join(folder, 'mounted');
    execFileSync('sh', ['-c', `mkdir ${mounted} && mount ${device} ${mounted}`]);
    try {
      expect(await write()).toMatchObject({ status: 3, lines: [expect.stringContaining('is in use: mounted')] });
    } finally {
      execFileSync('umount', [mounted]);
    }
    truncateSync(source, bytes + 1);
    expect((await write()).lines.at(-1)).toContain('Take a larger one');
    detachLoop(device);
    device = attachLoop(file, '--read-only');
    expect((await write()).lines.at(-1)).toMatch(/can only be read|can't be opened/);
  });

  it('is refused where its partition table counts in other sectors', async () => {
    plugIn(bytes, '--sector-size', '4096');
    const image = Buffer.alloc(1024 * 1024);
    image.write('EFI PART', 512);
    writeFileSync(source, image);
    expect((await write()).lines.at(-1)).toContain('made for sectors of 512 bytes');
    expect(beginning(file, 21).toString()).toBe('what was on it before');
  });

  it('is ended in the middle of it, and the device says that it is incomplete', async () => {
    plugIn(2_000_000_000 - (2_000_000_000 % 4096));
    execFileSync('sh', ['-c', `head -c 1900000000 /dev/zero | tr '\\0' '\\220' > ${source}`]);
    const { child, ended } = startWriter(['write', '--source', source, '--to', device, ...loopIdentity(file, 2_000_000_000 - (2_000_000_000 % 4096))]);
    await new Promise<void>((resolve) => child.stdout?.on('data', (text: Buffer) => text.includes('writing:') && resolve()));
    process.kill(-(child.pid ?? 0), 'SIGINT'); // as a terminal does: the whole group
    const { status, lines } = await ended;
    expect(lines.at(-1)).toContain('Cancelled while writing');
    expect(status).toBe(130);
    expect(beginning(file, incomplete.length).toString()).toBe(incomplete);
  });

  it('is incomplete after kill -9 too, and no worker goes on', async () => {
    const size = 2_000_000_000 - (2_000_000_000 % 4096);
    plugIn(size);
    execFileSync('sh', ['-c', `head -c 1900000000 /dev/zero | tr '\\0' '\\220' > ${source}`]);
    const { child, ended } = startWriter(['write', '--source', source, '--to', device, ...loopIdentity(file, size)]);
    await new Promise<void>((resolve) => child.stdout?.on('data', (text: Buffer) => text.includes('writing:') && resolve()));
    // The shell's only child is the writer.
    execFileSync('pkill', ['-KILL', '-P', String(child.pid), '-x', 'perl']);
    await ended; // all ends of its output are closed: nobody is left
    expect(beginning(file, incomplete.length).toString()).toBe(incomplete);
  });

  it('leaves alone what is under a hole of the image, where it is told to', async () => {
    plugIn();
    writeFileSync(source, 'begin');
    truncateSync(source, bytes);
    writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 30 * megabyte), Buffer.from('stays'), Buffer.alloc(bytes - 30 * megabyte - 5)]));
    expect(await write('--holes', 'leave')).toMatchObject({ status: 0 });
    const after = readFileSync(file);
    expect(after.subarray(0, 5).toString()).toBe('begin');
    expect(after.subarray(30 * megabyte, 30 * megabyte + 5).toString()).toBe('stays');
    expect(await write()).toMatchObject({ status: 0 });
    expect(readFileSync(file).subarray(30 * megabyte, 30 * megabyte + 5)).toEqual(Buffer.alloc(5));
  });
});

describe.skipIf(whyNoFaultyDisk)('a stick that is not right', () => {
  let disk: FaultyDisk;
  const bytes = 32 * 1024 * 1024;
  afterEach(() => disk.end());
  const write = () => runWriter(['write', '--source', source, '--to', disk.device, '--model', 'image stick', '--bytes', String(bytes)]);
  beforeEach(() => writeFileSync(source, randomBytes(25 * megabyte)));

  it('with a sector that can’t be written is named with the sector', async () => {
    disk = await FaultyDisk.plugIn(folder, bytes, { badWrite: 20_000_000 }, true);
    const { status, lines } = await write();
    expect([status, lines.at(-1)]).toEqual([1, expect.stringContaining(`at sector ${Math.floor(20_000_000 / 512)} (byte 19999744): Input/output error`)]);
    expect(lines.at(-1)).toContain('marked as incomplete');
  });
  it('with a sector that can’t be read back is named with the sector', async () => {
    disk = await FaultyDisk.plugIn(folder, bytes, { badRead: 20_000_000 }, true);
    const { status, lines } = await write();
    expect([status, lines.at(-1)]).toEqual([1, expect.stringContaining(`comparing ${disk.device} at sector ${Math.floor(20_000_000 / 512)} `)]);
  });
  it.each([true, false])('that is smaller than it says is found out, also where a cache would hide it (direct: %s)', async (direct) => {
    const realSize = 10 * 1024 * 1024;
    disk = await FaultyDisk.plugIn(folder, bytes, { realSize }, direct);
    const { status, lines } = await write();
    expect([status, lines.at(-1)]).toEqual([1, expect.stringContaining('does not hold what was written to it, from sector')]);
    const sector = Number(/sector (\d+)/.exec(lines.at(-1) ?? '')?.[1]);
    // Requests that begin before its end are kept whole, and they have a mebibyte at most.
    expect(sector).toBeGreaterThanOrEqual(realSize / 512);
    expect(sector).toBeLessThanOrEqual(realSize / 512 + 2048);
  });
  it('that is gone in the middle of it ends it with an error', async () => {
    disk = await FaultyDisk.plugIn(folder, bytes, {}, true);
    const { child, ended } = startWriter(['write', '--source', source, '--to', disk.device, '--model', 'image stick', '--bytes', String(bytes)]);
    await new Promise<void>((resolve) => child.stdout?.on('data', (text: Buffer) => text.includes('Source:') && resolve()));
    disk.breakOff();
    const { status, lines } = await ended;
    expect([status, lines.at(-1)]).toEqual([1, expect.stringMatching(/^Failed: .*(Input\/output error|Transport endpoint|did not keep|is gone)/)]);
  });
});
