import { expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { isTerminalFolded } from './terminal-fold.ts';

const run = (kind: string, status: string, change: object | null) => ({ target: { kind }, status, offers: [{ change }] }) as unknown as RunState;

const below = { beside: false, plan: false };
const beside = { beside: true, plan: false };

it('folds where a change is to be read, until it is written', () => {
  expect(isTerminalFolded(run('lab', 'waiting', {}), below)).toBe(true);
  expect(isTerminalFolded(run('lab', 'running', {}), below)).toBe(false);
  expect(isTerminalFolded(run('lab', 'waiting', null), below)).toBe(false);
  expect(isTerminalFolded(run('lab', 'waiting', {}), beside)).toBe(false);
});
it('folds below the plan', () => {
  expect(isTerminalFolded(run('lab', 'waiting', null), { beside: false, plan: true })).toBe(true);
  expect(isTerminalFolded(run('lab', 'waiting', null), { beside: true, plan: true })).toBe(false);
});
it('folds where there is never a session', () => expect(isTerminalFolded(run('hand', 'waiting', null), beside)).toBe(true));
