import { beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../shared/api/run.ts';
import { notComparable, pick, pickNone, useComparedRuns } from './compared-runs.ts';

const run = (runId: string, topicId = 't') => ({ runId, topicId }) as RunSummary;
const picked = () => useComparedRuns.getState().picked.map(({ runId }) => runId);
beforeEach(pickNone);

describe('picking runs', () => {
  it('takes two of one procedure, and gives one back', () => {
    for (const id of ['a', 'b', 'c']) pick(run(id), true);
    expect(picked()).toEqual(['a', 'b']);
    pick(run('a'), false);
    pick(run('d', 'other'), true);
    expect(picked()).toEqual(['b']);
  });
  it('says why a run can’t be', () => {
    expect(notComparable(run('a'), [])).toBe('');
    expect(notComparable(run('a'), [run('a'), run('b')])).toBe('');
    expect(notComparable(run('c'), [run('a'), run('b')])).toBe('two are chosen');
    expect(notComparable(run('c', 'other'), [run('a')])).toBe('another procedure');
  });
});
