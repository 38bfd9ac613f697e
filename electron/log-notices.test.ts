import { expect, it } from 'vitest';
import type { WatchState } from '../shared/api/watch.ts';
import { LogNotices } from './log-notices.ts';

const state: WatchState = {
  ...{ watchId: 'w', target: { kind: 'book', id: 'web-1' }, targetName: 'Web 1', log: { kind: 'file', file: '/var/log/syslog' } },
  ...{ status: 'watching', trouble: null, since: '', seen: [], blind: '' },
};
const symptom = (topicId: string) => ({ topicId, title: `About ${topicId}`, because: 'x denied', captured: {}, line: '', at: '' });

it('tells each symptom once, and a watch that ends by itself, with the way to the log', () => {
  const notices = new LogNotices();
  expect(notices.take({ ...state, status: 'starting' })).toBeNull();
  expect(notices.take(state)).toBeNull();
  const told = { hash: '#/watch/book%3Aweb-1', title: 'Known symptom: About a', body: '/var/log/syslog of Web 1: x denied' };
  expect(notices.take({ ...state, seen: [symptom('a')] })).toEqual(told);
  expect(notices.take({ ...state, seen: [symptom('a')] })).toBeNull();
  expect(notices.take({ ...state, seen: [symptom('b'), symptom('a')] })).toMatchObject({ title: 'Known symptom: About b' });
  const ended = { ...state, seen: [symptom('b'), symptom('a')], status: 'ended' as const, trouble: { cause: 'It was lost.', next: '' } };
  expect(notices.take(ended)).toMatchObject({ body: expect.stringContaining('It was lost.') });
  expect(notices.take({ ...state, watchId: 'stopped', status: 'stopped' })).toBeNull();
});
