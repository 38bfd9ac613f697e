/** What an image has in it is looked at before anything is erased: containers are refused, what starts nothing is warned of. Needs no root. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../../shared/topic-kit/index.ts';
import { checkMatchers, writeMatchers } from '../../../shared/topic-kit/media/writer-matchers.ts';
import { runWriter } from './media-writer.test-kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-contents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);
const put = (name: string, content: Buffer | string) => {
  writeFileSync(at(name), content);
  return at(name);
};
const has = (tool: string) => process.env.PATH?.split(':').some((place) => existsSync(path.join(place, tool)));
const packed = (content: Buffer, ...words: [string, ...string[]]) => execFileSync(words[0], words.slice(1), { input: content, maxBuffer: 64 * 1024 * 1024 });

/** Two MiB, with what stands at these places. */
function disk(...marks: [at: number, bytes: string | Buffer][]): Buffer {
  const bytes = Buffer.alloc(2 * 1024 * 1024);
  randomBytes(4096).copy(bytes, 100_000);
  for (const [place, mark] of marks) Buffer.from(mark as string, 'latin1').copy(bytes, place);
  return bytes;
}
const mbr = disk([510, '\x55\xaa']);
const tar = disk([0, 'disk.img'], [257, 'ustar  ']);
let number = 0;
const write = async (source: string) => {
  const to = at(`out-${number++}.img`);
  return { ...(await runWriter(['write', '--source', source, '--to', to])), to };
};

describe('a file that is no image', () => {
  it.each<[string, Buffer | string, string]>([
    ['tar', tar, 'a tar archive'],
    ['7z', '7z\xbc\xaf\x27\x1c\x00\x04rest of it', 'a 7z archive'],
    ['rar', 'Rar!\x1a\x07\x01\x00rest', 'a RAR archive'],
    ['lz4', '\x04\x22\x4d\x18\x64\x40\xa7rest', 'packed by lz4'],
    ['lzma', '\x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xffrest', 'packed by lzma'],
    ['qcow2', 'QFI\xfb\x00\x00\x00\x03rest', 'a disk of QEMU'],
    ['vmdk', 'KDMV\x01\x00\x00\x00rest', 'a disk of VMware'],
    ['vmdk descriptor', '# Disk DescriptorFile\nversion=1\n', 'a disk of VMware'],
    ['vhdx', 'vhdxfile\x00rest', 'a disk of Hyper-V'],
    ['vdi', disk([0, '<<< Oracle VM VirtualBox Disk Image >>>\n'], [64, '\x7f\x10\xda\xbe']), 'a disk of VirtualBox'],
    ['wim', 'MSWIM\0\0\0rest', 'an image of Windows Setup'],
    ['error page', '<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>', 'a web page'],
    ['error page after a byte order mark', '\xef\xbb\xbf\n  <html lang="en">', 'a web page'],
    ['text', 'Not Found\n', 'a text'],
    ['torrent', 'd8:announce35:udp://tracker.example:6969/announce', 'a torrent file'],
    ['program', '\x7fELF\x02\x01\x01rest', 'a program'],
  ])('is refused before anything is written: %s', async (_, content, what) => {
    const source = put('no-image', Buffer.from(content as string, 'latin1'));
    const { status, lines, to } = await write(source);
    expect(status, lines.join('\n')).toBe(3);
    expect(lines.at(-1)).toMatch(/^Refused: .* is no image but .*(Unpack it|Choose the image)/);
    expect(lines.at(-1)).toContain(what);
    // None of Perl's own.
    expect(lines.slice(0, -1)).toEqual([`Image file: ${to}`]);
    expect(existsSync(to) || existsSync(`${to}.incomplete`)).toBe(false);
    expect((await runWriter(['check', '--source', source])).status).toBe(3);
    expect(judge(checkMatchers, { output: lines.join('\n'), exitStatus: 3, facts: {} }).map(({ rule }) => rule)).toContain('no-image');
  });

  it.each([['xz', '-0'], ['gzip', '-1'], ['bzip2', '-1'], ['zstd', '-q'], ['zip']])('is found in what %s unpacks', async (tool, ...words) => {
    if (tool === 'zip' ? !has('unzip') : !has(tool)) return expect(console.log(`${tool} is not tried: it is not here.`)).toBeUndefined();
    const zip = ['python3', '-c', 'import sys,zipfile; zipfile.ZipFile(sys.stdout.buffer, "w").writestr("disk.img", sys.stdin.buffer.read())'] as const;
    const source = put(`in-${tool}`, packed(tar, ...(tool === 'zip' ? zip : ([tool, '-c', ...words] as const))));
    const { status, lines } = await write(source);
    expect([status, lines.join('\n')]).toEqual([3, expect.stringContaining(`what is packed in ${source} is no image but a tar archive`)]);
    // The same with an image in it goes through (negative control).
    const good = put(`good-${tool}`, packed(mbr, ...(tool === 'zip' ? zip : ([tool, '-c', ...words] as const))));
    const written = await write(good);
    expect(written.status, written.lines.join('\n')).toBe(0);
    expect(readFileSync(written.to).equals(mbr)).toBe(true);
  });
});

describe('an image that starts nothing', () => {
  const rules = (lines: readonly string[]) => judge(writeMatchers, { output: lines.join('\n'), exitStatus: 0, facts: {} });
  it.each<[string, Buffer, string | null]>([
    ['an MBR', mbr, null],
    ['a GPT', disk([512, 'EFI PART']), null],
    ['a GPT with sectors of 4,096 bytes', disk([4096, 'EFI PART']), null],
    ['a map of Apple', disk([0, 'ER\x02\x00']), null],
    ['a disc that is also a disk', disk([510, '\x55\xaa'], [32_768, '\x01CD001\x01']), null],
    ['a disc of Windows', disk([32_768, '\x01CD001\x01']), 'optical-disc'],
    ['neither', disk(), 'starts-nothing'],
  ])('is written with a warning, which names what is missing: %s', async (_, content, warning) => {
    const { status, lines, to } = await write(put('image', content));
    expect(status, lines.join('\n')).toBe(0);
    expect(readFileSync(to).equals(content)).toBe(true);
    const verdicts = rules(lines);
    expect(isFailure(verdicts)).toBe(false);
    expect(verdicts.filter(({ kind }) => kind === 'warning').map(({ rule }) => rule)).toEqual(warning === null ? [] : [warning]);
  });

  it('is written also where it is smaller than what is looked at', async () => {
    const small = Buffer.concat([randomBytes(510), Buffer.from([0x55, 0xaa])]);
    for (const content of [small, small.subarray(0, 100), Buffer.concat([small, small.subarray(0, 90)])]) {
      const { status, lines } = await write(put('small', content));
      expect([status, lines.filter((line) => /substr|uninitialized|line \d+\./.test(line))], lines.join('\n')).toEqual([0, []]);
    }
  });
});

describe('what stands behind a packed image', () => {
  it('is passed over by gzip, and is a warning', async () => {
    const source = put('openwrt.img.gz', Buffer.concat([gzipSync(mbr), Buffer.from('{ "metadata_version": "1.1" }FWx0')]));
    const { status, lines, to } = await write(source);
    expect(status, lines.join('\n')).toBe(0);
    expect(readFileSync(to).equals(mbr)).toBe(true);
    const verdicts = judge(writeMatchers, { output: lines.join('\n'), exitStatus: status ?? -1, facts: {} });
    expect([isFailure(verdicts), verdicts.map(({ rule }) => rule)]).toEqual([false, expect.arrayContaining(['bytes-behind'])]);
  });
  it('is not what a file that broke off has (negative control)', async () => {
    const whole = gzipSync(Buffer.concat([mbr, randomBytes(2_000_000)]));
    const { status, lines } = await write(put('cut.img.gz', whole.subarray(0, whole.length - 1000)));
    expect([status, lines.join('\n')]).toEqual([1, expect.stringContaining('cut off or damaged')]);
  });
  it.skipIf(!has('zstd'))('is read by zstd behind a frame that is passed over, as pzstd writes it (needs zstd)', async () => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 0, 0, 0, 0]);
    const { status, lines, to } = await write(put('p.img.zst', Buffer.concat([skipped, packed(mbr, 'zstd', '-q', '-c')])));
    expect([status, lines.join('\n')]).toEqual([0, expect.stringContaining('unpacked by zstd')]);
    expect(readFileSync(to).equals(mbr)).toBe(true);
  });
});

describe('a .sha256 file', () => {
  const source = put('disk.img', mbr);
  const digest = createHash('sha256').update(mbr).digest('hex');
  const check = async (text: string) => {
    writeFileSync(`${source}.sha256`, text);
    const { status, lines } = await runWriter(['check', '--source', source]);
    rmSync(`${source}.sha256`);
    return [status, lines.at(-1) ?? ''] as const;
  };
  const forms: Record<string, (hex: string) => string> = {
    'a path before the name': (hex) => `${hex}  target/disk.img\n`,
    './ before the name': (hex) => `${hex}  ./disk.img\n`,
    'a path of Windows': (hex) => `${hex} *out\\disk.img\r\n`,
    'as sha256sum writes it': (hex) => `${hex}  disk.img\n`,
    alone: (hex) => hex,
    'in capitals': (hex) => `${hex.toUpperCase()}  disk.img\n`,
    'as BSD writes it': (hex) => `SHA256 (disk.img) = ${hex}\n`,
    'as openssl writes it': (hex) => `SHA256(disk.img)= ${hex}\n`,
    'as newer openssl writes it': (hex) => `SHA2-256(/tmp/disk.img)= ${hex}\n`,
    'as GitHub writes it': (hex) => `sha256:${hex}\n`,
    'behind a byte order mark': (hex) => `\ufeff${hex}  disk.img\r\n`,
    'among others': (hex) => `# sums\n${'1'.repeat(64)}  other.img\n${hex}  disk.img\n`,
  };
  it.each(Object.entries(forms))('is compared: %s', async (_, form) => {
    expect(await check(form(digest))).toEqual([0, `SHA-256 ${digest}: as disk.img.sha256 says.`]);
    expect(await check(form('0'.repeat(64)))).toEqual([3, expect.stringContaining('is not the file it should be')]);
  });
  it('of another file is refused; in a form that is not known it is a warning', async () => {
    expect(await check(`${digest}  other.img\n`)).toEqual([3, expect.stringContaining('does not name disk.img')]);
    const [status, line] = await check('MD5: 0123\n');
    expect([status, line]).toEqual([0, expect.stringContaining('in a form that is known')]);
    expect(judge(checkMatchers, { output: `Source: x\n${line}`, exitStatus: 0, facts: {} }).map(({ kind, rule }) => `${kind} ${rule}`)).toContain(
      'warning unknown-checksum',
    );
  });
});
