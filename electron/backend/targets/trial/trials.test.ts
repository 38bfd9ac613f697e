import { expect, it } from 'vitest';
import type { SessionOptions } from '../../sessions/session.ts';
import { mostTrials, Trials } from './trials.ts';

it('has so many running and no more, whoever asks for them; the same target again takes the place of its own', async () => {
  const trials = new Trials();
  const asked: (() => void)[] = [];
  const start = (id: string) =>
    trials.start({
      target: { id, name: id, connection: { kind: 'local' }, root: 'none', group: '', tags: [], note: '' },
      session: () => new Promise<SessionOptions>((_, reject) => asked.push(() => reject(new Error('no shell')))),
      onChange: () => undefined,
      onFacts: () => undefined,
    });
  const ids = Array.from({ length: mostTrials }, (_, number) => `target-${number}`);
  const [first] = ids.map((id) => start(id).trialId);
  expect(() => start('one-more')).toThrow(expect.objectContaining({ code: 'wrong-state', message: expect.stringContaining('16 targets') }));
  await expect.poll(() => asked).toHaveLength(mostTrials);
  expect(start('target-1').status).toBe('running');
  trials.get(first ?? '').cancel();
  expect(start('one-more').status).toBe('running');
  for (const refuse of asked) refuse();
  await trials.close();
});
