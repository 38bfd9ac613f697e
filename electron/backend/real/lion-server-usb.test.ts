/**
 * Lion's stick for real, as far as Linux goes: a self-made image is found in an app, unpacked and written to a loop device;
 * the package that fits is picked from a catalogue, fetched from a server on loopback, and put into the folder for it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { recordSeen } from '../conformance/seen.test-kit.ts';
import { makeAppleImage } from '../media/apple-image.test-kit.ts';
import { mediaTools, whyNoMediaTools } from '../media/media-tools.test-kit.ts';
import { attachLoop, detachLoop, whyNoLoop } from '../media/media-writer.test-kit.ts';

const why = whyNoLoop ?? whyNoMediaTools ?? (spawnSync('curl', ['--version']).status === 0 ? null : 'there is no curl');
if (why) console.log(`No stick of Lion is made for real: ${why}.`);
const mebibyte = 1024 * 1024;

/** By its header a volume of HFS+ (Apple's TN1150); behind it is no file system, but something to compare. */
const hfsVolume = Buffer.concat([Buffer.alloc(mebibyte), randomBytes(3 * mebibyte), Buffer.alloc(12 * mebibyte)]);
hfsVolume.write('H+', 1024);
hfsVolume.writeUInt16BE(4, 1026);
for (const [field, value] of [
  [40, 4096],
  [44, 4096],
] as const)
  hfsVolume.writeUInt32BE(value, 1024 + field);

const plist = (build: string) => `<plist version="1.0">
<dict>
	<key>ProductBuildVersion</key>
	<string>${build}</string>
	<key>ProductVersion</key>
	<string>10.7.3</string>
</dict>
</plist>
`;

describe.skipIf(why)('a stick of Lion Server', () => {
  let folder: string;
  let stick: string;
  let device: string;
  let volume: string;
  let runs: Rehearsal;
  let web: Server;
  let served: Record<string, string>;
  const path_ = process.env.PATH;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-lion-'));
    stick = path.join(folder, 'stick.img');
    writeFileSync(stick, 'holiday pictures');
    truncateSync(stick, 32 * mebibyte);
    device = attachLoop(stick);
    const shared = path.join(folder, 'Install Mac OS X Lion.app/Contents/SharedSupport');
    mkdirSync(shared, { recursive: true });
    writeFileSync(path.join(shared, 'InstallESD.dmg'), makeAppleImage(hfsVolume));
    // In the place of the mounted volume, which this kernel may not be able to give.
    volume = path.join(folder, 'wrenchbook-lion');
    mkdirSync(path.join(volume, 'System/Library/CoreServices'), { recursive: true });
    mkdirSync(path.join(volume, 'Packages'));
    writeFileSync(path.join(volume, 'System/Library/CoreServices/SystemVersion.plist'), plist('11D50'));
    served = {};
    web = createServer(({ url = '' }, answer) => {
      const body = served[url];
      answer.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    catalogue('11A2507', '11D2097', '11D2515', '11D999', '11E2617');
    process.env.PATH = mediaTools().PATH;
    runs = new Rehearsal();
  });
  afterEach(async () => {
    process.env.PATH = path_;
    await runs.end();
    web.close();
    detachLoop(device);
    rmSync(folder, { recursive: true, force: true });
  });

  const placeOf = (product: string) => `/content/downloads/10/59/${product}_ServerEssentials/xajda/ServerEssentials.pkg`;
  function catalogue(...products: string[]): void {
    const { port } = web.address() as AddressInfo;
    const lines = products.map((product) => `<string>http://127.0.0.1:${port}${placeOf(product)}</string>`);
    writeFileSync(path.join(folder, 'catalogue.txt'), `<plist><array>${lines.join('')}</array></plist>`);
  }
  async function start(): Promise<RunState> {
    const value = (await runs.api.media.devices({})).find((found) => found.path === device)?.value ?? '';
    return runs.startOn({ kind: 'local' }, 'lion-server-usb', {
      way: 'linux',
      app: path.join(folder, 'Install Mac OS X Lion.app'),
      device: value,
      catalogue: path.join(folder, 'catalogue.txt'),
      workFolder: folder,
    });
  }
  /** Goes on as long as it goes well, without the steps named; ends in front of `before`. */
  async function go(without: readonly string[], before = ''): Promise<RunState> {
    let state = await start();
    while (state.status === 'waiting' && state.current !== null && state.current !== before) {
      const { current, runId } = state;
      if (without.includes(current)) state = await runs.after(runId, runs.api.runs.skip({ runId, stepId: current, reason: 'Left out by a test.' }));
      else state = await runs.take(state, offerOf(state, 'advance'));
    }
    recordSeen('lion-server-usb', state, { not: ['write-stick in-place'] }); // a loop device can't be ejected
    return state;
  }
  const failures = (state: RunState) =>
    state.steps.flatMap(({ id, verdicts }) => (id === state.current ? verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule) : []));
  const unwritten = ['check-source', 'write-stick', 'mount-stick'];

  it('has the image’s every byte, and says what this kernel can do with HFS+', { timeout: 600_000 }, async () => {
    rmSync(volume, { recursive: true });
    const state = await go([]);
    expect(state.steps.filter(({ status }) => status === 'done').map(({ id }) => id)).toEqual(['find-image', 'check-source', 'write-stick']);
    expect(readFileSync(stick).subarray(0, hfsVolume.length).equals(hfsVolume)).toBe(true);
    expect(execFileSync('blkid', ['-o', 'value', '-s', 'TYPE', device], { encoding: 'utf8' })).toBe('hfsplus\n');
    expect([state.current, state.status]).toEqual(['mount-stick', 'failed']);
    if (!/\thfsplus$/m.test(readFileSync('/proc/filesystems', 'utf8'))) expect(failures(state)).toContain('no-hfsplus');
    expect((await runs.api.transcripts.verify({ runId: state.runId })).findings).toEqual([]);
  });

  it('gets the package of the highest build that fits, and is taken back', { timeout: 600_000 }, async () => {
    served[placeOf('11D2515')] = 'xar! the one for 10.7.3';
    served[placeOf('11E2617')] = 'xar! the one for 10.7.4';
    let state = await go(unwritten, 'unmount-stick');
    expect(state.current, JSON.stringify(state.says)).toBe('unmount-stick');
    expect(Object.fromEntries(state.facts.map(({ id, value }) => [id, value]))).toMatchObject({ version: '10.7.3', build: '11D50' });
    expect(readFileSync(path.join(volume, 'Packages/ServerEssentials.pkg'), 'utf8')).toBe('xar! the one for 10.7.3');
    state = await runs.take(state, offerOf(state, 'undo'));
    expect(state.status).toBe('undone');
    expect([existsSync(path.join(volume, 'Packages/ServerEssentials.pkg')), existsSync(path.join(folder, 'ServerEssentials.pkg'))]).toEqual([false, false]);
  });

  it('uses the admin’s own package, and leaves it where it lies', { timeout: 600_000 }, async () => {
    writeFileSync(path.join(folder, 'ServerEssentials.pkg'), 'xar! from a backup');
    let state = await go(unwritten, 'unmount-stick');
    expect(readFileSync(path.join(volume, 'Packages/ServerEssentials.pkg'), 'utf8')).toBe('xar! from a backup');
    state = await runs.take(state, offerOf(state, 'undo'));
    expect(readFileSync(path.join(folder, 'ServerEssentials.pkg'), 'utf8')).toBe('xar! from a backup');
  });

  it('says why there is none: no build that fits, gone from the server, a proxy’s page, not fetched, no app', { timeout: 600_000 }, async () => {
    let state = await go(unwritten);
    expect([state.current, failures(state)]).toEqual(['fetch-package', expect.arrayContaining(['not-fetched'])]);
    served[placeOf('11D2515')] = '<html>Log in first</html>';
    state = await go(unwritten);
    expect([state.current, failures(state)]).toEqual(['fetch-package', ['is-package']]);
    await runs.take(state, offerOf(state, 'undo'));
    state = await go([...unwritten, 'fetch-package']);
    expect([state.current, state.status]).toEqual(['put-package', 'failed']);
    catalogue('11A2507', '11E2617');
    state = await go(unwritten);
    expect([state.current, failures(state)]).toEqual(['pick-package', expect.arrayContaining(['no-package'])]);
    writeFileSync(path.join(volume, 'System/Library/CoreServices/SystemVersion.plist'), plist('12A269'));
    state = await go(unwritten);
    expect(failures(state)).toContain('no-lion');
    rmSync(path.join(folder, 'Install Mac OS X Lion.app'), { recursive: true });
    state = await go(unwritten);
    expect([state.current, failures(state)]).toEqual(['find-image', expect.arrayContaining(['no-app'])]);
  });
});

it('is rehearsed the Linux way too', async () => {
  const runs = new Rehearsal();
  try {
    const state = await runs.advanceWhileWell(await runs.start('lion-server-usb', undefined, { way: 'linux' }));
    expect(state.says).toBe('Done and verified.');
    const swapped = await runs.advanceWhileWell(await runs.start('lion-server-usb', 'stick-swapped', { way: 'linux' }));
    expect([swapped.current, swapped.status]).toEqual(['write-stick', 'failed']);
    expect((await runs.advanceWhileWell(await runs.take(swapped, offerOf(swapped, 'remedy')))).says).toBe('Done and verified.');
  } finally {
    await runs.end();
  }
});
