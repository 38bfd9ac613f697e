import { describe, expect, it, vi } from 'vitest';
import type { Offer } from '../../../shared/api/run.ts';

const calls = vi.hoisted(() => ({ advance: vi.fn(), skip: vi.fn(), remedy: vi.fn(), undo: vi.fn(), stop: vi.fn() }));
vi.mock('../../window-api.ts', () => ({ api: { runs: calls } }));

const { arrangeOffers, isReady, performOffer } = await import('./offer-actions.ts');

const offer = (action: Offer['action'], id = '', type: string | null = null): Offer => ({
  action,
  id,
  title: action,
  explanation: '',
  script: null,
  change: null,
  danger: 'reads',
  confirm: type === null ? null : { object: 'card', type, ask: 'Type it' },
});
const wantsOutput = (of: Offer): Offer => ({ ...of, wantsOutput: true });
const input = (typed = '', reason = '', output = '') => ({ typed, reason, output });

describe('arrangeOffers', () => {
  it('puts every offer in exactly one place', () => {
    const offers = [offer('stop'), offer('undo'), offer('remedy', 'r'), offer('skip', 's'), offer('rejoin', 's'), offer('retry', 's')];
    const { onwards, remedies, aside, stop } = arrangeOffers(offers);
    expect([...onwards, ...remedies, ...aside, stop]).toHaveLength(offers.length);
    expect(onwards.map((o) => o.action)).toEqual(['rejoin', 'retry']);
    expect(aside.map((o) => o.action)).toEqual(['undo', 'skip']);
  });
  it('makes up nothing', () => expect(arrangeOffers([])).toEqual({ onwards: [], remedies: [], aside: [], stop: null }));
});

describe('isReady', () => {
  it.each([
    [offer('advance', 's'), input(), true],
    [offer('advance', 's', '500605b0'), input(), false],
    [offer('advance', 's', '500605b0'), input('500605B0'), true],
    [offer('advance', 's', '500605b0'), input('500605b1'), false],
    [offer('advance', 's', ''), input(''), false],
    [offer('advance', 's', '500605b0'), input(' 500605b0 '), true],
    [wantsOutput(offer('advance', 's')), input('', '', ' \n'), false],
    [wantsOutput(offer('advance', 's')), input('', '', 'said'), true],
    [offer('skip', 's'), input('', 'no'), false],
    [offer('skip', 's'), input('', 'done by hand'), true],
  ])('%#', (candidate, given, expected) => expect(isReady(candidate, given)).toBe(expected));
});

describe('performOffer', () => {
  it.each([
    [offer('advance', 'erase', 'abc'), 'advance', { runId: 'r', stepId: 'erase', confirmation: 'abc' }],
    [offer('retry', 'erase'), 'advance', { runId: 'r', stepId: 'erase' }],
    [wantsOutput(offer('retry', 'look')), 'advance', { runId: 'r', stepId: 'look', output: 'said' }],
    [offer('rejoin', 'erase'), 'advance', { runId: 'r', stepId: 'erase' }],
    [offer('skip', 'erase'), 'skip', { runId: 'r', stepId: 'erase', reason: 'why' }],
    [offer('remedy', 'use-p05', 'abc'), 'remedy', { runId: 'r', remedyId: 'use-p05', confirmation: 'abc' }],
    [offer('undo'), 'undo', { runId: 'r', from: '' }],
    [offer('undo', 'three'), 'undo', { runId: 'r', from: 'three' }],
    [offer('stop'), 'stop', { runId: 'r' }],
  ] as const)('%#', (candidate, method, sent) => {
    void performOffer('r', candidate, input('abc', 'why', 'said'));
    expect(calls[method]).toHaveBeenLastCalledWith(sent);
  });
});
