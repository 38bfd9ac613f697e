/** The crossflash typed by hand: one line at a time, what the screen showed pasted, and judged as the live lines are. Screens are the lab's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { makePlan } from '../../../shared/topic-kit/index.ts';
import { LabOnDisk } from '../../../shared/topics/perc-h200-crossflash/lab-tools.test-kit.ts';
import { labDefaults, parameters } from '../../../shared/topics/perc-h200-crossflash/parameters.ts';
import { topic } from '../../../shared/topics/perc-h200-crossflash/topic.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';

describe.skipIf(process.platform === 'win32')('a crossflash by hand', () => {
  let stick: string;
  let server: LabOnDisk;
  let runs: Rehearsal;
  beforeEach(() => {
    stick = mkdtempSync(path.join(tmpdir(), 'wb-stick-'));
    server = new LabOnDisk();
    runs = new Rehearsal();
  });
  afterEach(async () => {
    await runs.end();
    server.remove();
    rmSync(stick, { recursive: true, force: true });
  });
  const file = (name: string) => path.join(server.folder, 'downloads', name);
  const begin = () =>
    runs.startOn({ kind: 'hand' }, topic.id, {
      ...{ way: 'hand', stickFolder: stick, uefiShell: file('EFI/BOOT/BOOTX64.EFI'), p07Flasher: file('P07/sas2flash.efi'), dellImage: file('P07/6GBPSAS.FW') },
      ...{ p07Image: file('P07/2118it.bin'), finalFlasher: file('P20/sas2flash.efi'), finalImage: file('P20/2118it.bin') },
    });
  const plan = makePlan(
    topic,
    parameters.parse({ ...labDefaults, way: 'hand' }),
    { kind: 'lab' },
    { label: 'lab', rehearsal: true, mapFile: (place) => place },
  ).steps;
  /** What the screen shows when the step's line and its proof are typed. */
  const screen = (id: string) => {
    const { script = null, verifyScript = null } = plan.find((step) => step.id === id) ?? {};
    return [script, verifyScript].flatMap((text) => (text === null ? [] : [server.script(text, 'y\n').output])).join('\n');
  };
  const paste = (state: RunState) => {
    const { current } = state;
    if (current === 'boot-server') server.tool('lab-hand', ['boot-stick']);
    return runs.take(state, offerOf(state, 'advance'), current === null || current === 'check-files' ? undefined : screen(current));
  };

  it('shows one line at a time, and leads to the same card', async () => {
    let state = await begin();
    const typed: string[] = [];
    while (state.status === 'waiting') {
      typed.push(`${state.current}: ${offerOf(state, 'advance').script?.replaceAll('\n', ' | ') ?? ''}`);
      const before = state.current;
      state = await paste(state);
      expect(state.current, `${before}: ${state.says}`).not.toBe(before);
    }
    expect([state.status, state.says]).toEqual(['done', 'Done and verified.']);
    expect(typed).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^erase: cd \\P07 \| sas2flash\.efi -o -e 6$/),
        expect.stringMatching(/^write-final: cd \\P20 \| sas2flash\.efi -o -f 2118it\.bin$/),
      ]),
    );
    expect(server.state()).toMatchObject({ image: 'lsi', fw: '20.00.07.00', sas: '5782bcb012345600' });
  });

  it('stops at what the screen should not show, by the same rules', async () => {
    let state = await begin();
    while (state.current !== 'list-controllers') state = await paste(state);
    const wrong = 'LSI Corporation SAS2 Flash Utility\nVersion 20.00.00.00 (2014.09.18)\n0  SAS2008(B2)     07.15.08.00';
    state = await runs.take(state, offerOf(state, 'advance'), wrong);
    expect([state.current, state.status]).toEqual(['list-controllers', 'failed']);
    expect(state.steps.find(({ id }) => id === 'list-controllers')?.verdicts.map(({ rule }) => rule)).toContain('new-flasher');
  });
});
