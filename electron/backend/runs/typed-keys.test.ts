import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sh } from '../../../shared/topic-kit/index.ts';
import { SmallRun } from './small-run.test-kit.ts';
import { TypedKeys } from './typed-keys.ts';

it('keeps each key that acts, and one mark for any number of characters between', () => {
  const keys = new TypedKeys();
  expect([keys.take('h'), keys.take('unter2'), keys.take('\r'), keys.take('\x1b[A\x03'), keys.take('é')]).toEqual([
    '‹typed›',
    '',
    '\r',
    '\x1b‹typed›\x03',
    '‹typed›',
  ]);
});

it('has everything that is typed in the recording: as the terminal shows it, and masked where it shows nothing', async () => {
  const asks = sh`printf 'name: '; read -r name; stty -echo; printf 'secret: '; read -r x; stty echo; echo; echo through`;
  const run = new SmallRun([{ kind: 'command', id: 'asks', title: 'asks', intro: '', danger: 'reads', runsOn: '', script: asks, matchers: [] }], undefined, {
    kind: 'local',
  });
  const events = () =>
    readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as [number, string, string]);
  const shown = (code: string) =>
    events()
      .filter((event) => event[1] === code)
      .map(([, , data]) => data)
      .join('');
  const ended = run.act((controller) => controller.advance('asks'));
  await expect.poll(() => shown('o'), { timeout: 20_000 }).toMatch(/name: $/);
  run.opened.type('anna\r');
  await expect.poll(() => shown('o'), { timeout: 20_000 }).toMatch(/secret: $/);
  for (const key of 'hunter2\r') run.opened.type(key);
  expect((await ended).status).toBe('done');
  expect(shown('o')).toContain('name: anna\r\nsecret: \r\nthrough');
  expect(shown('i')).toBe('‹typed›\r‹typed›\r');
  expect(readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')).not.toContain('hunter');
  await run.end();
});
