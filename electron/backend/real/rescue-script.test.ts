/**
 * RESCUE.CMD typed at a command prompt for real, that of Wine: whether the script does what it says, and whether what it prints is
 * judged rightly. Microsoft's own cmd.exe is not tried, and System Restore and DISM are not there.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cardFileText } from '../../../shared/api/card-text.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { rescueScript, scriptName } from '../../../shared/topics/win11-critical-process-died/rescue-script.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { troublesOf } from './real-topic.test-kit.ts';
import { WinePrompt, whyNoWine } from './wine-prompt.test-kit.ts';

if (whyNoWine) console.log(`${scriptName} is not run: ${whyNoWine}.`);

describe.skipIf(whyNoWine)(scriptName, () => {
  let folder: string;
  let prompt: WinePrompt;
  let runs: Rehearsal;
  const config = (drive = 'windows') => path.join(folder, drive, 'Windows/System32/config');
  const names = (drive = 'windows') => readdirSync(config(drive)).sort();
  const note = () => path.join(folder, 'stick', 'RESCUE.NUM');
  const put = (name: string, drive = 'windows') => writeFileSync(path.join(config(drive), name), `${name} of ${drive}`);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-rescue-'));
    for (const place of ['stick', 'windows', 'second']) mkdirSync(path.join(folder, place));
    writeFileSync(path.join(folder, 'stick', scriptName), cardFileText(rescueScript()));
    prompt = await WinePrompt.open({ D: path.join(folder, 'windows'), E: path.join(folder, 'stick'), F: path.join(folder, 'second') });
    await prompt.type('E:');
    runs = new Rehearsal();
  }, 600_000);
  afterAll(async () => {
    await runs?.end();
    await prompt?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    for (const place of ['windows', 'second']) rmSync(path.join(folder, place, 'Windows'), { recursive: true, force: true });
    rmSync(note(), { force: true });
    mkdirSync(config(), { recursive: true });
    for (const name of ['SOFTWARE', 'SYSTEM', 'SAM', 'SECURITY']) put(name);
  });

  /** As `vol` says it, in its last word. */
  const serialOf = async (drive: string) => /([0-9A-F]{4}-[0-9A-F]{4})\s*$/m.exec(await prompt.type(`vol ${drive}`))?.[1] ?? '';
  const rescue = (words: string) => prompt.type(`RESCUE ${words}`);
  /** What the offer's lines print, typed one after the other. */
  const typed = async (script: string | null) => {
    let output = '';
    for (const line of script?.split('\n') ?? []) output += await prompt.type(line);
    return output;
  };
  const step = async (state: RunState) => {
    const offer = offerOf(state, 'advance');
    return runs.take(state, offer, offer.wantsOutput ? await typed(offer.script) : undefined);
  };
  const rulesOf = (state: RunState) =>
    state.steps.find(({ id }) => id === state.current)?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
  const upTo = async (stepId: string) => {
    let state = await runs.startOn({ kind: 'hand' }, 'win11-critical-process-died', { way: 'recovery' });
    while (state.status === 'waiting' && state.current !== stepId) state = await step(state);
    expect(state.current, troublesOf(state)).toBe(stepId);
    return state;
  };

  it('finds Windows, renames its hives, whole, and gives them their names again', { timeout: 600_000 }, async () => {
    let state = await upTo('rename');
    expect(state.facts).toEqual([expect.objectContaining({ id: 'drive', value: 'D:' })]);
    state = await step(state);
    expect(state.current, troublesOf(state)).toBe('restore');
    expect(names()).toEqual(['SAM', 'SECURITY', 'SOFTWARE.001', 'SYSTEM.001']);
    expect(readFileSync(path.join(config(), 'SOFTWARE.001'), 'utf8')).toBe('SOFTWARE of windows');
    const back = offerOf(state, 'undo');
    expect(await typed(back.script)).toContain('SOFTWARE.001 and SYSTEM.001 have their names again');
    expect(names()).toEqual(['SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM']);
    const kept = readFileSync(path.join(folder, 'stick', 'RESCUE.TXT'), 'latin1');
    expect(kept).toContain('Renamed to SOFTWARE.001 and SYSTEM.001');
    expect(kept).toContain('have their names again');
  });

  it('is not believed where the hives were not renamed', { timeout: 600_000 }, async () => {
    const state = await upTo('rename');
    const left = await runs.take(state, offerOf(state, 'advance'), await rescue('look'));
    expect([left.status, left.current]).toEqual(['failed', 'rename']);
  });

  it('counts on from the highest number that either has, and goes back to the newest pair', { timeout: 600_000 }, async () => {
    put('software.001');
    put('SYSTEM.001');
    put('SYSTEM.008');
    expect(await rescue('rename')).toContain('Renamed to SOFTWARE.009 and SYSTEM.009');
    expect(names()).toEqual(['SAM', 'SECURITY', 'SOFTWARE.009', 'SYSTEM.001', 'SYSTEM.008', 'SYSTEM.009', 'software.001']);
    expect(await rescue('rename')).toContain('SOFTWARE or SYSTEM is not there: nothing was changed');
    put('SOFTWARE');
    put('SYSTEM');
    expect(await rescue('back')).toContain('SOFTWARE or SYSTEM is there: nothing was changed');
    expect(await rescue('remove')).toContain('Removed SOFTWARE.009 and SYSTEM.009');
    expect(names()).toEqual(['SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM', 'SYSTEM.001', 'SYSTEM.008', 'software.001']);
    expect(await rescue('remove')).toContain('No renamed pair of this stick is there: nothing was changed');
    put('SYSTEM.999');
    expect(await rescue('rename')).toContain('Number 999 is taken: nothing was changed');
    rmSync(path.join(config(), 'SYSTEM.999'));
    rmSync(path.join(config(), 'software.001'));
    for (const name of ['SOFTWARE', 'SYSTEM']) rmSync(path.join(config(), name));
    put('SOFTWARE.009');
    expect(await rescue('back')).toContain('No renamed pair is there: nothing was changed');
    expect(names()).toEqual(['SAM', 'SECURITY', 'SOFTWARE.009', 'SYSTEM.001', 'SYSTEM.008']);
  });

  it('removes only the pair that this stick renamed, however often it is told', { timeout: 600_000 }, async () => {
    const earlier = ['SAM', 'SECURITY', 'SOFTWARE', 'SOFTWARE.001', 'SYSTEM', 'SYSTEM.001'];
    for (const name of ['SOFTWARE.001', 'SYSTEM.001']) put(name);
    expect(await rescue('remove')).toContain('No renamed pair of this stick is there: nothing was changed');
    expect(await rescue('rename')).toContain('Renamed to SOFTWARE.002 and SYSTEM.002');
    expect(readFileSync(note(), 'latin1').trim()).toMatch(/^002 [0-9A-F]{4}-[0-9A-F]{4}$/);
    expect(await rescue('remove')).toContain('SOFTWARE or SYSTEM is not there: nothing was changed');
    for (const name of ['SOFTWARE', 'SYSTEM']) put(name);
    rmSync(path.join(config(), 'SOFTWARE.002')); // as a deletion that failed half way left it
    expect(await rescue('remove')).toContain('Removed SOFTWARE.002 and SYSTEM.002');
    expect([names(), existsSync(note())]).toEqual([earlier, false]);
    expect(await rescue('remove')).toContain('No renamed pair of this stick is there: nothing was changed');
    for (const wrong of ['LOG', '', '002']) {
      put('SOFTWARE.LOG');
      writeFileSync(note(), `${wrong} \r\n`);
      expect(await rescue('remove'), wrong).toContain('No renamed pair of this stick is there: nothing was changed');
      rmSync(path.join(config(), 'SOFTWARE.LOG'));
    }
    expect(names()).toEqual(earlier);
  });

  it('goes back to the pair that this stick renamed, where a higher one is there', { timeout: 600_000 }, async () => {
    await rescue('rename');
    for (const name of ['SOFTWARE.005', 'SYSTEM.005']) put(name);
    expect(await rescue('back')).toContain('SOFTWARE.001 and SYSTEM.001 have their names again');
    expect([names(), existsSync(note())]).toEqual([['SAM', 'SECURITY', 'SOFTWARE', 'SOFTWARE.005', 'SYSTEM', 'SYSTEM.005'], false]);
    expect(readFileSync(path.join(config(), 'SOFTWARE'), 'utf8')).toBe('SOFTWARE of windows');
  });

  it('means the Windows that runs where no letter follows, and another only by its letter', { timeout: 600_000 }, async () => {
    mkdirSync(config('second'), { recursive: true });
    for (const drive of ['windows', 'second']) for (const name of ['SOFTWARE', 'SYSTEM', 'SOFTWARE.001', 'SYSTEM.001']) put(name, drive);
    writeFileSync(note(), `001 ${await serialOf('D:')} \r\n`);
    await prompt.type('set SystemDrive=X:');
    expect(await rescue('remove')).toContain('More than one Windows was found');
    await prompt.type('set SystemDrive=D:');
    const looked = await rescue('look');
    expect(looked).toContain('Windows is on D:');
    expect(looked).not.toContain('F:');
    expect(await rescue('look F')).toContain('Windows is on F:');
    for (const task of ['rename', 'back', 'restore', 'rename D']) expect(await rescue(task)).toContain('This Windows is running');
    expect(await rescue('remove')).toContain('Removed SOFTWARE.001 and SYSTEM.001');
    await prompt.type('set SystemDrive=C:');
    expect([names(), names('second')]).toEqual([
      ['SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM'],
      ['SOFTWARE', 'SOFTWARE.001', 'SYSTEM', 'SYSTEM.001'],
    ]);
  });

  it('wants a letter where two letters have a Windows, and is judged so', { timeout: 600_000 }, async () => {
    mkdirSync(config('second'), { recursive: true });
    for (const name of ['SOFTWARE', 'SYSTEM']) put(name, 'second');
    const state = await upTo('look');
    const many = await step(state);
    expect([many.status, rulesOf(many)]).toEqual(['failed', expect.arrayContaining(['two-windows'])]);
    expect(await rescue('rename F')).toContain('Renamed to SOFTWARE.001 and SYSTEM.001');
    expect([names('second'), names()]).toEqual([
      ['SOFTWARE.001', 'SYSTEM.001'],
      ['SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM'],
    ]);
  });

  it('says that there is none, that it is the running one, and what it can do', { timeout: 600_000 }, async () => {
    expect(await rescue('rename G')).toContain('No Windows was found on any letter');
    expect(await rescue('renam')).toContain('Say what to do: RESCUE look, rename, back, restore or remove');
    await prompt.type('set SystemDrive=D:');
    for (const task of ['rename', 'back', 'restore']) expect(await rescue(task)).toContain('This Windows is running: do this in the recovery environment');
    await prompt.type('set SystemDrive=C:');
    rmSync(path.join(folder, 'windows', 'Windows'), { recursive: true });
    const none = await step(await upTo('look'));
    expect(rulesOf(none)).toEqual(expect.arrayContaining(['no-windows']));
  });
});
