import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { frameBytes, headBytes, packed, unpacked } from './zstd-frames.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-zstd-'));
const file = path.join(folder, 'x.zst');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const write = async (bytes: Buffer, size = 70_000) =>
  writeFileSync(file, Buffer.concat([headBytes(Buffer.from('{}')), await buffer(packed(pieces(bytes, size)))]));
/** Text that repeats itself, and bytes that do not. */
const sample = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at % 5000 < 4000 ? 65 + (at % 7) : (at * 2654435761) >>> 24)));

describe('zstd frames', () => {
  it.each([0, 1, frameBytes - 1, frameBytes, frameBytes + 1, 3 * frameBytes + 17])('gives %i bytes back', async (length) => {
    const bytes = sample(length);
    await write(bytes);
    expect((await buffer(unpacked(file))).equals(bytes)).toBe(true);
  });

  it.skipIf(spawnSync('zstd', ['--version']).error)('is what zstd itself reads, head and lengths skipped', async () => {
    const bytes = sample(2 * frameBytes + 99);
    await write(bytes);
    const { stdout, status } = spawnSync('zstd', ['-dc', file], { maxBuffer: 64 * 1024 * 1024 });
    expect(status).toBe(0);
    expect(stdout.equals(bytes)).toBe(true);
    expect(readFileSync(file).length).toBeLessThan(bytes.length / 2);
  });

  it('says where it was cut off or is no archive', async () => {
    await write(sample(2 * frameBytes));
    const whole = readFileSync(file);
    for (const cut of [whole.length - 1, Math.floor(whole.length / 2), 14, 3]) {
      writeFileSync(file, whole.subarray(0, cut));
      await expect(buffer(unpacked(file)), `${cut}`).rejects.toThrow(/cut off|does not begin/);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.from('more than a length')]));
    await expect(buffer(unpacked(file))).rejects.toThrow(/damaged at byte/);
  });
});
