import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { castBytes, plannedStep, stepDone, writeRun } from '../history/synthetic-run.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { attemptScreens } from './attempt-screens.ts';
import { cutNote } from './recorded-screens.ts';

let rehearsal: Rehearsal;
beforeAll(() => {
  rehearsal = new Rehearsal();
});
afterAll(() => rehearsal.end());
const folderOf = ({ runId }: Pick<RunState, 'runId'>) => path.join(rehearsal.data, 'runs', runId);
const screensOf = (folder: string) => attemptScreens(folder, readJournal(folder).events);

describe('the screens of last attempts', () => {
  it('are those of the transcript, after a failure, a way out and another attempt too', async () => {
    let state = await rehearsal.start('perc-h200-crossflash', 'no-adapter');
    while (state.status !== 'failed') state = await rehearsal.take(state, offerOf(state, 'advance'));
    // Taken up again: that is marked in the recording as well.
    await rehearsal.api.runs.leave({ runId: state.runId });
    state = await rehearsal.take(state, offerOf(state, 'retry'));
    state = await rehearsal.take(state, offerOf(state, 'remedy'));
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    await rehearsal.api.runs.leave({ runId: state.runId });
    const { screens } = await rehearsal.api.transcripts.get({ runId: state.runId });
    expect(Object.values(screens).filter((screen) => screen !== '').length).toBeGreaterThan(3);
    expect(await screensOf(folderOf(state))).toEqual(screens);
  });

  it('leave out an attempt that was cut off before', async () => {
    const output = ['first\r\n', 'cut off\r\n', 'again\r\n', 'next\r\n'];
    const folder = writeRun(rehearsal.data, {
      runId: '20261101-100000-t-0001',
      plan: [plannedStep('a'), plannedStep('b', 2), plannedStep('c', 3)],
      output,
      events: [
        ...stepDone('a', castBytes(output.slice(0, 1))),
        ...stepDone('b', 0, {}, 1).slice(0, 1),
        { type: 'step-interrupted', stepId: 'b', reason: 'The power went.' },
        ...stepDone('b', castBytes(output.slice(0, 3)), {}, 2),
        ...stepDone('c', 0, {}, 3).slice(0, 1),
      ],
    });
    expect(await screensOf(folder)).toEqual({ a: 'first', b: 'again', c: 'next' });
  });

  it('read no more of a long recording than they show', async () => {
    const output = ['a line that nobody reads to its end\r\n'.repeat(200_000), 'short\r\n'];
    const folder = writeRun(rehearsal.data, {
      runId: '20261101-100000-t-0002',
      plan: [plannedStep('a'), plannedStep('b', 2)],
      output,
      events: [...stepDone('a', castBytes(output.slice(0, 1))), ...stepDone('b', castBytes(output), {}, 1)],
    });
    let read = 0;
    const screens = await attemptScreens(folder, readJournal(folder).events, { onRead: (bytes) => (read += bytes) });
    expect(screens.a?.length).toBeLessThan(70_000);
    expect(screens.a?.endsWith(cutNote)).toBe(true);
    expect(screens.b).toBe('short');
    expect(castBytes(output)).toBeGreaterThan(7_000_000);
    expect(read).toBeLessThan(2_000_000);
  });

  it('are none where nothing was recorded', async () => {
    const folder = writeRun(rehearsal.data, { runId: '20261101-100000-t-0003', plan: [plannedStep('a')], events: stepDone('a') });
    expect(await screensOf(folder)).toEqual({ a: '' });
    appendFileSync(path.join(folder, 'journal.jsonl'), '{"torn');
    expect(await screensOf(folder)).toEqual({ a: '' });
  });
});
