/** Progress, cancelling, and places that can't be written to. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportFormat } from '../../../shared/api/transcript.ts';
import type { EventPayload } from '../../../shared/api.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { sealAnew } from '../custody/seal-anew.test-kit.ts';
import { withPlainRights } from '../real/plain-rights.test-kit.ts';
import { ExportJobs } from './export-jobs.ts';

let rehearsal: Rehearsal;
let runId = '';
let recorded = 0;
let folder = '';
beforeAll(async () => {
  rehearsal = new Rehearsal();
  const run = await rehearsal.start('perc-h200-crossflash');
  ({ runId } = await rehearsal.take(run, offerOf(run, 'advance')));
  await rehearsal.api.runs.leave({ runId });
  const recording = path.join(rehearsal.data, 'runs', runId, 'recording.cast');
  const line = `${JSON.stringify([0.001, 'o', `${'a line of text\r\n'.repeat(500)}`])}\n`;
  writeFileSync(recording, line.repeat(400), { flag: 'a' });
  await sealAnew(rehearsal.data, runId);
  recorded = readFileSync(recording).length;
});
afterAll(() => rehearsal.end());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-jobs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Progress = EventPayload<'transcripts.exportProgress'>;
function watchProgress(onProgress: (progress: Progress) => void = () => undefined): { told: Progress[]; end(): void } {
  const told: Progress[] = [];
  const end = rehearsal.client.on('transcripts.exportProgress', (progress) => {
    told.push(progress);
    onProgress(progress);
  });
  return { told, end };
}

describe('an export', () => {
  it.each(exportFormat.options)('as %s tells how far it is, from nothing to all', async (format) => {
    const { told, end } = watchProgress();
    await rehearsal.api.transcripts.export({ runId, format, out: path.join(folder, 'x'), exportId: 'mine' });
    end();
    expect(told[0]).toMatchObject({ exportId: 'mine', done: 0 });
    // A bundle has all files of the run in it.
    const total = format === 'html' ? 2 * recorded : format === 'bundle' ? (told[0]?.total ?? 0) : recorded;
    expect(total).toBeGreaterThanOrEqual(recorded);
    expect(told.at(-1)).toEqual({ exportId: 'mine', done: total, total });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  it.each(exportFormat.options)('as %s that is cancelled leaves nothing and says so', async (format) => {
    const { end } = watchProgress(({ exportId }) => void rehearsal.api.transcripts.cancelExport({ exportId }));
    await expect(rehearsal.api.transcripts.export({ runId, format, out: path.join(folder, 'x'), exportId: 'mine' })).rejects.toMatchObject({
      code: 'cancelled',
      next: expect.stringContaining('Nothing was written'),
    });
    end();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that has ended is cancelled without effect, and its id is free again', async () => {
    const out = path.join(folder, 'x.md');
    await rehearsal.api.transcripts.export({ runId, format: 'md', out, exportId: 'mine' });
    await rehearsal.api.transcripts.cancelExport({ exportId: 'mine' });
    await rehearsal.api.transcripts.export({ runId, format: 'md', out, exportId: 'mine' });
    expect(readdirSync(folder)).toEqual(['x.md']);
  });

  it('keeps the file that was there when it is cancelled', async () => {
    const out = path.join(folder, 'x.txt');
    writeFileSync(out, 'old');
    const { end } = watchProgress(({ exportId }) => void rehearsal.api.transcripts.cancelExport({ exportId }));
    await expect(rehearsal.api.transcripts.export({ runId, format: 'txt', out, exportId: 'mine' })).rejects.toMatchObject({ code: 'cancelled' });
    end();
    expect(readFileSync(out, 'utf8')).toBe('old');
  });
});

describe('a preview for outside', () => {
  it('tells how far it is, three times through the recording', async () => {
    const { told, end } = watchProgress();
    await rehearsal.api.transcripts.outsidePreview({ runId, exportId: 'look' });
    end();
    expect([told[0], told.at(-1)]).toEqual([
      { exportId: 'look', done: 0, total: 3 * recorded },
      { exportId: 'look', done: 3 * recorded, total: 3 * recorded },
    ]);
  });

  it.each([0, 1, 2])('is cancelled in pass %i, and other calls are answered meanwhile', async (pass) => {
    let answered = 0;
    const { end } = watchProgress(({ exportId, done }) => {
      void rehearsal.api.app.info({}).then(() => answered++);
      if (done >= pass * recorded) void rehearsal.api.transcripts.cancelExport({ exportId });
    });
    await expect(rehearsal.api.transcripts.outsidePreview({ runId, exportId: 'look' })).rejects.toMatchObject({ code: 'cancelled' });
    end();
    expect(answered).toBeGreaterThan(0);
  });
});

describe('ExportJobs', () => {
  it('refuses a second export of the same id, cancels all when it closes, and waits for them', async () => {
    const jobs = new ExportJobs(() => undefined);
    let cleaned = false;
    const untilCalledOff = (signal: AbortSignal | undefined) =>
      new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () =>
          setImmediate(() => {
            cleaned = true;
            reject(signal.reason);
          }),
        ),
      );
    const first = jobs.run('a', ({ signal }) => untilCalledOff(signal));
    const ended = expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await expect(jobs.run('a', async () => 1)).rejects.toMatchObject({ code: 'wrong-state' });
    await jobs.close();
    expect(cleaned).toBe(true);
    await ended;
  });

  it('tells at most ten times a second', async () => {
    const told: number[] = [];
    await new ExportJobs(({ done }) => told.push(done)).run('a', async ({ onProgress }) => {
      for (let done = 0; done <= 10_000; done++) onProgress?.(done, 10_000);
    });
    expect(told.length).toBeLessThan(10);
    expect([told[0], told.at(-1)]).toEqual([0, 10_000]);
  });
});

const tmpfs = mkdtempSync(path.join(tmpdir(), 'wb-exports-full-'));
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpfs]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [tmpfs]);
  rmSync(tmpfs, { recursive: true, force: true });
});
if (!mounted) console.log('no small file system can be mounted here: exports to a full and to a read-only disk are left out');

describe('a place that can’t be written to', () => {
  const attempt = (format: (typeof exportFormat.options)[number], out: string) => rehearsal.api.transcripts.export({ runId, format, out });

  it.skipIf(!mounted).each(['cast', 'txt', 'sudo'] as const)('is named: a full disk, for %s', async (format) => {
    const out = path.join(tmpfs, 'full');
    await expect(attempt(format, out)).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining(`${out}: ENOSPC`),
      next: expect.stringContaining('free some space'),
    });
    expect(readdirSync(tmpfs)).toEqual([]);
  });

  it.skipIf(!mounted)('is named: a read-only file system', async () => {
    expect(spawnSync('mount', ['-o', 'remount,ro', tmpfs]).status).toBe(0);
    await expect(attempt('md', path.join(tmpfs, 'x.md'))).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('x.md: EROFS') });
    spawnSync('mount', ['-o', 'remount,rw', tmpfs]);
  });

  it('is named: a folder that is missing, and a path through a file', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    for (const [out, code] of [
      [path.join(folder, 'gone', 'x.md'), 'ENOENT'],
      [path.join(folder, 'file', 'x.md'), 'ENOTDIR'],
    ] as const)
      await expect(attempt('md', out)).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining(`${out}: ${code}`) });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('is named: a folder without the right to write', async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await withPlainRights([folder, rehearsal.data], () =>
      expect(attempt('md', path.join(closed, 'x.md'))).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('EACCES') }),
    );
    chmodSync(closed, 0o700);
  });
});
