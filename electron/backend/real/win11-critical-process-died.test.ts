/**
 * The hives of a Windows volume for real: NTFS on a loop device, mounted by ntfs-3g on a rescue system that is reached over ssh.
 * No Windows is started.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { whyNoLoop } from '../media/media-writer.test-kit.ts';
import { RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { hives, volumePackages, WindowsVolume } from './windows-volume.test-kit.ts';

const why = whyNoLoop ?? whyNoMachineWithPackages(volumePackages);
if (why) console.log(`No hives are renamed on a real NTFS volume: ${why}.`);

describe.skipIf(why)('the hives of a Windows volume', () => {
  let volume: WindowsVolume;
  let topic: RealTopic;
  beforeAll(async () => {
    volume = await WindowsVolume.start();
  }, 600_000);
  afterAll(() => volume?.stop());
  beforeEach(() => {
    volume.make();
    topic = new RealTopic(volume.machine, 'win11-critical-process-died', { way: 'linux' });
  });
  afterEach(() => topic.end());
  const rulesOf = (state: Awaited<ReturnType<RealTopic['run']>>) =>
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));

  it('are renamed, whole, and have their names again when it was taken back', { timeout: 600_000 }, async () => {
    const before = volume.digests();
    expect((await topic.look()).verdict).toBe('affected');
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(volume.names()).toEqual(['SOFTWARE.001', 'SYSTEM.001']);
    for (const name of hives) expect(volume.machine.asRoot(`hivexml ${WindowsVolume.config}/${name}.001 | cat`)).toContain(`plays-${name}`);
    expect((await topic.look()).verdict).toBe('already-fixed');
    state = await topic.undo(state);
    expect(state.status).toBe('undone');
    expect(volume.digests()).toBe(before);
    expect((await topic.look()).verdict).toBe('affected');
  });

  it('are not said to be renamed when the step was left out', { timeout: 600_000 }, async () => {
    await topic.run({ without: ['rename'] });
    expect(volume.names()).toEqual(['SOFTWARE', 'SYSTEM']);
    expect((await topic.look()).verdict).toBe('affected');
  });

  it('never write over a pair of an earlier attempt, whatever its letters, and go back from theirs', { timeout: 600_000 }, async () => {
    volume.write('Windows/System32/config/software.001', Buffer.from('earlier'));
    volume.write('Windows/System32/config/SYSTEM.007', Buffer.from('earlier'));
    const before = volume.digests();
    const state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(volume.names().sort()).toEqual(['SOFTWARE.008', 'SYSTEM.007', 'SYSTEM.008', 'software.001']);
    await topic.undo(state);
    expect(volume.digests()).toBe(before);
  });

  it('are found in other letters', { timeout: 600_000 }, async () => {
    volume.machine.asRoot(`cd ${WindowsVolume.place} && mv Windows WINDOWS && mv WINDOWS/System32/config WINDOWS/System32/Config`);
    const state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(volume.machine.asRoot(`ls ${WindowsVolume.place}/WINDOWS/System32/Config`)).toBe('SOFTWARE.001\nSYSTEM.001\n');
  });

  it('are left alone where the volume is hibernated, which ntfs-3g mounts for reading only', { timeout: 600_000 }, async () => {
    volume.write('hiberfil.sys', Buffer.from('hibr'.padEnd(4096, '\0')));
    const before = volume.digests();
    volume.unmount();
    expect(volume.mount()).toMatch(/hibernat|read-only/i);
    const state = await topic.run();
    expect([state.current, rulesOf(state)]).toEqual(['look', expect.arrayContaining(['hibernated', 'read-only'])]);
    expect(volume.digests()).toBe(before);
    volume.unmount();
    volume.mount('-o remove_hiberfile');
    const again = await topic.take(state, offerOf(state, 'retry'));
    expect(again.steps[0]?.status, troublesOf(again)).toBe('done');
  });

  it('are left alone where it is mounted read-only, not mounted, another volume, renamed already, or cut in two', { timeout: 600_000 }, async () => {
    volume.unmount();
    volume.mount('-o ro');
    expect(rulesOf(await topic.run())).toEqual(['read-only']);
    volume.unmount();
    expect(rulesOf(await topic.run())).toEqual(['no-windows']);
    expect((await topic.look()).verdict).toBe('not-affected');
    volume.mount();
    volume.machine.asRoot(`mv ${WindowsVolume.place}/Windows ${WindowsVolume.place}/Recovery`);
    expect(rulesOf(await topic.run())).toEqual(expect.arrayContaining(['no-windows']));
    volume.machine.asRoot(`mv ${WindowsVolume.place}/Recovery ${WindowsVolume.place}/Windows; cd ${WindowsVolume.config}; mv SYSTEM SYSTEM.001`);
    const before = volume.digests();
    expect(rulesOf(await topic.run())).toEqual(['system']);
    volume.machine.asRoot(`cd ${WindowsVolume.config}; mv SOFTWARE SOFTWARE.001`);
    expect(rulesOf(await topic.run())).toEqual(['software', 'system']);
    expect((await topic.look()).verdict).toBe('already-fixed');
    volume.machine.asRoot(`cd ${WindowsVolume.config}; mv SOFTWARE.001 SOFTWARE`);
    expect(volume.digests()).toBe(before);
  });
});
