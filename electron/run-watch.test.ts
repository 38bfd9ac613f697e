import { describe, expect, it } from 'vitest';
import type { RunState } from '../shared/api/run.ts';
import { RunWatch } from './run-watch.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const at = (seconds: number) => Date.parse(startedAt) + seconds * 1000;
const run = (status: RunState['status'], more: object = {}) =>
  ({
    runId: 'r',
    topicTitle: 'Crossflash',
    targetLabel: 'Server 7',
    rehearsal: false,
    status,
    current: 'erase',
    says: 'It says.',
    hold: null,
    prompt: null,
    parameters: {},
    plan: [{ id: 'erase', number: 7, title: 'Erase' }],
    steps: [{ id: 'erase', startedAt }],
    ...more,
  }) as unknown as RunState;

describe('a notice', () => {
  it('comes of news that leave out what has not changed, too', () => {
    const watch = new RunWatch();
    watch.take(run('running'), at(1));
    const { plan: _plan, parameters: _parameters, ...news } = run('failed');
    expect(watch.take(news, at(60))?.title).toBe('Step 7 needs you');
  });
  it('comes once for each question', () => {
    const watch = new RunWatch();
    expect(watch.take(run('running'), at(1))).toBeNull();
    const asks = run('asks', { prompt: { id: 'p', question: 'Flash anyway?' } });
    expect(watch.take(asks, at(2))).toEqual({ runId: 'r', title: 'A question waits for you', body: 'Crossflash (Server 7): Flash anyway?' });
    expect(watch.take(asks, at(3))).toBeNull();
  });
  it('comes when a long step ends, and not for a short one', () => {
    const long = new RunWatch();
    long.take(run('running'), at(1));
    expect(long.take(run('waiting', { current: 'next' }), at(30))).toMatchObject({ title: 'Step 7 has ended', body: 'Crossflash (Server 7): It says.' });
    const failed = new RunWatch();
    failed.take(run('running'), at(1));
    expect(failed.take(run('failed'), at(30))).toMatchObject({ title: 'Step 7 needs you' });
    const short = new RunWatch();
    short.take(run('running'), at(1));
    expect(short.take(run('waiting', { current: 'next' }), at(5))).toBeNull();
  });
});

describe('closing', () => {
  it('is asked about while a command runs or a hold stands, and at no other time', () => {
    const watch = new RunWatch();
    expect(watch.closingQuestion()).toBeNull();
    watch.take(run('running', { hold: 'Do not reboot.' }), at(1));
    expect(watch.closingQuestion()?.message).toBe('Step 7, "Erase", is running.');
    expect(watch.closingQuestion()?.detail).toContain('Do not reboot.');
    watch.take(run('waiting', { hold: 'Do not reboot.' }), at(2));
    expect(watch.closingQuestion()?.message).toBe('Do not reboot.');
    watch.take(run('waiting'), at(3));
    expect(watch.closingQuestion()).toBeNull();
    watch.take(run('running'), at(4));
    watch.forget();
    expect(watch.closingQuestion()).toBeNull();
  });

  it('asks while Ansible of a fleet runs here, and no longer when it has ended', () => {
    const watch = new RunWatch();
    const counts = { pending: 0, running: 3, done: 0, failed: 0, unreachable: 0, unknown: 0, undone: 0 };
    const news = {
      runId: 'f',
      topicId: 't',
      title: 'Limits',
      status: 'running',
      says: 'Hosts: 3 running.',
      createdAt: '',
      endedAt: null,
      hosts: 3,
      counts,
    } as const;
    const rest = { version: '1', folder: '', attempts: [], secrets: [], offers: [], hostRows: [], cells: [] };
    watch.takeFleet({ ...news, ...rest, live: 'here' });
    expect(watch.closingQuestion()?.message).toBe('Ansible is running on 3 hosts.');
    watch.takeFleet({ ...news, ...rest, live: 'no' });
    expect(watch.closingQuestion()).toBeNull();
  });
});
