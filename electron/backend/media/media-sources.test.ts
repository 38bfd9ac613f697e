/** Where an image comes from: raw, or packed in every way, into a file. Needs no root. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAppleImage } from './apple-image.test-kit.ts';
import { mediaTools, whyNoMediaTools } from './media-tools.test-kit.ts';
import { runWriter } from './media-writer.test-kit.ts';

if (whyNoMediaTools) console.log(`No Apple disk image is unpacked: ${whyNoMediaTools}.`);
const folder = mkdtempSync(path.join(tmpdir(), 'wb-media-'));
const at = (name: string) => path.join(folder, name);
const source = at('source.img');
/** More than two blocks of the writer, and no whole number of sectors. */
const content = Buffer.concat([randomBytes(9_000_001), Buffer.alloc(5_000_000), randomBytes(1_234)]);
const has = (tool: string) => process.env.PATH?.split(':').some((place) => existsSync(path.join(place, tool)));

beforeAll(() => writeFileSync(source, content));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Packed by a program that writes to its standard output. */
const packers: Record<string, readonly string[]> = {
  gz: ['gzip', '-1', '-c', source],
  xz: ['xz', '-0', '-c', source],
  bz2: ['bzip2', '-1', '-c', source],
  zst: ['zstd', '-1', '-q', '-c', source],
  zip: ['python3', '-c', 'import sys,zipfile; zipfile.ZipFile(sys.stdout.buffer, "w", zipfile.ZIP_DEFLATED).write(sys.argv[1], "source.img")', source],
};
function pack(kind: string): string {
  const [program = '', ...words] = packers[kind] ?? [];
  const packed = at(`packed.${kind}`);
  writeFileSync(packed, execFileSync(program, words, { maxBuffer: 64 * 1024 * 1024 }));
  return packed;
}

describe('an image into a file', () => {
  it('is written as it is, with its exact length, and compared', async () => {
    const out = at('raw.img');
    const { status, lines } = await runWriter(['write', '--source', source, '--to', out]);
    expect(lines.at(-1), lines.join('\n')).toBe(`The image file is complete: ${out}`);
    expect(lines.find((line) => line.startsWith('Compared: '))).toContain(`${content.length} bytes`);
    expect(status).toBe(0);
    expect(digest(readFileSync(out))).toBe(digest(content));
    expect(existsSync(`${out}.incomplete`)).toBe(false);
  });

  for (const kind of Object.keys(packers)) {
    const tool = kind === 'zip' ? 'unzip' : (packers[kind]?.[0] ?? '');
    const missing = [tool, packers[kind]?.[0] ?? ''].find((name) => !has(name));
    if (missing) console.log(`${kind} is not tried: there is no ${missing} here.`);
    it.skipIf(missing)(`is unpacked from ${kind} as it is read, whatever its name`, async () => {
      const packed = pack(kind);
      const out = at(`from-${kind}.img`);
      const { status, lines } = await runWriter(['write', '--source', packed, '--to', out]);
      expect(status, lines.join('\n')).toBe(0);
      expect(lines.join('\n')).toContain(`unpacked by ${tool}`);
      expect(digest(readFileSync(out))).toBe(digest(content));
    });
  }

  it.skipIf(whyNoMediaTools)('is unpacked from an Apple disk image as it is read', async () => {
    const plain = Buffer.concat([content.subarray(0, 9_000_448), Buffer.alloc(2_097_152), content.subarray(0, 1_048_576)]);
    writeFileSync(at('apple.dmg'), makeAppleImage(plain));
    const { status, lines } = await runWriter(['write', '--source', at('apple.dmg'), '--to', at('from-dmg.img')], mediaTools());
    expect(status, lines.join('\n')).toBe(0);
    expect(lines.join('\n')).toContain('unpacked by dmg2img');
    expect(digest(readFileSync(at('from-dmg.img')))).toBe(digest(plain));
  });

  it('takes no room for what is zeros, in the source a hole or not', async () => {
    const sparse = at('sparse.img');
    writeFileSync(sparse, 'begin');
    truncateSync(sparse, 400_000_000);
    const zeros = at('zeros.img');
    writeFileSync(zeros, Buffer.alloc(20_000_000));
    for (const [from, name] of [
      [sparse, 'sparse-out.img'],
      [zeros, 'zeros-out.img'],
    ] as const) {
      const out = at(name);
      const { status, lines } = await runWriter(['write', '--source', from, '--to', out]);
      expect(status, lines.join('\n')).toBe(0);
      expect(statSync(out).size).toBe(statSync(from).size);
      expect(statSync(out).blocks * 512).toBeLessThan(1_000_000);
    }
  });

  it('is refused over a file that is there', async () => {
    const there = at('there.img');
    writeFileSync(there, 'mine');
    const { status, lines } = await runWriter(['write', '--source', source, '--to', there]);
    expect([status, lines.at(-1)]).toEqual([3, expect.stringContaining('is there already')]);
    expect(readFileSync(there, 'utf8')).toBe('mine');
  });

  it('leaves nothing of a packed image that is cut off, small or large', async () => {
    const packed = readFileSync(pack('gz'));
    for (const length of [100_000, 8_900_000]) {
      const cut = at('cut.gz');
      writeFileSync(cut, packed.subarray(0, length));
      const { status, lines } = await runWriter(['write', '--source', cut, '--to', at('cut.img')]);
      // What gzip says of it comes through another pipe, before or after.
      expect([status, lines.join('\n')]).toEqual([1, expect.stringContaining('cut off or damaged')]);
      expect(existsSync(at('cut.img')) || existsSync(at('cut.img.incomplete'))).toBe(false);
    }
  });

  it('refuses what is no image, naming it', async () => {
    writeFileSync(at('empty.img'), '');
    for (const [path_, said] of [
      [at('nowhere.img'), 'No such file'],
      [folder, 'is not an ordinary file'],
      ['/dev/zero', 'is not an ordinary file'],
      [at('empty.img'), 'is empty'],
    ] as const) {
      const { status, lines } = await runWriter(['write', '--source', path_, '--to', at('never.img')]);
      expect([status, lines.at(-1)]).toEqual([3, expect.stringContaining(said)]);
      expect(existsSync(at('never.img')) || existsSync(at('never.img.incomplete'))).toBe(false);
    }
  });

  it('names the program that is missing, and its package', async () => {
    const packed = pack('gz');
    const bin = mkdtempSync(path.join(folder, 'bin-'));
    execFileSync('ln', ['-s', execFileSync('sh', ['-c', 'command -v perl'], { encoding: 'utf8' }).trim(), path.join(bin, 'perl')]);
    const { lines } = await runWriter(['write', '--source', packed, '--to', at('no-gzip.img')], { ...process.env, PATH: bin });
    expect(lines.at(-1)).toMatch(/gzip is missing, which unpacks .*Install gzip/);
  });

  it.skipIf(process.getuid?.() !== 0)('is read with the rights of who asked for root’s', async () => {
    const secret = at('secret.img');
    writeFileSync(secret, randomBytes(4096));
    chmodSync(secret, 0o600);
    chmodSync(folder, 0o755);
    const { status, lines } = await runWriter(['write', '--source', secret, '--to', at('never.img')], { ...process.env, SUDO_UID: '65534' });
    expect([status, lines.at(-1)]).toEqual([3, expect.stringContaining('Permission denied')]);
  });
});

describe('the checksum of an image', () => {
  const check = (...words: string[]) => runWriter(['check', '--source', source, ...words]);
  it('is compared with the one that was given', async () => {
    const good = await check('--sha256', digest(content).toUpperCase());
    expect([good.status, good.lines.at(-1)]).toEqual([0, `SHA-256 ${digest(content)}: as given.`]);
    const bad = await check('--sha256', '0'.repeat(64));
    expect([bad.status, bad.lines.at(-1)]).toEqual([3, expect.stringContaining('is not the file it should be')]);
    const none = await check('--sha256', 'abc');
    expect([none.status, none.lines.at(-1)]).toEqual([3, expect.stringContaining('is no SHA-256')]);
  });
  it('is taken from the .sha256 file beside it, where one names it', async () => {
    expect((await check()).lines.at(-1)).toContain('is not proved');
    writeFileSync(`${source}.sha256`, `${'1'.repeat(64)}  other.img\n${digest(content)} *source.img\n`);
    expect((await check()).lines.at(-1)).toBe(`SHA-256 ${digest(content)}: as source.img.sha256 says.`);
    writeFileSync(`${source}.sha256`, `${'1'.repeat(64)}  other.img\n`);
    expect(await check()).toMatchObject({ status: 3 });
    rmSync(`${source}.sha256`);
  });
});
