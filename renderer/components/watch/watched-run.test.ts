import { expect, it } from 'vitest';
import { sceneAt, watchedRun } from './watched-run.ts';

it.each([
  [-1, 1],
  [0, 1],
  [12, 8],
  [12.5, 8],
  [1000, watchedRun.scenes.length],
])('at %d s it is scene %d', (at, number) => expect(sceneAt(watchedRun.scenes, at).number).toBe(number));

it('says at the failure what failed and what to do', () => {
  const { scene } = sceneAt(watchedRun.scenes, 15);
  expect([scene.word, scene.look]).toEqual(['Failed: step', 'bad']);
  expect(scene.next).not.toBe('');
});
