import { describe, expect, it } from 'vitest';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { foldBothWays } from './fold.test-kit.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';
import { currentStep, holdOf, runStatus } from './run-fold.ts';

const step = (id: string, number: number, hold: string | null = null): PlannedStep => ({
  id,
  number,
  title: id,
  intro: '',
  kind: 'command',
  danger: 'changes',
  runsOn: 'lab',
  asUser: '–',
  needsRoot: false,
  kept: false,
  restarts: null,
  script: 'true',
  verifyScript: null,
  undoScript: null,
  edit: null,
  irreversible: null,
  instructions: [],
  cards: [],
  confirm: null,
  prompts: [],
  mayShow: [],
  hold,
  minutes: 1,
});
const created: RunEventBody = {
  type: 'run-created',
  runId: '20261122-000000-x',
  topicId: 'x',
  topicVersion: 1,
  topicTitle: 'X',
  target: { kind: 'lab' },
  targetLabel: 'lab',
  rehearsal: true,
  parameters: {},
  plan: [step('a', 1), step('b', 2, 'do not reboot'), step('c', 3)],
  inputs: [],
  by: { wrenchbook: '0', host: 'h', platform: 'linux', user: 'u' },
};
const recording = { bytes: 0, sha256: '', ms: 0 };
const started = (stepId: string, attempt = 1): RunEventBody => ({
  type: 'step-started',
  stepId,
  attempt,
  script: 'true',
  confirmation: null,
  recordingMs: 0,
  recordingMarker: 0,
});
const ended = (stepId: string, ok = true, noWayBack = false): RunEventBody => ({
  type: 'step-ended',
  stepId,
  ok,
  exitStatus: ok ? 0 : 1,
  verdicts: ok ? [] : [{ kind: 'failure', rule: 'r', line: '', means: 'broken', next: 'mend', remedies: [], noWayBack }],
  recording,
});
const fold = (...bodies: RunEventBody[]) =>
  foldBothWays([created, ...bodies].map((body, seq): RunEvent => ({ v: 1, seq, at: `t${seq}`, prev: '0'.repeat(64), ...body })));
const where = (...bodies: RunEventBody[]) => {
  const record = fold(...bodies);
  return [runStatus(record, false), currentStep(record)?.id ?? null];
};

describe('foldRun', () => {
  it.each<[string, RunEventBody[], [string, string | null]]>([
    ['a new run', [], ['waiting', 'a']],
    ['a finished step', [started('a'), ended('a')], ['waiting', 'b']],
    ['a failed step', [started('a'), ended('a', false)], ['failed', 'a']],
    ['a failure without a way on', [started('a'), ended('a', false, true)], ['dead-end', 'a']],
    ['a step whose end was never seen', [started('a')], ['interrupted', 'a']],
    ['the same, after it was noted', [started('a'), { type: 'step-interrupted', stepId: 'a', reason: 'crash' }], ['interrupted', 'a']],
    ['a skipped step', [{ type: 'step-skipped', stepId: 'a', reason: 'because' }], ['waiting', 'b']],
    ['a second attempt that went well', [started('a'), ended('a', false), started('a', 2), ended('a')], ['waiting', 'b']],
    [
      'a way out that goes back to an earlier step',
      [
        started('a'),
        ended('a'),
        started('b'),
        ended('b', false),
        { type: 'remedy-started', remedyId: 'r', title: 'R', stepId: 'b', script: null, confirmation: null, recordingMs: 0, recordingMarker: 0 },
        { type: 'remedy-ended', remedyId: 'r', stepId: 'b', ok: true, exitStatus: 0, verdicts: [], again: 'a', recording },
      ],
      ['waiting', 'a'],
    ],
    ['the last step', [started('a'), ended('a'), started('b'), ended('b'), started('c'), ended('c'), { type: 'run-ended', outcome: 'done' }], ['done', null]],
    ['a stopped run', [{ type: 'run-ended', outcome: 'stopped' }], ['stopped', 'a']],
    [
      'an undo that was cut off',
      [
        started('a'),
        ended('a'),
        { type: 'undo-started', steps: ['a'], from: null },
        { type: 'step-undo-started', stepId: 'a', script: 'true', recordingMs: 0, recordingMarker: 0 },
      ],
      ['interrupted', 'b'],
    ],
    [
      'a finished undo',
      [
        started('a'),
        ended('a'),
        { type: 'undo-started', steps: ['a'], from: null },
        { type: 'step-undo-started', stepId: 'a', script: 'true', recordingMs: 0, recordingMarker: 0 },
        { type: 'step-undone', stepId: 'a', ok: true, exitStatus: 0, recording },
        { type: 'undo-ended', ok: true, remains: [] },
      ],
      ['undone', null],
    ],
    [
      'the undo of a part',
      [
        started('a'),
        ended('a'),
        started('b'),
        ended('b'),
        { type: 'run-ended', outcome: 'stopped' },
        { type: 'undo-started', steps: ['b'], from: 'b' },
        { type: 'step-undo-started', stepId: 'b', script: 'true', recordingMs: 0, recordingMarker: 0 },
        { type: 'step-undone', stepId: 'b', ok: true, exitStatus: 0, recording },
        { type: 'undo-ended', ok: true, remains: [] },
      ],
      ['waiting', 'b'],
    ],
  ])('knows where it stands after %s', (_, bodies, expected) => {
    expect(where(...bodies)).toEqual(expected);
  });

  it('says what to keep in mind from the step that begins it to the one that ends it', () => {
    const holds = [[], [started('a'), ended('a')], [started('a'), ended('a'), started('b')], [started('a'), ended('a'), started('b'), ended('b', false)]].map(
      (bodies) => holdOf(fold(...bodies)),
    );
    expect(holds).toEqual([null, null, 'do not reboot', 'do not reboot']);
    expect(holdOf(fold(started('a'), ended('a'), started('b'), ended('b')))).toBeNull();
  });

  it('calls everything running while something is going on', () => {
    expect(runStatus(fold(started('a')), true)).toBe('running');
    expect(runStatus(fold(started('a'), { type: 'prompt-shown', stepId: 'a', promptId: 'p' }), true)).toBe('asks');
  });
});

it('drops the hold at a dead end: there is nothing left to be lost', () => {
  expect(holdOf(fold(started('a'), ended('a'), started('b'), ended('b', false)))).toBe('do not reboot');
  expect(holdOf(fold(started('a'), ended('a'), started('b'), ended('b', false, true)))).toBeNull();
});
