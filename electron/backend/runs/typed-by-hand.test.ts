/** A run without a console whose topic has lines for one: what goes with it, and ways out that are typed by hand. Logs are the lab's. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rehearsal as LabWalk } from '../../../shared/topics/perc-h200-crossflash/rehearsal.test-kit.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';

describe.skipIf(process.platform === 'win32')('a run on this machine', () => {
  const topic = 'perc-h200-crossflash';
  let stick: string;
  let walk: LabWalk;
  let runs: Rehearsal;
  beforeEach(() => {
    stick = mkdtempSync(path.join(tmpdir(), 'wb-stick-'));
    walk = new LabWalk('sas-address-lost', { way: 'script' });
    runs = new Rehearsal();
  });
  afterEach(async () => {
    await runs.end();
    walk.lab.remove();
    rmSync(stick, { recursive: true, force: true });
  });
  const parameters = (way: string) => {
    const file = (name: string) => path.join(walk.lab.folder, 'downloads', name);
    return {
      ...{ way, stickFolder: stick, uefiShell: file('EFI/BOOT/BOOTX64.EFI'), p07Flasher: file('P07/sas2flash.efi'), dellImage: file('P07/6GBPSAS.FW') },
      ...{ p07Image: file('P07/2118it.bin'), finalFlasher: file('P20/sas2flash.efi'), finalImage: file('P20/2118it.bin') },
    };
  };

  it('is refused where its lines would be typed at a console, by the field that says so', async () => {
    await expect(runs.startOn({ kind: 'local' }, topic, parameters('console'))).rejects.toThrow(/needs the console of the server/);
    const console = { way: { by: 'fifo', path: '/tmp/nobody' }, dialect: 'uefi-shell' } as const;
    await expect(runs.startOn({ kind: 'console', console }, topic, parameters('script'))).rejects.toThrow(/need no console/);
  });

  it('offers a line of a way out to be typed by hand, and runs nothing for it', async () => {
    let state = await runs.startOn({ kind: 'local' }, topic, parameters('script'));
    for (const step of ['check-files', 'lay-out-stick', 'lay-out-scripts']) {
      expect(state.current, state.says).toBe(step);
      state = await runs.take(state, offerOf(state, 'advance'));
    }
    expect(walk.goOn()?.step).toBe('check-dell');
    mkdirSync(path.join(stick, 'H200LOGS'), { recursive: true });
    cpSync(path.join(walk.lab.folder, 'stick/H200LOGS'), path.join(stick, 'H200LOGS'), { recursive: true });
    state = await runs.advanceWhileWell(state);
    expect([state.current, state.status], state.says).toEqual(['check-dell', 'failed']);
    const offer = offerOf(state, 'remedy');
    expect(offer).toMatchObject({ id: 'program-sas-address', script: null });
    expect(offer.explanation).toMatch(/Type there: cd \\P07, then sas2flash\.efi -o -sasadd 5782bcb012345600$/);
    state = await runs.take(state, offer);
    expect(state.status).toBe('waiting');
    walk.remedy('program-sas-address');
    expect(walk.goOn('write-p07')).toBeNull();
    cpSync(path.join(walk.lab.folder, 'stick/H200LOGS'), path.join(stick, 'H200LOGS'), { recursive: true });
    state = await runs.take(state, offerOf(state, 'advance'));
    expect(state.current, state.says).toBe('write-p07');
  });
});
