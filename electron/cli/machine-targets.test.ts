/** `--target` once for each machine. */
import { describe, expect, it } from 'vitest';
import { parseTargets } from './machine-targets.ts';

const topic = {
  title: 'Two',
  machines: [
    { id: 'client', title: 'Client', purpose: 'asks', optional: false },
    { id: 'proxy', title: 'Proxy', purpose: 'answers', optional: true },
    { id: 'origin', title: 'Origin', purpose: 'has the files', optional: false },
  ],
};
const parse = (texts?: string[], more: { root?: string } = {}, about: Parameters<typeof parseTargets>[1] = topic) =>
  parseTargets(texts, about, { usual: 'lab', ...more });
const cache = { kind: 'ssh', host: 'cache1' };

describe('targets of several machines', () => {
  it('are named, the first may be without a name', () => {
    const wanted = { target: { kind: 'local' }, machines: { proxy: cache, origin: { kind: 'hand' } } };
    expect(parse(['proxy=ssh:cache1', 'client=local', 'origin=hand'])).toEqual(wanted);
    expect(parse(['local', 'proxy=ssh:cache1', 'origin=hand'])).toEqual(wanted);
    expect(parse(['local', 'origin=book:web'])).toEqual({ target: { kind: 'local' }, machines: { origin: { kind: 'book', id: 'web' } } });
  });
  it('are all in the lab where only that is said', () => {
    expect(parse()).toEqual({ target: { kind: 'lab' } });
    expect(parse(['lab:full'])).toEqual({ target: { kind: 'lab', failure: 'full' } });
    expect(parse(['client=lab:full', 'origin=lab'])).toEqual({ target: { kind: 'lab', failure: 'full' }, machines: { origin: { kind: 'lab' } } });
  });
  it('have root where they can have it', () => {
    expect(parse(['local', 'origin=hand'], { root: 'doas' })).toEqual({ target: { kind: 'local', root: 'doas' }, machines: { origin: { kind: 'hand' } } });
  });
  it.each([
    [['local'], /No target is given for the machine "origin"/],
    [['proxy=ssh:cache1', 'origin=hand'], /No target is given for the machine "client"/],
    [['local', 'client=local', 'origin=hand'], /The machine "client" has two targets/],
    [['local', 'other=local', 'origin=hand'], /There is no machine "other"/],
    [['client=lab'], /No target is given for the machine "origin"/],
  ])('%j is refused', (texts, wanted) => {
    expect(() => parse(texts)).toThrow(wanted);
  });
  it('are one without a name where there is one machine', () => {
    const alone = { title: 'One' };
    expect(parse(['ssh:cache1'], {}, alone)).toEqual({ target: cache });
    expect(() => parse(['client=local'], {}, alone)).toThrow(/"One" runs on one machine/);
    expect(() => parse(['local', 'local'], {}, alone)).toThrow(/"One" runs on one machine/);
  });
});
