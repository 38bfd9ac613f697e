import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withPlainRights } from '../real/plain-rights.test-kit.ts';
import { checkFile, fileVerdict } from './file-check.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-files-'));
  writeFileSync(path.join(folder, 'good'), 'content');
  writeFileSync(path.join(folder, 'huge'), '');
  truncateSync(path.join(folder, 'huge'), 5 * 1024 ** 3);
  mkdirSync(path.join(folder, 'directory'));
  execFileSync('mkfifo', [path.join(folder, 'fifo')]);
});
const check = (name: string) =>
  checkFile({ field: 'image', path: name, limit: 1024, inspect: (content) => ({ summary: `${content.length} bytes`, problem: null }) }, folder);

describe('checkFile', () => {
  it('reads an ordinary file, with its digest', async () => {
    expect(await check('good')).toMatchObject({
      problem: null,
      input: { size: 7, summary: '7 bytes', sha256: 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73' },
    });
  });

  it('warns of a file that is usable, and says so with what it is', async () => {
    const warning = { rule: 'early', means: 'It is an early one.', next: 'Take a later one.' };
    const inspect = (problem: null | { rule: string; means: string; next: string }) => () => ({ summary: 'version 1', problem, warning });
    const checked = await checkFile({ field: 'image', path: 'good', limit: 1024, inspect: inspect(null) }, folder);
    expect(fileVerdict(checked)).toMatchObject({ kind: 'warning', rule: 'early', means: 'version 1. It is an early one.', next: 'Take a later one.' });
    const refused = await checkFile({ field: 'image', path: 'good', limit: 1024, inspect: inspect({ rule: 'bad', means: 'Bad.', next: 'No.' }) }, folder);
    expect(fileVerdict(refused)).toMatchObject({ kind: 'failure', rule: 'bad' });
  });

  it.each([
    ['directory', 'is-directory', /is a directory/],
    ['fifo', 'not-a-file', /pipe/],
    ['huge', 'too-large', /5,368,709,120 bytes/],
    ['nothing-there', 'missing', /does not exist/],
    ['good/inside', 'missing', /does not exist/],
    ['/dev/zero', 'not-a-file', /device/],
  ])('refuses %s by name, unread, with a next step', async (name, rule, means) => {
    const { problem, input } = await check(name);
    expect(input).toBeNull();
    expect(problem).toMatchObject({ rule, means: expect.stringMatching(means), next: expect.stringMatching(/\w/) });
    expect(problem?.means).toContain(name);
  });

  it('refuses a socket', async () => {
    const server = createServer().listen(path.join(folder, 'socket'));
    expect((await check('socket')).problem?.rule).toBe('not-a-file');
    server.close();
  });

  it('refuses a file that may not be read', async () => {
    writeFileSync(path.join(folder, 'closed'), '', { mode: 0 });
    const { problem } = await withPlainRights([folder], () => check('closed'));
    expect(problem?.rule).toBe('unreadable');
  });
});
