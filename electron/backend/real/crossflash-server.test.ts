/** The crossflash on a (virtual) server: a stick made by the run, OVMF's shell, and a simulated flasher of the lab's behaviour. */
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { offerOf } from '../conformance/rehearsal.test-kit.ts';
import { eachWithServer } from './crossflash-suite.test-kit.ts';
import { readFromStick, whyNoStick, whyNoUefiServer } from './uefi-server.test-kit.ts';

const why = whyNoUefiServer ?? whyNoStick;
if (why) console.log(`The crossflash is not tried on a virtual server: ${why}.`);

describe.skipIf(why)('the crossflash on a virtual server', () => {
  const on = eachWithServer();

  /** Up to where the server is needed, with the stick in it. */
  async function begin(failure = ''): Promise<RunState> {
    const target: TargetRef = { kind: 'console', console: { way: { by: 'fifo', path: on.there.server.place }, dialect: 'uefi-shell' } };
    let state = await on.runs.startOn(target, 'perc-h200-crossflash', on.there.parameters);
    for (const id of ['check-files', 'lay-out-stick']) {
      expect(state.current, state.says).toBe(id);
      state = await on.runs.take(state, offerOf(state, 'advance'));
    }
    expect(state.current, state.says).toBe('boot-server');
    on.there.carryStick(failure);
    return state;
  }

  it('goes from the check of the files to the verified list', { timeout: 600_000 }, async () => {
    const state = await on.runs.advanceWhileWell(await begin());
    expect(state.status, `${state.says} ${state.trouble?.message}`).toBe('done');
    expect(state.steps.every(({ status }) => status === 'done')).toBe(true);
    expect(state.facts).toEqual([expect.objectContaining({ id: 'sasAddress', value: '5782bcb-0-1234-5600' })]);
    expect(readFromStick(on.there.image, '/SAS-ADDRESS.TXT')).toMatch(/SAS Address\s*: 5782bcb-0-1234-5600\r?\n/);
    expect((await on.runs.api.transcripts.verify({ runId: state.runId })).findings).toEqual([]);
  });

  it('is interrupted by a power cut in the middle of a write, and says after it that there is no way back', { timeout: 600_000 }, async () => {
    let state = await on.runs.advanceWhileWell(await begin('power-cut-step-8'));
    expect([state.current, state.status], `${state.says} ${state.trouble?.message}`).toEqual(['write-dell', 'interrupted']);
    expect(state.trouble?.message).toContain('the line was lost');
    await on.there.server.cutPower();
    on.there.server.switchOn();
    state = await on.runs.take(state, offerOf(state, 'retry'));
    expect([state.current, state.status], state.says).toEqual(['write-dell', 'dead-end']);
  });

  it('notices that the server restarts under the erase, and leads from there to the power cables', { timeout: 600_000 }, async () => {
    let state = await on.runs.advanceWhileWell(await begin('reboot-after-erase'));
    expect([state.current, state.status], `${state.says} ${state.trouble?.message}`).toEqual(['erase', 'interrupted']);
    expect(state.trouble?.message).toContain('the machine restarted');
    state = await on.runs.take(state, offerOf(state, 'retry'));
    expect([state.current, state.status], state.says).toEqual(['erase', 'failed']);
    expect(offerOf(state, 'remedy').id).toBe('power-cycle');
  });
});
