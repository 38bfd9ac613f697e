/** The crossflash by startup.nsh on a (virtual) server: the run lays the scripts on the stick, OVMF's shell runs them, their logs come back. */
import { copyFileSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { AdminAtScreen } from './crossflash-server.test-kit.ts';
import { eachWithServer } from './crossflash-suite.test-kit.ts';
import { troublesOf } from './real-topic.test-kit.ts';
import { whyNoStick, whyNoUefiServer } from './uefi-server.test-kit.ts';

const why = whyNoUefiServer ?? whyNoStick;
if (why) console.log(`The crossflash by startup.nsh is not tried on a virtual server: ${why}.`);

describe.skipIf(why)('the crossflash by startup.nsh on a virtual server', () => {
  const on = eachWithServer();

  const advanceTo = async (state: RunState, stepId: string): Promise<RunState> => {
    let now = state;
    while (now.status === 'waiting' && now.current !== stepId && !now.trouble) now = await on.runs.take(now, offerOf(now, 'advance'));
    return now;
  };
  const begin = async () =>
    advanceTo(await on.runs.startOn({ kind: 'local' }, 'perc-h200-crossflash', { ...on.there.parameters, way: 'script' }), 'boot-server');
  /** The stick goes to the server, its script goes on until the screen shows this, and it comes back. */
  const atServer = async (until: RegExp, { failure = '', typed = '' } = {}): Promise<string> => {
    on.there.carryStick(failure);
    const admin = await AdminAtScreen.at(on.there.server);
    try {
      const screen = await admin.goOn(until);
      if (typed === '') return screen;
      await admin.goOn(/FS\d+:\\> $/);
      await admin.type(typed);
      return await admin.goOn(until);
    } finally {
      await admin.leave();
      await on.there.server.cutPower();
      on.there.bringStick();
    }
  };
  const stopped = (state: RunState) => [state.current, state.steps.find(({ id }) => id === state.current)?.verdicts.map(({ rule }) => rule)];

  it('goes to the verified list; a log that is not there, or not whole, is told', { timeout: 600_000 }, async () => {
    let state = await begin();
    expect(state.current, troublesOf(state)).toBe('boot-server');
    const lists = await atServer(/nothing is changed yet\./);
    if (on.there.whyNoShell) console.log(`The shell on the stick is not started: ${on.there.whyNoShell}.`);
    else expect(lists).toMatch(/BdsDxe: starting Boot\d+ "UEFI QEMU QEMU USB/);
    expect(lists).not.toContain('Erasing');
    state = await advanceTo(state, 'run-script');
    expect(state.current, troublesOf(state)).toBe('run-script');
    expect(state.facts).toEqual([expect.objectContaining({ id: 'sasAddress', value: '5782bcb-0-1234-5600' })]);
    const screen = await atServer(/All steps are done/);
    expect(screen.match(/Would you like to flash anyway/g)?.length).toBeGreaterThan(0);
    expect(screen).toContain('Step 8 of 11');
    expect(lists + screen).not.toMatch(/Unknown flag|not recognized|Invalid|syntax/i);
    const log = path.join(on.there.mounted, 'H200LOGS/CHECK-DELL.TXT');
    const kept = path.join(on.there.folder, 'kept');
    copyFileSync(log, kept);
    rmSync(log);
    state = await on.runs.advanceWhileWell(state);
    expect(stopped(state)).toEqual(['check-dell', ['log-missing']]);
    copyFileSync(kept, log);
    truncateSync(log, 700);
    state = await on.runs.take(state, offerOf(state, 'retry'));
    expect(stopped(state)).toEqual(['check-dell', ['log-cut-off']]);
    copyFileSync(kept, log);
    state = await on.runs.advanceWhileWell(await on.runs.take(state, offerOf(state, 'retry')));
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect((await on.runs.api.transcripts.verify({ runId: state.runId })).findings).toEqual([]);
  });

  it('finds the wrong flasher in the log before anything is erased', { timeout: 600_000 }, async () => {
    const state = await begin();
    copyFileSync(path.join(on.flashers, 'sas2flash-20.efi'), path.join(on.there.mounted, 'P07/sas2flash.efi'));
    await atServer(/nothing is changed yet\./);
    let ended = await on.runs.advanceWhileWell(state);
    expect(stopped(ended)).toEqual(['list-controllers', expect.arrayContaining(['new-flasher'])]);
    copyFileSync(path.join(on.flashers, 'sas2flash-05.efi'), path.join(on.there.mounted, 'P07/sas2flash.efi'));
    await atServer(/nothing is changed yet\./, { typed: 'again.nsh 1' });
    ended = await advanceTo(await on.runs.take(ended, offerOf(ended, 'retry')), 'allow-erase');
    expect(ended.current, troublesOf(ended)).toBe('allow-erase');
  });

  it('tells a power cut in the middle of a write by the log it left, and then that there is no way back', { timeout: 600_000 }, async () => {
    let state = await begin();
    await atServer(/nothing is changed yet\./, { failure: 'power-cut-step-8' });
    state = await advanceTo(state, 'run-script');
    on.there.carryStick('power-cut-step-8');
    const admin = await AdminAtScreen.at(on.there.server);
    await admin.goOn(/Step 4 of 11/);
    await admin.goOn(/Nothing is shown/);
    await on.there.server.powerWentOff();
    await admin.leave();
    on.there.bringStick();
    state = await on.runs.advanceWhileWell(state);
    expect([state.current, stopped(state)[1]]).toEqual(['write-dell', [expect.stringMatching(/^log-(missing|cut-off)$/)]]);
    await atServer(/Firmware fault occurred/);
    state = await on.runs.take(state, offerOf(state, 'retry'));
    expect([state.current, state.status], troublesOf(state)).toEqual(['write-dell', 'dead-end']);
  });

  it('finds the wrong shell version in the log', { timeout: 600_000 }, async () => {
    const state = await begin();
    await atServer(/nothing is changed yet\./, { failure: 'wrong-shell' });
    const ended = await on.runs.advanceWhileWell(state);
    expect(stopped(ended)).toEqual(['list-controllers', expect.arrayContaining(['wrong-shell'])]);
  });
});
