import { describe, expect, it } from 'vitest';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { plannedStep, stepDone } from '../history/synthetic-run.test-kit.ts';
import type { RunEvent, RunEventBody } from '../runs/run-event.ts';
import { foldRun } from '../runs/run-fold.ts';
import { runState, runSummary } from '../runs/run-view.ts';
import { compareRuns } from './compare.ts';

interface Given {
  topicId?: string;
  plan?: PlannedStep[];
  events?: RunEventBody[];
  screens?: Record<string, string>;
  parameters?: Record<string, string>;
}
function transcript({ topicId = 't', plan = [plannedStep('a'), plannedStep('b', 2)], events = [], screens = {}, parameters = {} }: Given = {}): Transcript {
  const created: RunEventBody = {
    type: 'run-created',
    runId: '20261101-100000-t-0001',
    topicId,
    topicVersion: 1,
    topicTitle: `Topic ${topicId}`,
    target: { kind: 'lab' },
    targetLabel: 'lab',
    rehearsal: true,
    parameters,
    plan,
    inputs: [],
    by: { wrenchbook: '', host: '', platform: '', user: '' },
  };
  const all = [created, ...events].map((body, seq): RunEvent => ({ v: 1, seq, at: `2026-11-01T10:00:0${seq}.000Z`, prev: '', ...body }));
  const record = foldRun(all);
  const run = runState(record, { live: false, readOnly: null, link: null, topic: undefined, missingSecrets: [], trouble: null });
  return { run, summary: runSummary(record, false), entries: [], recording: { ms: 0, bytes: 0 }, screens };
}
const verdict = (rule: string, more: Partial<Verdict> = {}): Verdict => ({
  kind: 'expected',
  rule,
  line: '',
  means: '',
  next: '',
  remedies: [],
  noWayBack: false,
  ...more,
});
const ended = (verdicts: Verdict[], exitStatus = 0) => ({ events: stepDone('a', 0, { verdicts, exitStatus }) });
const started = (attempt: number): RunEventBody => ({
  type: 'step-started',
  stepId: 'a',
  attempt,
  script: null,
  confirmation: null,
  recordingMs: 0,
  recordingMarker: 0,
});
const withScript = (script: string) => ({ plan: [plannedStep('a', 1, { script })] });

describe('two runs beside each other', () => {
  const cases: [string, Given, Given, string[]][] = [
    ['nothing', {}, {}, []],
    ['status and attempts', { events: stepDone('a') }, {}, ['status', 'attempts', 'exit status']],
    [
      'attempts alone',
      { events: [...stepDone('a')] },
      { events: [started(1), ...stepDone('a').slice(0, 0), { ...started(2) }, ...stepDone('a').slice(1)] },
      ['attempts'],
    ],
    ['exit status', ended([], 0), ended([], 3), ['exit status']],
    ['verdicts by rule', ended([verdict('x'), verdict('y')]), ended([verdict('y'), verdict('z')]), ['verdicts']],
    ['the same rule on another line', ended([verdict('x', { line: 'one' })]), ended([verdict('x', { line: 'two' })]), ['verdicts']],
    ['order of verdicts is no difference', ended([verdict('x'), verdict('y')]), ended([verdict('y'), verdict('x')]), []],
    ['script', withScript('a\nb'), withScript('a\nc'), ['script']],
    ['screen', { screens: { a: 'one' } }, { screens: { a: 'two' } }, ['screen']],
    ['spaces on the screen', { screens: { a: 'one ' } }, { screens: { a: 'one' } }, ['screen']],
    ['a step of one alone', {}, { plan: [plannedStep('b')] }, ['presence', 'status', 'attempts', 'exit status']],
  ];
  it.each(cases)('%s', (_, left, right, differs) => expect(compareRuns(transcript(left), transcript(right)).rows[0]?.differs).toEqual(differs));

  it('show lines that stayed, went and came', () => {
    const { rows } = compareRuns(transcript({ screens: { a: 'one\ntwo\nthree' } }), transcript({ screens: { a: 'one\nthree\nfour' } }));
    expect(rows[0]?.screen).toEqual([
      { side: 'both', lines: ['one'] },
      { side: 'left', lines: ['two'] },
      { side: 'both', lines: ['three'] },
      { side: 'right', lines: ['four'] },
    ]);
  });

  it('pair the verdicts of a rule in order', () => {
    const left = ended([verdict('x', { line: '1' }), verdict('x', { line: '2' })]);
    const { rows } = compareRuns(transcript(left), transcript(ended([verdict('x', { line: '1' })])));
    expect(rows[0]?.verdicts.map(({ rule, left: a, right: b }) => [rule, a?.line, b?.line])).toEqual([
      ['x', '1', '1'],
      ['x', '2', undefined],
    ]);
  });

  it('tell durations, and facts and parameters that differ', () => {
    const fact = (id: string, value: string): RunEventBody => ({ type: 'fact-saved', stepId: 'a', id, title: id, value });
    const left = transcript({ events: [...stepDone('a'), fact('same', '1'), fact('other', '1'), fact('gone', '1')], parameters: { serial: '1', model: 'x' } });
    const right = transcript({ events: [fact('same', '1'), fact('other', '2')], parameters: { serial: '2', model: 'x' } });
    const { facts, parameters, rows } = compareRuns(left, right);
    expect(facts).toEqual([
      { name: 'other', left: '1', right: '2' },
      { name: 'gone', left: '1', right: null },
    ]);
    expect(parameters).toEqual([{ name: 'serial', left: '1', right: '2' }]);
    expect([rows[0]?.left?.ms, rows[0]?.right?.ms]).toEqual([1000, null]);
  });

  it('keep the order of both plans', () => {
    const plan = (...ids: string[]) => ({ plan: ids.map((id, index) => plannedStep(id, index + 1)) });
    const { rows } = compareRuns(transcript(plan('a', 'c', 'd')), transcript(plan('x', 'a', 'b', 'd', 'e')));
    expect(rows.map((row) => row.stepId)).toEqual(['x', 'a', 'b', 'c', 'd', 'e']);
  });

  it('of two procedures are refused', () => {
    expect(() => compareRuns(transcript(), transcript({ topicId: 'u' }))).toThrow(expect.objectContaining({ code: 'bad-parameters' }));
  });

  it('end for long screens with nothing in common: what differs all over is not searched for likenesses', () => {
    const screen = (word: string) => ({ screens: { a: Array.from({ length: 8000 }, (_, line) => `${word} ${line}`).join('\n') } });
    const { rows } = compareRuns(transcript(screen('left')), transcript(screen('right')));
    expect(rows[0]?.screen?.map(({ side, lines }) => [side, lines.length])).toEqual([
      ['left', 8000],
      ['right', 8000],
    ]);
  });
});
