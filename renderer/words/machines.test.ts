import { expect, it } from 'vitest';
import { chosenOthers, othersWere } from './machines.ts';

const machine = (id: string, optional: boolean) => ({ id, title: id, purpose: '', optional });
const topic = { machines: [machine('client', false), machine('proxy', true), machine('origin', false)] };

it.each([
  ['lab', {}, { machines: { proxy: { kind: 'lab' }, origin: { kind: 'lab' } }, missing: [] }],
  ['lab:full', { proxy: 'none', origin: 'none' }, { machines: { origin: { kind: 'lab' } }, missing: [] }],
  ['local', { origin: 'book:web' }, { machines: { origin: { kind: 'book', id: 'web' } }, missing: [] }],
  ['local', { proxy: 'hand' }, { machines: { proxy: { kind: 'hand' } }, missing: ['origin'] }],
  ['local', { proxy: 'none', origin: 'lab' }, { machines: {}, missing: ['origin'] }],
])('with %j and %j', (where, others, wanted) => expect(chosenOthers(topic, where, others)).toEqual(wanted));

it('knows of none where there is one machine', () => expect(chosenOthers({}, 'local', {})).toEqual({ missing: [] }));

it('finds those of an earlier run among the targets of today', () => {
  const at = (id: string, host: string) => ({ id, title: id, label: host, target: { kind: 'ssh' as const, host } });
  const targets = [{ id: 'cache', connection: { kind: 'ssh' as const, host: 'cache1' } }];
  expect(othersWere([at('client', 'web1'), at('proxy', 'cache1'), at('origin', 'gone')], targets)).toEqual({ proxy: 'book:cache' });
  expect(othersWere(undefined, targets)).toEqual({});
});
