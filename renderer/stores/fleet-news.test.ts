import { describe, expect, it } from 'vitest';
import type { FleetState } from '../../shared/api/fleet.ts';
import { withNews } from './fleet-news.ts';

const row = (name: string) => ({ name, role: '', from: '', status: 'pending' as const, changed: false, says: '' });
const state: FleetState = {
  ...{ runId: 'r', topicId: 't', title: 'T', status: 'running', says: '', createdAt: '', endedAt: null, hosts: 2, version: '1', folder: '' },
  counts: { pending: 2, running: 0, done: 0, failed: 0, unreachable: 0, unknown: 0, undone: 0 },
  ...{
    hostRows: [row('a'), row('b')],
    steps: [],
    cells: [
      ['pending', 'pending'],
      ['pending', 'pending'],
    ],
    attempts: [],
    secrets: [],
    offers: [],
    live: 'here',
  },
};

describe('news of a fleet run', () => {
  it('change the cells that they name, and leave the rows of other hosts as they are', () => {
    const { hostRows: _rows, steps: _steps, cells: _cells, ...rest } = state;
    const now = withNews(state, {
      ...rest,
      says: 'x',
      hostRows: [{ at: 1, row: { ...row('b'), status: 'failed' } }],
      cells: [{ host: 1, step: 0, status: 'failed' }],
    });
    expect(now.cells).toEqual([
      ['pending', 'pending'],
      ['failed', 'pending'],
    ]);
    expect([now.cells[0], now.hostRows[0]]).toEqual([state.cells[0], state.hostRows[0]]);
    expect(now.cells[0]).toBe(state.cells[0]);
    expect(now.hostRows[1]?.status).toBe('failed');
    expect(state.cells[1]).toEqual(['pending', 'pending']);
  });
});
