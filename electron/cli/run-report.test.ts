import { expect, it } from 'vitest';
import type { RunState } from '../../shared/api/run.ts';
import { pictureLines, runReport } from './run-report.ts';

it('says in words what the window draws, and hands it on as data', () => {
  const pictures: RunState['pictures'] = [{ kind: 'bars', id: 'counts', title: 'Packets', caption: 'Came in 3, went on 0.', unit: '', groups: [] }];
  const state = { pictures, steps: [], plan: [], facts: [], status: 'waiting', trouble: null } as unknown as RunState;
  expect(pictureLines(state)).toEqual(['Packets: Came in 3, went on 0.']);
  expect(runReport(state)).toMatchObject({ pictures });
});
