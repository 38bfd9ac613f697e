/** The devices of this very machine, and that the media writer reads the same of them. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDeviceValue } from '../../../../shared/topic-kit/index.ts';
import { attachLoop, detachLoop, runWriter, whyNoLoop } from '../media-writer.test-kit.ts';
import { listDevices } from './list-devices.ts';

if (whyNoLoop) console.log(`No device is listed that could be chosen: ${whyNoLoop}.`);

describe.skipIf(process.platform !== 'linux')('the devices of this machine', () => {
  it('can’t be chosen where the system runs from them', async () => {
    const devices = await listDevices();
    for (const device of devices) expect(parseDeviceValue(device.value), device.value).toMatchObject({ path: device.path, bytes: device.bytes });
    const system = devices.filter(({ mountPoints }) => mountPoints.includes('/'));
    for (const { whyNot } of system) expect(whyNot?.kind).toBe('system');
  });

  it.skipIf(whyNoLoop)('are what the writer finds when it opens them', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-list-'));
    const [stick, source] = [path.join(folder, 'a | stick.img'), path.join(folder, 'source.img')];
    writeFileSync(stick, '');
    truncateSync(stick, 4_194_304);
    writeFileSync(source, Buffer.alloc(4096, 0x90));
    const device = attachLoop(stick);
    try {
      const listed = (await listDevices()).find((candidate) => candidate.path === device);
      expect(listed).toMatchObject({ bus: 'loop device', bytes: 4_194_304, model: 'image a stick.img'.replace('a stick', 'a   stick'), whyNot: null });
      const { vendor, model, serial, bytes } = parseDeviceValue(listed?.value ?? '') ?? { vendor: '', model: '', serial: '', bytes: 0 };
      const words = ['--vendor', vendor, '--model', model, '--serial', serial, '--bytes', String(bytes)];
      expect(await runWriter(['write', '--source', source, '--to', device, ...words])).toMatchObject({ status: 0 });
    } finally {
      detachLoop(device);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
