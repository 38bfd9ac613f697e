/** The replay that the catalogue shows is one of the product as it is. `WRENCHBOOK_WATCHED=1 npm run unit -- watched-run` records it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { performWatchedRun, type WatchedRun } from './watched-run.test-kit.ts';

const asset = path.resolve('renderer/components/watch/watched-run.json');

it('is what the rehearsal gives today, fails once, leads out, and lasts 40 seconds', async () => {
  const now = await performWatchedRun();
  if (process.env.WRENCHBOOK_WATCHED) writeFileSync(asset, `${JSON.stringify(now, null, 2)}\n`);
  const text = readFileSync(asset, 'utf8');
  const shown = JSON.parse(text) as WatchedRun;
  expect(shown).toEqual(now);
  expect(shown.scenes.map(({ tone }) => tone).filter((tone) => tone === 'bad' || tone === 'remedy')).toEqual(['bad', 'remedy']);
  expect(shown.scenes.find(({ tone }) => tone === 'bad')?.next).not.toBe('');
  expect(shown.seconds).toBe(40);
  expect(gzipSync(text).length).toBeLessThan(60_000);
});
