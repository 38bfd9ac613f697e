/** Sticks built for real: the topic's steps on this machine, on loop devices, and a (virtual) server started from one. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { recordSeen } from '../conformance/seen.test-kit.ts';
import { mediaTools, whyNoMediaTools } from '../media/media-tools.test-kit.ts';
import { attachLoop, detachLoop, whyNoLoop } from '../media/media-writer.test-kit.ts';
import { buildFlashers, UefiServer, whyNoStick, whyNoUefiServer } from './uefi-server.test-kit.ts';

const why = whyNoLoop ?? whyNoMediaTools;
if (why) console.log(`No stick is built for real: ${why}.`);
const mebibyte = 1024 * 1024;

describe.skipIf(why)('a stick built on this machine', () => {
  let folder: string;
  let stick: string;
  let device: string;
  let runs: Rehearsal;
  const path_ = process.env.PATH;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-usb-'));
    stick = path.join(folder, 'stick.img');
    writeFileSync(stick, 'holiday pictures');
    truncateSync(stick, 64 * mebibyte);
    device = attachLoop(stick);
    mkdirSync(path.join(folder, 'files/EFI/BOOT'), { recursive: true });
    writeFileSync(path.join(folder, 'files/EFI/BOOT/BOOTX64.EFI'), Buffer.concat([Buffer.from('MZ'), randomBytes(5_000_000)]));
    writeFileSync(path.join(folder, 'files/startup.nsh'), 'map -b\r\n');
    process.env.PATH = mediaTools().PATH;
    runs = new Rehearsal();
  });
  afterEach(async () => {
    process.env.PATH = path_;
    await runs.end();
    detachLoop(device);
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (parameters: Record<string, string>): Promise<RunState> =>
    runs.startOn({ kind: 'local' }, 'bootable-usb', { folder: path.join(folder, 'files'), workFolder: folder, ...parameters });
  const chosen = async () => (await runs.api.media.devices({})).find(({ path: place }) => place === device)?.value ?? '';

  it('has the files, is confirmed by its name, and leaves no image behind', async () => {
    const told: string[] = [];
    runs.client.on('media.progress', ({ phase }) => told.push(phase));
    const state = await runs.advanceWhileWell(await start({ device: await chosen(), table: 'mbr' }));
    expect(state.says, JSON.stringify(state.steps.at(-2)?.verdicts)).toBe('Done and verified.');
    recordSeen('bootable-usb', state, { not: ['write-stick in-place'] }); // a loop device can't be ejected
    expect(state.plan.find(({ id }) => id === 'write-stick')?.confirm).toMatchObject({
      object: expect.stringContaining(`67.1 MB (${device})`),
      type: 'image stick.img',
    });
    expect(told).toContain('comparing');
    const environment = { ...mediaTools(), MTOOLS_SKIP_CHECK: '1' };
    const read = execFileSync('mcopy', ['-n', '-i', `${stick}@@1M`, '::EFI/BOOT/BOOTX64.EFI', '-'], { env: environment, maxBuffer: 16 * mebibyte });
    expect(read.equals(readFileSync(path.join(folder, 'files/EFI/BOOT/BOOTX64.EFI')))).toBe(true);
    expect(execFileSync('sfdisk', ['--json', stick], { env: environment, encoding: 'utf8' })).toContain('"label": "dos"');
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).not.toContain('wrenchbook-');
    expect((await runs.api.transcripts.verify({ runId: state.runId })).findings).toEqual([]);
    const journal = readFileSync(path.join(runs.data, 'runs', state.runId, 'journal.jsonl'), 'utf8');
    expect(journal).toContain('wbmedia write --source');
    expect(journal).not.toContain('sub write_image'); // the program is the same in every run, and no part of its record
  });

  it('takes a packed image with its checksum', async () => {
    const image = path.join(folder, 'installer.img');
    writeFileSync(image, randomBytes(9_000_000));
    execFileSync('gzip', ['-1', '-k', image]);
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
    const wrong = await runs.advanceWhileWell(await start({ what: 'image', image: `${image}.gz`, sha256: '0'.repeat(64), device: await chosen() }));
    expect([wrong.current, wrong.status]).toEqual(['check-source', 'failed']);
    expect(wrong.steps[0]?.verdicts.map(({ rule }) => rule)).toContain('other-checksum');
    const state = await runs.advanceWhileWell(await start({ what: 'image', image: `${image}.gz`, sha256: digest(`${image}.gz`), device: await chosen() }));
    expect(state.says).toBe('Done and verified.');
    recordSeen('bootable-usb', state, { not: ['write-stick in-place'] }); // a loop device can't be ejected
    expect(readFileSync(stick).subarray(0, 9_000_000).equals(readFileSync(image))).toBe(true);
  });

  it('is not begun on a device that is in use or is another one, and not written when it is exchanged later', async () => {
    const value = await chosen();
    await expect(start({ device: value.replace('stick.img', 'other.img') })).rejects.toThrow(/a different device now/);
    const system = (await runs.api.media.devices({})).find(({ whyNot }) => whyNot?.kind === 'system');
    if (system) await expect(start({ device: system.value })).rejects.toThrow(/This system runs from it/);
    let state = await start({ device: value });
    for (const _ of [1, 2]) state = await runs.take(state, offerOf(state, 'advance'));
    detachLoop(device);
    const other = path.join(folder, 'other.img');
    writeFileSync(other, 'something dear');
    truncateSync(other, 64 * mebibyte);
    execFileSync('losetup', [device, other]);
    state = await runs.take(state, offerOf(state, 'advance'));
    expect([state.current, state.status]).toEqual(['write-stick', 'failed']);
    expect(state.steps.flatMap(({ verdicts }) => verdicts).map(({ rule }) => rule)).toContain('other-device');
    expect(readFileSync(other).subarray(0, 14).toString()).toBe('something dear');
    state = await runs.take(state, offerOf(state, 'undo'));
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).not.toContain('wrenchbook-');
  });

  it('is built beside another one, each from its own run, and neither gets what is the other’s', async () => {
    const secondImage = path.join(folder, 'second.img');
    writeFileSync(secondImage, '');
    truncateSync(secondImage, 64 * mebibyte);
    const second = attachLoop(secondImage);
    try {
      const [left, right] = [randomBytes(30_000_000), randomBytes(30_000_000)];
      writeFileSync(path.join(folder, 'left.img'), left);
      writeFileSync(path.join(folder, 'right.img'), right);
      const devices = await runs.api.media.devices({});
      const on = async (place: string, image: string) =>
        start({ what: 'image', image: path.join(folder, image), device: devices.find((one) => one.path === place)?.value ?? '' });
      const both = [await on(device, 'left.img'), await on(second, 'right.img')];
      const writing = new Set<string>();
      let atOnce = 0;
      runs.client.on('runs.changed', ({ runId, status }) => {
        if (status === 'running') writing.add(runId);
        else writing.delete(runId);
        atOnce = Math.max(atOnce, writing.size);
      });
      const ended = await Promise.all(both.map((state) => runs.advanceWhileWell(state)));
      expect(ended.map(({ says }) => says)).toEqual(['Done and verified.', 'Done and verified.']);
      expect(atOnce).toBe(2);
      expect(readFileSync(stick).subarray(0, left.length).equals(left)).toBe(true);
      expect(readFileSync(secondImage).subarray(0, right.length).equals(right)).toBe(true);
    } finally {
      detachLoop(second);
    }
  });

  it('can be a file instead, and is taken back', async () => {
    const imageFile = path.join(folder, 'made.img');
    let state = await runs.advanceWhileWell(await start({ to: 'file', imageFile, fileSize: '64' }));
    expect(state.says).toBe('Done and verified.');
    expect(existsSync(imageFile)).toBe(true);
    state = await runs.take(state, offerOf(state, 'undo'));
    expect([state.status, existsSync(imageFile)]).toEqual(['undone', false]);
  });
});

const whyNotStarted = whyNoUefiServer ?? whyNoStick ?? whyNoMediaTools;
if (whyNotStarted) console.log(`No server is started from a stick: ${whyNotStarted}.`);

describe.skipIf(whyNotStarted)('a (virtual) server', () => {
  it.each([
    ['gpt', 'system'],
    ['gpt', 'data'],
    ['mbr', 'system'],
  ])('starts by itself what is on a stick with %s, in a partition for %s', { timeout: 600_000 }, async (table, partition) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-boot-'));
    const before = process.env.PATH;
    process.env.PATH = mediaTools().PATH;
    const runs = new Rehearsal();
    const image = path.join(folder, 'stick.img');
    const server = new UefiServer(path.join(folder, 'server'), [
      ...['-drive', `if=none,id=stick,format=raw,file=${image}`, '-device', 'qemu-xhci', '-device', 'usb-storage,drive=stick,removable=on'],
    ]);
    try {
      buildFlashers(folder);
      const boot = path.join(folder, 'files/EFI/BOOT');
      mkdirSync(boot, { recursive: true });
      copyFileSync(path.join(folder, 'sas2flash-20.efi'), path.join(boot, 'BOOTX64.EFI'));
      const parameters = { folder: path.join(folder, 'files'), to: 'file', imageFile: image, fileSize: '64', table, partition };
      expect((await runs.advanceWhileWell(await runs.startOn({ kind: 'local' }, 'bootable-usb', parameters))).says).toBe('Done and verified.');
      const shown = firstWords(`${server.place}.out`, /SAS2 Flash Utility/);
      server.switchOn();
      expect(await shown).toMatch(/SAS2 Flash Utility/);
    } finally {
      process.env.PATH = before;
      await runs.end();
      await server.cutPower();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What a console says until it has said this. */
async function firstWords(fifo: string, until: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of createReadStream(fifo)) {
    text += chunk;
    if (until.test(text)) break;
  }
  return text;
}
