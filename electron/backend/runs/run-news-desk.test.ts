import { expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { withNews } from '../../../shared/api/run-news.ts';
import { RunNewsDesk } from './run-news-desk.ts';

const state = (says: string, script: string) => ({ runId: 'r', says, parameters: { card: '1' }, plan: [{ id: 'look', script }] }) as unknown as RunState;

it('tells a run whole once, then its plan only where it reads otherwise, and loses nothing', () => {
  const desk = new RunNewsDesk();
  const states = [state('a', 'x'), state('b', 'x'), state('c', 'y'), state('d', 'y')];
  const news = states.map((one) => desk.newsOf(one));
  expect(news.map((one) => [one.plan !== undefined, one.parameters !== undefined])).toEqual([
    [true, true],
    [false, false],
    [true, false],
    [false, false],
  ]);
  let known: RunState | undefined;
  for (const [index, one] of news.entries()) {
    known = withNews(known, one) ?? undefined;
    expect(known).toEqual(states[index]);
  }
});

it('is not enough for whoever has never seen the run', () => {
  const desk = new RunNewsDesk();
  desk.newsOf(state('a', 'x'));
  expect(withNews(undefined, desk.newsOf(state('b', 'x')))).toBeNull();
  expect(withNews(undefined, desk.newsOf(state('c', 'y')))).toBeNull();
});
