/** Disk images made by the shell text of the topic kit, with the real tools. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkFolder,
  type FatImage,
  makeFatImage,
  proveFatImage,
  renderScript,
  type Script,
  usualClusterBytes,
  whyNoFatImage,
} from '../../../shared/topic-kit/index.ts';
import { mediaTools, whyNoMediaTools } from './media-tools.test-kit.ts';

if (whyNoMediaTools) console.log(`No disk images are made: ${whyNoMediaTools}.`);
const mebibyte = 1024 * 1024;

describe.skipIf(whyNoMediaTools)('a disk image with FAT32', () => {
  let at: string;
  let folder: string;
  beforeEach(() => {
    at = mkdtempSync(path.join(tmpdir(), 'wb-fat-'));
    folder = path.join(at, 'files');
    mkdirSync(path.join(folder, 'EFI/BOOT'), { recursive: true });
    mkdirSync(path.join(folder, "It's a folder"));
    writeFileSync(path.join(folder, 'EFI/BOOT/BOOTX64.EFI'), randomBytes(3_000_001));
    writeFileSync(path.join(folder, "It's a folder/Read me first, please.txt"), 'read');
    writeFileSync(path.join(folder, '-startup.nsh'), 'echo -off\r\n');
    writeFileSync(path.join(folder, 'empty'), '');
  });
  afterEach(() => rmSync(at, { recursive: true, force: true }));

  const image = (more: Partial<FatImage> = {}): FatImage => ({
    image: path.join(at, 'stick.img'),
    folder,
    bytes: 64 * mebibyte,
    table: 'gpt',
    label: 'BOOT STICK',
    clusterBytes: 512,
    serial: 'CAFE1234',
    time: 1_700_000_000,
    ...more,
  });
  const run = (script: Script, environment = mediaTools()) => {
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', renderScript(script, (place) => place)], { env: environment, encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  const tool = (program: string, ...words: string[]) =>
    execFileSync(program, words, { env: { ...mediaTools(), MTOOLS_SKIP_CHECK: '1' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it.each(['gpt', 'mbr'] as const)('has the partition table %s, its label, its cluster size and every file', (table) => {
    const wanted = image({ table });
    expect(run(makeFatImage(wanted))).toMatchObject({ status: 0, said: expect.stringContaining('The image is made.') });
    expect(run(proveFatImage(wanted)).said).toContain('Every file in the image is the same as its source.');
    const { partitiontable } = JSON.parse(tool('sfdisk', '--json', String(wanted.image)));
    expect(partitiontable.label).toBe(table === 'gpt' ? 'gpt' : 'dos');
    expect(partitiontable.partitions).toMatchObject([{ start: 2048, size: (62 * mebibyte) / 512 }]);
    const info = tool('minfo', '-i', `${wanted.image}@@1M`);
    expect(info).toMatch(/cluster size: 1 sectors/);
    expect(info).toMatch(/disk label="BOOT STICK\s*"/);
    expect(tool('fsck.fat', '-n', '-v', ...fsckOf(wanted))).toContain('32 bit entries');
    expect(tool('mdir', '-i', `${wanted.image}@@1M`, '-b', '-/')).toContain("::/It's a folder/Read me first, please.txt");
  });
  /** fsck.fat knows no offset: the partition as a file. */
  const fsckOf = ({ image: file }: FatImage) => {
    const part = path.join(at, 'part.img');
    writeFileSync(part, readFileSync(String(file)).subarray(mebibyte, 63 * mebibyte));
    return [part];
  };

  it.each(['gpt', 'mbr'] as const)('is the same, byte for byte, whenever and wherever it is made (%s)', (table) => {
    const digests = ['a.img', 'b.img'].map((name, index) => {
      // Neither the times of the source nor the time of day get in.
      utimesSync(path.join(folder, 'empty'), 1_000_000 * index, 1_000_000 * index);
      const file = path.join(at, name);
      expect(
        run(makeFatImage(image({ image: file, table })), { ...mediaTools(), TZ: index ? 'Asia/Tokyo' : 'UTC', LANG: index ? 'C.UTF-8' : 'C' }).status,
      ).toBe(0);
      return createHash('sha256').update(readFileSync(file)).digest('hex');
    });
    expect(digests[1]).toBe(digests[0]);
    run(makeFatImage(image({ image: path.join(at, 'c.img'), table, serial: 'CAFE1235' })));
    expect(
      createHash('sha256')
        .update(readFileSync(path.join(at, 'c.img')))
        .digest('hex'),
    ).not.toBe(digests[0]);
  });

  it('takes no more room than its files, however large it is', () => {
    const wanted = image({ bytes: 30_752_636_928, clusterBytes: 16_384 });
    expect(run(makeFatImage(wanted)).status).toBe(0);
    expect(statSync(String(wanted.image)).size).toBe(30_752_636_928);
    expect(statSync(String(wanted.image)).blocks * 512).toBeLessThan(40 * mebibyte);
    expect(run(proveFatImage(wanted)).status).toBe(0);
  });

  it('is not made over what is there, and a file that differs is found', () => {
    const wanted = image();
    run(makeFatImage(wanted));
    expect(run(makeFatImage(wanted)).status).not.toBe(0);
    writeFileSync(path.join(folder, '-startup.nsh'), 'echo -on\r\n');
    expect(run(proveFatImage(wanted)).said).not.toContain('Every file');
  });

  it('refuses what FAT32 can’t hold, each with its reason', () => {
    expect(run(checkFolder(folder)).said).toMatch(/^Files: 4, \d+ KiB\n$/);
    const large = path.join(folder, 'install.wim');
    writeFileSync(large, '');
    truncateSync(large, 4 * 1024 * mebibyte);
    for (const name of ['ends in.', 'what?', 'README', 'readme']) writeFileSync(path.join(folder, name), '');
    symlinkSync('nowhere', path.join(folder, 'link'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    const { said } = run(checkFolder(folder));
    for (const line of ['Too large: ./install.wim', 'Name: ./ends in.', 'Name: ./what?', 'Twice: ./readme', 'Leads nowhere: ./link', 'No file: ./pipe'])
      expect(said.split('\n')).toContain(line);
    expect(run(checkFolder(path.join(at, 'nowhere'))).status).toBe(1);
  });

  it('names a missing program with its package', () => {
    const bin = path.join(at, 'bin');
    mkdirSync(bin);
    const found = (name: string) => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    for (const name of ['find', 'sed', 'tr', 'sort', 'uniq', 'wc', 'du', 'cut']) symlinkSync(found(name), path.join(bin, name));
    if (existsSync('/usr/sbin/sfdisk') || existsSync('/sbin/mkfs.vfat')) return; // looked for there too, and found
    const { said } = run(checkFolder(folder), { ...process.env, PATH: bin });
    expect(said).toContain('Missing: sfdisk is in the package fdisk');
    expect(said).toContain('Missing: mkfs.vfat is in the package dosfstools');
    expect(said).toContain('Missing: mcopy is in the package mtools');
  });

  it('has clusters for its size, and enough of them at the smallest that is allowed', () => {
    for (const bytes of [64, 260, 300, 8192, 16_384, 32_768].map((size) => size * mebibyte)) {
      expect(whyNoFatImage({ bytes, clusterBytes: usualClusterBytes(bytes) }), String(bytes)).toBeNull();
    }
    expect(whyNoFatImage({ bytes: 32 * mebibyte, clusterBytes: 512 })).toContain('at least');
    for (const clusterBytes of [512, 4096]) {
      let smallest = 1;
      while (whyNoFatImage({ bytes: smallest * mebibyte, clusterBytes })) smallest += 1;
      const wanted = image({ bytes: smallest * mebibyte, clusterBytes });
      const made = run(makeFatImage(wanted));
      expect(made.status, made.said).toBe(0);
      expect(made.said).not.toMatch(/clusters/i);
      rmSync(String(wanted.image));
    }
  });
});
