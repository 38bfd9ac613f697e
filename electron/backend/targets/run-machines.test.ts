/** Which machines a run has: what was chosen, what may be left out, and what is refused. */
import { describe, expect, it } from 'vitest';
import type { OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { smallTopic } from '../runs/small-run.test-kit.ts';
import { recordedPlaces, settledPlaces } from './run-machines.ts';

const topic: Topic = {
  ...smallTopic([]),
  machines: [
    { id: 'client', title: 'Client', purpose: 'asks' },
    { id: 'proxy', title: 'Proxy', purpose: 'keeps copies', optional: true },
    { id: 'origin', title: 'Origin', purpose: 'has the files', targets: ['ssh'] },
  ],
};
const book = {
  get: (id: string) => ({ id, name: 'cache one', connection: { kind: 'ssh' as const, host: 'cache1' }, root: 'sudo' as const, group: '', tags: [], note: '' }),
};
const settled = (target: TargetRef, machines?: OtherMachines, about = topic) => settledPlaces(about, { target, machines }, book);
const origin = { kind: 'ssh' as const, host: 'origin' };

describe('the machines of a run', () => {
  it('are where they were chosen to be, by the names of the book', () => {
    const { target, machines, places } = settled({ kind: 'local' }, { proxy: { kind: 'book', id: 'cache-one' }, origin });
    expect(target).toEqual({ kind: 'local' });
    expect(machines).toEqual([
      { id: 'client', title: 'Client', target: { kind: 'local' }, label: 'this machine' },
      { id: 'proxy', title: 'Proxy', target: { kind: 'ssh', host: 'cache1', root: 'sudo' }, label: 'cache one (cache1)' },
      { id: 'origin', title: 'Origin', target: origin, label: 'origin' },
    ]);
    expect(recordedPlaces(topic, machines).map(({ id, rendering }) => [id, rendering.label])).toEqual(places.map(({ id, rendering }) => [id, rendering.label]));
  });

  it('may lack what is optional, and nothing else', () => {
    expect(settled({ kind: 'local' }, { origin }).machines?.map(({ id }) => id)).toEqual(['client', 'origin']);
    expect(() => settled({ kind: 'local' }, { proxy: origin })).toThrow(/Origin: no target is chosen/);
    expect(() => settled({ kind: 'local' })).toThrow(/Origin: no target is chosen/);
  });

  it('are all in the lab, or none of them', () => {
    expect(settled({ kind: 'lab', failure: undefined }).machines?.map(({ id, target }) => [id, target.kind])).toEqual([
      ['client', 'lab'],
      ['proxy', 'lab'],
      ['origin', 'lab'],
    ]);
    expect(settled({ kind: 'lab' }, { origin: { kind: 'lab' } }).machines?.map(({ id }) => id)).toEqual(['client', 'origin']);
    expect(() => settled({ kind: 'lab' }, { origin })).toThrow(/Origin: a rehearsal has all machines in the lab/);
    expect(() => settled({ kind: 'local' }, { origin: { kind: 'lab' } })).toThrow(/Origin: a rehearsal has all machines in the lab/);
  });

  it('are those of the procedure, on targets that it takes', () => {
    expect(() => settled({ kind: 'local' }, { origin, other: origin })).toThrow(/has no other machine "other"/);
    expect(() => settled({ kind: 'local' }, { client: origin, origin })).toThrow(/has no other machine "client"/);
    expect(() => settled({ kind: 'local' }, { origin: { kind: 'local' } })).toThrow(/does not run on this machine: it runs on ssh targets/);
    const console = { kind: 'console' as const, console: { way: { by: 'fifo' as const, path: '/tmp/x' }, dialect: 'uefi-shell' as const } };
    expect(() => settled({ kind: 'local' }, { origin, proxy: console })).toThrow(/does not use a console without a shell/);
  });

  it('is one, without a word of it, where the procedure is about one', () => {
    const { machines, places, target } = settled({ kind: 'lab' }, undefined, smallTopic([]));
    expect([machines, places, target]).toEqual([undefined, [], { kind: 'lab' }]);
    expect(() => settled({ kind: 'local' }, { proxy: origin }, smallTopic([]))).toThrow(/has no other machine "proxy"/);
    expect(() => recordedPlaces(smallTopic([]), [{ id: 'proxy', title: 'Proxy', target: origin, label: 'x' }])).toThrow(/has no machine "proxy"/);
  });
});
