import { describe, expect, it } from 'vitest';
import { attentionOf, mostUrgent } from './attention.ts';
import type { RunState } from './run.ts';

const run = (more: object) =>
  ({
    runId: 'r',
    topicTitle: 'Crossflash',
    targetLabel: 'lab',
    rehearsal: false,
    status: 'waiting',
    current: 'b',
    hold: null,
    prompt: null,
    plan: [
      { id: 'a', number: 1, title: 'Look' },
      { id: 'b', number: 2, title: 'Erase' },
    ],
    steps: [{ id: 'b', startedAt: 't1' }],
    ...more,
  }) as unknown as RunState;

describe('what has to be known of a run', () => {
  it('is nothing while it waits or has ended', () => {
    for (const status of ['waiting', 'failed', 'dead-end', 'interrupted', 'done']) expect(attentionOf(run({ status }))).toBeNull();
  });
  it('is the step that runs, and what it asks', () => {
    expect(attentionOf(run({ status: 'running' }))?.step).toEqual({ number: 2, of: 2, title: 'Erase', startedAt: 't1' });
    expect(attentionOf(run({ status: 'asks', prompt: { question: 'Flash?' } }))?.question).toBe('Flash?');
  });
  it('is a hold, whatever else it does', () => expect(attentionOf(run({ hold: 'Do not reboot.' }))).toMatchObject({ hold: 'Do not reboot.', step: null }));
  it('comes in the order of what can’t wait', () => {
    const rehearsed = attentionOf(run({ runId: 'lab', status: 'asks', rehearsal: true, prompt: { question: '?' } }));
    const all = [
      rehearsed,
      attentionOf(run({ runId: 'runs', status: 'running' })),
      attentionOf(run({ runId: 'held', hold: 'x' })),
      attentionOf(run({ runId: 'asks', status: 'asks', prompt: { question: '?' } })),
    ];
    expect(mostUrgent(all.filter((each) => each !== null)).map(({ runId }) => runId)).toEqual(['asks', 'held', 'runs', 'lab']);
  });
});
