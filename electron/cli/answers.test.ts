import { execFileSync, spawn } from 'node:child_process';
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

it.skipIf(process.platform === 'win32')('answers come through a pipe as well, and never more than a file may have', () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const through = (script: string) => {
    spawn('sh', ['-c', `${script} >'${pipe}' 2>/dev/null`], { stdio: 'ignore' }).unref();
    return () => readAnswers(pipe);
  };
  expect(through("{ sleep 0.2; printf 'parameters:\\n'; sleep 0.2; printf '  card: x\\n'; }")().parameters).toEqual({ card: 'x' });
  expect(through('yes')).toThrow(/MB or more, and an answers file at most 4 MiB\.$/);
  expect(() => readAnswers(folder)).toThrow(/: this is not a file\.$/);
});
