/** A data folder whose disk is really full, read-only or gone: a small file system of its own, where this machine lets one be mounted. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { Journal, readJournal } from './journal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-full-'));
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});
const ballast = path.join(folder, 'ballast');
function fill(): void {
  for (let size = 4 * 1024 ** 2; size >= 1; size = Math.floor(size / 2)) {
    try {
      writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // that much does not fit any more
    }
  }
}

describe.skipIf(!mounted)('a full disk (needs the right to mount a small file system)', () => {
  beforeAll(() => rmSync(ballast, { force: true }));

  it('loses no event that was acknowledged, leaves no half line, and goes on when there is room', () => {
    const runFolder = mkdtempSync(path.join(folder, 'run-'));
    const journal = new Journal(runFolder);
    let acknowledged = 0;
    fill();
    try {
      for (;;) {
        journal.append({ type: 'note', text: `event ${acknowledged} ${'x'.repeat(300)}` });
        acknowledged++;
      }
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'storage', message: expect.stringContaining('ENOSPC'), next: expect.stringContaining('free some space') });
    }
    expect(readJournal(runFolder)).toMatchObject({ findings: [] });
    expect(readJournal(runFolder).events).toHaveLength(acknowledged);
    rmSync(ballast);
    journal.append({ type: 'note', text: 'room again' });
    expect(readJournal(runFolder).events).toHaveLength(acknowledged + 1);
    journal.close();
  });

  it('stops a run before the next step, says so, and the run goes on afterwards', async () => {
    const rehearsal = new Rehearsal(path.join(folder, 'data'));
    let state = await rehearsal.start('perc-h200-crossflash');
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    fill();
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    expect(state.steps[1]?.attempts).toBe(0);
    expect(state.trouble).toMatchObject({ message: expect.stringContaining('ENOSPC'), next: expect.stringContaining('free some space') });
    expect(rehearsal.log.join('\n')).toMatch(/ENOSPC/);
    const filled = readdirSync(path.join(folder, 'data', 'runs'));
    await expect(rehearsal.start('perc-h200-crossflash')).rejects.toMatchObject({ code: 'storage' });
    expect(readdirSync(path.join(folder, 'data', 'runs'))).toEqual(filled);
    rmSync(ballast);
    state = await rehearsal.advanceWhileWell(await rehearsal.api.runs.get({ runId: state.runId }));
    expect(state.status).toBe('done');
    await rehearsal.end();
  });

  it('that was made read-only stops a run before the next step, and it goes on when it can be written again', async () => {
    const rehearsal = new Rehearsal(path.join(folder, 'read-only'));
    let state = await rehearsal.start('perc-h200-crossflash');
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    await rehearsal.api.runs.leave({ runId: state.runId });
    const remount = (how: string) => expect(spawnSync('mount', ['-o', `remount,${how}`, folder]).status).toBe(0);
    remount('ro');
    const refused = rehearsal.api.runs.advance({ runId: state.runId, stepId: 'lay-out-stick' });
    await expect(refused).rejects.toMatchObject({ code: 'storage', next: expect.stringContaining('read-only') });
    expect(await rehearsal.api.runs.get({ runId: state.runId })).toMatchObject({ status: 'waiting', current: 'lay-out-stick' });
    remount('rw');
    state = await rehearsal.advanceWhileWell(await rehearsal.api.runs.get({ runId: state.runId }));
    expect(state.status).toBe('done');
    await rehearsal.end();
  });
});

describe('a data folder that is taken away', () => {
  it('stops the run before the next step, and it goes on when the folder is back', async () => {
    const rehearsal = new Rehearsal();
    let state = await rehearsal.start('perc-h200-crossflash');
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    const runs = path.join(rehearsal.data, 'runs');
    renameSync(runs, `${runs}.away`);
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    expect(state.steps[1]?.attempts).toBe(0);
    expect(state.trouble).toMatchObject({ message: expect.stringContaining('journal.jsonl'), next: expect.stringContaining('Put it back') });
    renameSync(`${runs}.away`, runs);
    state = await rehearsal.advanceWhileWell(await rehearsal.api.runs.get({ runId: state.runId }));
    expect(state.status).toBe('done');
    expect((await rehearsal.api.transcripts.verify({ runId: state.runId })).ok).toBe(true);
    await rehearsal.end();
  });

  it('says that a journal is gone instead of writing into nothing', () => {
    const runFolder = mkdtempSync(path.join(tmpdir(), 'wb-gone-'));
    const journal = new Journal(runFolder);
    journal.append({ type: 'note', text: 'here' });
    rmSync(path.join(runFolder, 'journal.jsonl'));
    expect(() => journal.append({ type: 'note', text: 'gone' })).toThrow(/journal\.jsonl: ENOENT/);
    journal.close();
    rmSync(runFolder, { recursive: true });
  });
});
