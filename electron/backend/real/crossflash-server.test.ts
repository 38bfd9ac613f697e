/** The crossflash on a (virtual) server: a stick made by the run, OVMF's shell, and a simulated flasher of the lab's behaviour. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { lab } from '../../../shared/topics/perc-h200-crossflash/lab.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { buildFlashers, copyToStick, makeStick, readFromStick, UefiServer, whyNoStick, whyNoUefiServer } from './uefi-server.test-kit.ts';

const why = whyNoUefiServer ?? whyNoStick;
if (why) console.log(`The crossflash is not tried on a virtual server: ${why}.`);

describe.skipIf(why)('the crossflash on a virtual server', () => {
  const flashers = mkdtempSync(path.join(tmpdir(), 'wb-flashers-'));
  let folder: string;
  let image: string;
  let server: UefiServer;
  let runs: Rehearsal;
  beforeAll(() => buildFlashers(flashers));
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-server-'));
    image = path.join(folder, 'stick.img');
    runs = new Rehearsal();
  });
  afterEach(async () => {
    await runs.end();
    await server.cutPower();
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => rmSync(flashers, { recursive: true, force: true }));

  /** Files as an admin would have them, with flashers that run; another disk stands before the stick. */
  function setOut() {
    const stick = path.join(folder, 'mounted');
    mkdirSync(stick);
    for (const { path: name, content } of lab.files(null)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const own = path.join(folder, 'own');
    mkdirSync(own);
    writeFileSync(path.join(own, 'WRENCHBOOK.TXT'), 'of something else\r\n');
    makeStick(path.join(folder, 'own.img'), own);
    server = new UefiServer(path.join(folder, 'server'), [
      ...['-drive', `if=none,id=own,format=raw,file=${folder}/own.img`, '-device', 'virtio-blk-pci,drive=own'],
      ...['-drive', `if=none,id=stick,format=raw,file=${image}`, '-device', 'qemu-xhci', '-device', 'usb-storage,drive=stick,removable=on'],
    ]);
    const download = (name: string) => path.join(folder, 'downloads', name);
    return {
      stickFolder: stick,
      uefiShell: download('EFI/BOOT/BOOTX64.EFI'),
      p07Flasher: path.join(flashers, 'sas2flash-05.efi'),
      dellImage: download('P07/6GBPSAS.FW'),
      p07Image: download('P07/2118it.bin'),
      finalFlasher: path.join(flashers, 'sas2flash-20.efi'),
      finalImage: download('P20/2118it.bin'),
      leaveOutBootRom: false,
      bootRom: download('P20/mptsas2.rom'),
    };
  }
  /** What hands do: the stick is taken out here and put in there, and the server switched on. */
  function carryStick(mounted: string, failure: string) {
    makeStick(image, mounted);
    const card = path.join(folder, 'LAB');
    mkdirSync(card);
    writeFileSync(path.join(card, 'CARD.TXT'), readFileSync(path.join(folder, 'controller.state')));
    writeFileSync(path.join(card, 'FAILURE.TXT'), failure);
    copyToStick(image, card);
    server.switchOn();
  }
  /** Up to where the server is needed, with the stick in it. */
  async function begin(failure = ''): Promise<RunState> {
    const parameters = setOut();
    const target: TargetRef = { kind: 'console', console: { way: { by: 'fifo', path: server.place }, dialect: 'uefi-shell' } };
    let state = await runs.startOn(target, 'perc-h200-crossflash', parameters);
    for (const id of ['check-files', 'lay-out-stick']) {
      expect(state.current, state.says).toBe(id);
      state = await runs.take(state, offerOf(state, 'advance'));
    }
    expect(state.current, state.says).toBe('boot-server');
    carryStick(parameters.stickFolder, failure);
    return state;
  }

  it('goes from the check of the files to the verified list', { timeout: 180_000 }, async () => {
    const state = await runs.advanceWhileWell(await begin());
    expect(state.status, `${state.says} ${state.trouble?.message}`).toBe('done');
    expect(state.steps.every(({ status }) => status === 'done')).toBe(true);
    expect(state.facts).toEqual([expect.objectContaining({ id: 'sasAddress', value: '5782bcb-0-1234-5600' })]);
    expect(readFromStick(image, '/SAS-ADDRESS.TXT')).toMatch(/SAS Address\s*: 5782bcb-0-1234-5600\r?\n/);
    expect((await runs.api.transcripts.verify({ runId: state.runId })).findings).toEqual([]);
  });

  it('is interrupted by a power cut in the middle of a write, and says after it that there is no way back', { timeout: 180_000 }, async () => {
    let state = await runs.advanceWhileWell(await begin('power-cut-step-8'));
    expect([state.current, state.status], `${state.says} ${state.trouble?.message}`).toEqual(['write-dell', 'interrupted']);
    expect(state.trouble?.message).toContain('the line was lost');
    await server.cutPower();
    server.switchOn();
    state = await runs.take(state, offerOf(state, 'retry'));
    expect([state.current, state.status], state.says).toEqual(['write-dell', 'dead-end']);
  });

  it('notices that the server restarts under the erase, and leads from there to the power cables', { timeout: 180_000 }, async () => {
    let state = await runs.advanceWhileWell(await begin('reboot-after-erase'));
    expect([state.current, state.status], `${state.says} ${state.trouble?.message}`).toEqual(['erase', 'interrupted']);
    expect(state.trouble?.message).toContain('the machine started anew');
    state = await runs.take(state, offerOf(state, 'retry'));
    expect([state.current, state.status], state.says).toEqual(['erase', 'failed']);
    expect(offerOf(state, 'remedy').id).toBe('power-cycle');
  });
});
