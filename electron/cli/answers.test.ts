import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAnswers } from './answers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('an answers file that is too long is refused in one sentence, unread', () => {
  const file = path.join(folder, 'answers.yaml');
  // It would be no YAML either: it is not looked into.
  writeFileSync(file, `parameters: {${'x'.repeat(41_000_000)}`);
  expect(() => readAnswers(file)).toThrow(
    expect.objectContaining({ code: 'bad-parameters', message: `${file}: it has 41.0 MB, and an answers file at most 4 MiB.` }),
  );
  writeFileSync(file, 'parameters:\n  card: x\n');
  expect(readAnswers(file).parameters).toEqual({ card: 'x' });
});
