/** Tests of console targets: a simulated UEFI shell behind FIFOs, and a real login behind a serial device. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, TrialState } from '../../../../shared/api/target.ts';
import { SimulatedUefi } from '../../consoles/simulated-uefi.test-kit.ts';
import { LoginConsole, whyNoLoginConsole } from '../../real/login-console.test-kit.ts';
import { localSession } from './local-session.ts';
import { Trial } from './trial.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-console-trial-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Types each answer when its question stands at the end of what the terminal shows. */
async function attempt(connection: Connection, answers: { at: RegExp; type: string }[] = [], silenceMs = 20_000): Promise<TrialState> {
  let text = '';
  const trial = new Trial({
    trialId: 't',
    target: { id: 't', name: 'A console', connection, root: 'none', group: '', tags: [], note: '' },
    session: (size) => localSession(path.resolve('assets'), size),
    limits: { silenceMs, wholeMs: 60_000 },
    onChange: () => undefined,
    onFacts: () => undefined,
  });
  trial.feed.attach({}, (_offset, bytes) => {
    text += Buffer.from(bytes).toString();
    if (!answers[0]?.at.test(text)) return;
    text = '';
    trial.type(answers.shift()?.type ?? '');
  });
  await trial.run();
  return trial.state;
}
const stagesOf = ({ stages }: TrialState) => Object.fromEntries(stages.map(({ name, status }) => [name, status]));

describe.skipIf(process.platform === 'win32')('a console without a shell', () => {
  const at = (place: string): Connection => ({ kind: 'console', way: { by: 'fifo', path: place }, dialect: 'uefi-shell' });

  it('is reached when its prompt is seen', async () => {
    const machine = new SimulatedUefi(folder, { FS0: {} });
    machine.boot();
    const state = await attempt(at(machine.place));
    expect([state.status, stagesOf(state)]).toEqual(['ok', { console: 'ok', prompt: 'ok' }]);
    machine.unplug();
  });

  it('fails at its line where there is none, and at its prompt where another kind stands there', async () => {
    const missing = await attempt(at(path.join(folder, 'none')));
    expect(missing.stages[0]).toMatchObject({ name: 'console', status: 'failed', trouble: { cause: expect.stringContaining('it is not there') } });
    const machine = new SimulatedUefi(folder, {});
    machine.say('switch# ');
    const other = await attempt(at(machine.place), [], 5000);
    expect(other.stages[1]).toMatchObject({ name: 'prompt', status: 'failed', trouble: { cause: expect.stringContaining('No prompt that is known') } });
    machine.unplug();
  });
});

describe.skipIf(whyNoLoginConsole)('a console with a login', () => {
  it('is reached when somebody has logged in, and says what is there', async () => {
    const machine = await LoginConsole.start();
    const state = await attempt({ kind: 'console', way: { by: 'serial', device: machine.device, speed: 115_200 }, dialect: 'login' }, [
      { at: /login: $/, type: 'wren\r' },
      { at: /Password: $/, type: 'sesame\r' },
    ]);
    expect([state.status, stagesOf(state)]).toEqual(['ok', { console: 'ok', shell: 'ok', facts: 'ok' }]);
    expect(state.facts?.user).toBe('wren');
    await machine.stop();
  });
});
