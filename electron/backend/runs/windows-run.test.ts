/** Whole runs with a played Windows around them (sessions/played-wsl.test-kit.ts): a rehearsal in WSL, and none without WSL. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { PlayedWsl } from '../sessions/played-wsl.test-kit.ts';
import type * as Shells from '../sessions/workstation-shell.ts';
import { findTopic } from '../topics/topic-registry.ts';

const played = vi.hoisted(() => ({ program: '/nowhere/wsl.exe' }));
vi.mock('../sessions/workstation-shell.ts', async (original) => {
  const shells = await original<typeof Shells>();
  let current = new shells.WorkstationShell();
  let program = '';
  // One for each wsl.exe that is played.
  const workstationShell = new Proxy(current, {
    get: (_, name) => {
      if (program !== played.program) current = new shells.WorkstationShell({ platform: 'win32', wsl: played.program });
      program = played.program;
      const value: unknown = Reflect.get(current, name, current);
      return typeof value === 'function' ? value.bind(current) : value;
    },
  });
  return { ...shells, workstationShell };
});

const topicId = 'perc-h200-crossflash';
const { labDefaults } = findTopic(topicId);

describe.skipIf(process.platform === 'win32')('a run on Windows', () => {
  let runs: Rehearsal;
  const wsl = new PlayedWsl();
  beforeEach(() => {
    runs = new Rehearsal();
  });
  afterEach(() => runs.end());
  afterAll(() => wsl.remove());

  it('rehearses in WSL', async () => {
    played.program = wsl.program;
    const state = await runs.start(topicId, undefined, labDefaults);
    const { runId, status, says } = await runs.advanceWhileWell(state);
    expect(status, `${says}\n${runs.shown}`).toBe('done');
    const helper = wsl.there(path.resolve('assets', 'helper', 'session.sh'));
    const begun = wsl.calls().filter((words) => words.at(-1) === helper);
    expect(begun.map(([, folder]) => folder)).toEqual([wsl.there(runs.labFolder(runId))]);
  });

  it('takes a file of Windows by its name in WSL', async () => {
    played.program = wsl.program;
    const name = Object.keys(labDefaults).find((each) => String(labDefaults[each]).startsWith('lab:')) ?? '';
    const { issues } = await runs.api.topics.check({ topicId, target: { kind: 'lab' }, parameters: { ...labDefaults, [name]: 'C:/no such.bin' } });
    expect(issues).toEqual([expect.objectContaining({ field: name, message: expect.stringContaining(wsl.there('/no such.bin')) })]);
  });

  it('is not begun without WSL, and every place says what to do', async () => {
    played.program = path.join(wsl.folder, 'missing.exe');
    const refused = {
      message: expect.stringContaining('WSL (the Windows subsystem for Linux) is not installed'),
      next: expect.stringContaining('wsl --install'),
    };
    await expect(runs.start(topicId, undefined, labDefaults)).rejects.toMatchObject(refused);
    expect(readdirSync(runs.data)).not.toContain('runs');
    const [here] = await runs.api.topics.places({ topicId: 'bootable-usb' });
    expect(here?.disabledBecause).toMatch(/^A POSIX shell is needed.*not installed\. Type "wsl --install"/);
    await expect(runs.startOn({ kind: 'local' }, 'bootable-usb', {})).rejects.toMatchObject({ ...refused, code: 'does-not-apply' });
  });
});
