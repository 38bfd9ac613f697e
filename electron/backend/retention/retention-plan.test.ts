import { describe, expect, it } from 'vitest';
import type { RunStatus } from '../../../shared/api/run.ts';
import type { RetentionRule } from '../../../shared/api/storage.ts';
import { planByHand, planByRule, type RestingRun } from './retention-plan.ts';
import { noRule } from './rule-file.ts';

const now = new Date('2026-12-01T00:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const resting = (name: string, days: number, more: Partial<RestingRun> & { status?: RunStatus } = {}): RestingRun => {
  const { status = 'done', ...rest } = more;
  const open = !['done', 'stopped', 'undone'].includes(status);
  const at = daysAgo(days);
  return {
    summary: {
      runId: `20260101-000000-t-${name}`,
      topicId: 't',
      topicTitle: 'T',
      targetLabel: 'lab',
      rehearsal: true,
      createdAt: at,
      endedAt: open ? null : at,
      status,
      says: '',
      stepsDone: 1,
      stepsTotal: 1,
    },
    archived: false,
    kept: false,
    busy: false,
    bytes: 1_000_000,
    ...rest,
  };
};
const rule = (more: Partial<RetentionRule>): RetentionRule => ({ ...noRule, ...more });
const plan = (given: RetentionRule, runs: RestingRun[]) => planByRule(given, { runs, packedShare: 0.2, now });
const said = ({ entries }: ReturnType<typeof plan>) => entries.map(({ runId, action }) => `${action} ${runId.slice(-1)}`);

describe('a rule', () => {
  const runs = [resting('a', 400), resting('b', 100), resting('c', 31), resting('d', 29), resting('e', 400, { archived: true, bytes: 200_000 })];

  it('that is off takes nothing', () => expect(said(plan(noRule, runs))).toEqual([]));
  it('archives what ended long enough ago and is not archived yet', () => {
    const found = plan(rule({ archiveAfterDays: 30 }), runs);
    expect(said(found)).toEqual(['archive a', 'archive b', 'archive c']);
    expect(found.archive).toEqual({ runs: 3, bytes: 3_000_000, frees: 2_400_000 });
    expect(found.confirm).toBeNull();
    expect(found.entries[0]?.why).toBe('rule: archive after 30 days');
  });
  it('deletes archived runs too, and does not archive what it deletes', () => {
    const found = plan(rule({ archiveAfterDays: 30, deleteAfterDays: 365 }), runs);
    expect(said(found)).toEqual(['delete a', 'delete e', 'archive b', 'archive c']);
    expect(found.delete).toEqual({ runs: 2, bytes: 1_200_000, frees: 1_200_000 });
    expect(found.confirm).toBe('delete 2 runs');
    expect(found.parts.map(({ runs }) => runs)).toEqual([2, 2, 0]);
  });
  it('deletes the oldest until the rest fits, and no more', () => {
    expect(said(plan(rule({ keepBelowBytes: 4_200_000 }), runs))).toEqual([]);
    expect(said(plan(rule({ keepBelowBytes: 4_199_999 }), runs))).toEqual(['delete a']);
    expect(said(plan(rule({ keepBelowBytes: 2_999_999 }), runs))).toEqual(['delete a', 'delete e', 'delete b']);
  });
  it('counts what the other parts free before it deletes for room', () => {
    expect(said(plan(rule({ archiveAfterDays: 30, keepBelowBytes: 1_800_001 }), runs))).toEqual(['archive a', 'archive b', 'archive c']);
    expect(said(plan(rule({ archiveAfterDays: 30, keepBelowBytes: 1_799_999 }), runs))).toEqual(['delete a', 'archive b', 'archive c']);
  });

  it.each(['waiting', 'running', 'failed', 'dead-end', 'interrupted'] as const)('never takes a run that is %s, even the oldest', (status) => {
    const everything = rule({ archiveAfterDays: 1, deleteAfterDays: 1, keepBelowBytes: 1_000_000 });
    const found = plan(everything, [resting('x', 5000, { status }), ...runs]);
    expect(said(found).filter((each) => each.endsWith('x'))).toEqual([]);
    expect(found.spared).toContainEqual(
      expect.objectContaining({ runId: expect.stringMatching(/x$/), why: expect.stringContaining(`not finished (${status})`) }),
    );
    expect(planByHand({ action: 'delete', runIds: ['20260101-000000-t-x'] }, { runs: [resting('x', 5000, { status })], packedShare: 1, now }).entries).toEqual(
      [],
    );
  });
  it.each(['done', 'stopped', 'undone'] as const)('takes a run that is %s', (status) => {
    expect(said(plan(rule({ deleteAfterDays: 1 }), [resting('x', 2, { status })]))).toEqual(['delete x']);
  });
  it('leaves alone what is to be kept or open, and says so', () => {
    const found = plan(rule({ deleteAfterDays: 1 }), [resting('k', 9, { kept: true }), resting('o', 9, { busy: true })]);
    expect(found.entries).toEqual([]);
    expect(found.spared.map(({ why }) => why)).toEqual([
      'marked to be kept; rule: delete after 1 days',
      'open in a Wrenchbook right now; rule: delete after 1 days',
    ]);
  });
  it('is another plan as soon as anything in it differs', () => {
    const first = plan(rule({ deleteAfterDays: 30 }), runs).planId;
    expect(plan(rule({ deleteAfterDays: 30 }), runs).planId).toBe(first);
    expect(plan(rule({ deleteAfterDays: 30 }), runs.slice(1)).planId).not.toBe(first);
  });
});

describe('a choice by hand', () => {
  const byHand = (action: 'archive' | 'delete', runs: RestingRun[]) =>
    planByHand({ action, runIds: [...runs.map(({ summary }) => summary.runId), '20260101-000000-t-missing'] }, { runs, packedShare: 0.2, now });
  it('takes a kept run, as the admin says so, but no open one', () => {
    const found = byHand('delete', [resting('k', 0, { kept: true }), resting('o', 9, { busy: true })]);
    expect(said(found)).toEqual(['delete k']);
    expect(found.confirm).toBe('delete 1 run');
    expect(found.spared.map(({ why }) => why)).toEqual(['open in a Wrenchbook right now', 'there is no such run']);
  });
  it('archives nothing twice', () => expect(byHand('archive', [resting('a', 9, { archived: true })]).spared[0]?.why).toBe('archived already'));
});

describe('a fleet run', () => {
  const fleet = (name: string, status: RunStatus): RestingRun => {
    const run = resting(name, 400, { status });
    return { ...run, summary: { ...run.summary, endedAt: run.summary.createdAt, fleet: { hosts: 3, counts: { done: 2, failed: 1 } } } };
  };
  const runs = [fleet('a', 'done'), fleet('b', 'failed'), fleet('c', 'waiting'), fleet('d', 'running'), fleet('e', 'interrupted')];

  it('that hosts are left of, or that was not started, goes by hand only', () => {
    const found = plan(rule({ deleteAfterDays: 30 }), runs);
    expect(said(found)).toEqual(['delete a']);
    expect(found.spared.map(({ runId }) => runId.slice(-1)).sort()).toEqual(['b', 'c', 'd', 'e']);
    const chosen = planByHand({ action: 'delete', runIds: runs.map(({ summary }) => summary.runId) }, { runs, packedShare: 0.2, now });
    expect(said(chosen)).toEqual(['delete a', 'delete b', 'delete c']);
  });
});
