/** A run that is archived, restored or deleted while the process is killed, at changes of the file system (all of them in the soak): never half a run. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spread } from '../../../shared/rounds.test-kit.ts';
import { bundleProgram } from '../faults/child-program.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { Ledger } from '../ledger/ledger.ts';
import { draftPrefix, removeAbandonedDrafts } from '../runs/run-drafts.ts';
import { readArchive, readArchiveHead } from './archive-file.ts';
import { Places } from './places.ts';
import { restingRun, snapshot } from './resting-run.test-kit.ts';

const runId = '20260101-000001-t-0001';
const place = mkdtempSync(path.join(tmpdir(), 'wb-removal-'));
const model = path.join(place, 'model');
const modelArchived = path.join(place, 'model-archived');
let program = '';
let whole: Record<string, string> = {};

function run(action: string, data: string, faultAt = 0) {
  const result = spawnSync(process.execPath, ['--require', path.resolve('electron/backend/retention/kill-points.cjs'), program, action, data, runId], {
    encoding: 'utf8',
    env: { ...process.env, FAULT_AT: String(faultAt) },
  });
  return { killed: result.signal === 'SIGKILL', status: result.status, stderr: result.stderr, changes: Number(/changes (\d+)/.exec(result.stderr)?.[1] ?? 0) };
}

/** The archive, where it stands under its name, is whole: every file in it is compared with its digest. */
async function wholeArchive(places: Places): Promise<boolean> {
  const file = places.archived(runId);
  if (!existsSync(file)) return false;
  await readArchive(file, readArchiveHead(file).files, {});
  return true;
}

/** Nothing is left beside what there should be, once the next one has begun a run and cleaned up. */
function expectClean(places: Places, about: string): void {
  // One whose lock is gone already is only cleared away a minute later: it might have been made this very moment.
  for (const name of readdirSync(places.runs)) if (name.startsWith(draftPrefix)) utimesSync(path.join(places.runs, name), 0, 0);
  removeAbandonedDrafts(places.runs);
  for (const folder of [places.runs, places.archive])
    expect(
      readdirSync(folder).filter((name) => name.startsWith(draftPrefix)),
      about,
    ).toEqual([]);
}

beforeAll(async () => {
  program = await bundleProgram(path.resolve('electron/backend/retention/removal.test-program.ts'));
  whole = snapshot(restingRun(model, runId, { output: Array.from({ length: 300 }, (_, at) => `${at} ${'x'.repeat(2000)}`) }));
  cpSync(model, modelArchived, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  expect(run('archive', modelArchived).status).toBe(0);
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  rmSync(path.dirname(program), { recursive: true });
});

interface Kind {
  action: 'archive' | 'restore' | 'delete';
  from: string;
  /** What has to hold after the kill. */
  holds(places: Places, about: string): Promise<void>;
  /** What has to hold when the same is asked for again. */
  again(places: Places, about: string): Promise<void>;
}
const here = (places: Places) => existsSync(places.run(runId));
const neverHalf = async (places: Places, about: string) => {
  const archived = await wholeArchive(places);
  if (here(places)) expect(snapshot(places.run(runId)), about).toEqual(whole);
  expect(here(places) || archived, about).toBe(true);
};
const tombstones = async (places: Places) => (await new Ledger(places.data, new KeyRing(places.data), () => undefined).read()).tombstones.length;

const kinds: Kind[] = [
  {
    action: 'archive',
    from: model,
    holds: neverHalf,
    again: async (places, about) => expect([here(places), await wholeArchive(places)], about).toEqual([false, true]),
  },
  {
    action: 'restore',
    from: modelArchived,
    holds: neverHalf,
    again: async (places, about) => {
      expect(snapshot(places.run(runId)), about).toEqual(whole);
      expect(await wholeArchive(places), about).toBe(false);
    },
  },
  {
    action: 'delete',
    from: model,
    holds: async (places, about) => {
      if (here(places)) expect(snapshot(places.run(runId)), about).toEqual(whole);
      else expect(await tombstones(places), about).toBe(1);
    },
    again: async (places, about) => {
      expect(here(places), about).toBe(false);
      expect(await tombstones(places), about).toBeGreaterThanOrEqual(1);
    },
  },
];

describe.each(kinds)('$action, killed at changes of the file system', ({ action, from, holds, again }) => {
  it('leaves a whole run or a whole archive, and can be done again', async () => {
    const copy = () => {
      const data = mkdtempSync(path.join(place, `${action}-`));
      cpSync(from, data, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
      return data;
    };
    const { changes } = run(action, copy());
    expect(changes).toBeGreaterThan(15);
    let killed = 0;
    const points = spread(
      Array.from({ length: changes }, (_, index) => index + 1),
      10,
    );
    for (const at of points) {
      const data = copy();
      const places = new Places(data);
      const about = `${action} at change ${at} of ${changes}, ${data}`;
      if (run(action, data, at).killed) killed++;
      await holds(places, about);
      const done = places.hasRun(runId) === (action === 'restore') && (action !== 'delete' || !here(places));
      const second = run(action, data);
      // What had come about already can't be done again, and is said.
      if (!done) expect(second.status, `${about}: ${second.stderr}`).toBe(0);
      await again(places, about);
      expectClean(places, about);
      expect((await new Ledger(data, new KeyRing(data), () => undefined).read()).findings, about).toEqual([]);
      rmSync(data, { recursive: true });
    }
    expect(killed).toBeGreaterThan(points.length - 4);
    console.log(`${action}: killed at ${killed} of ${points.length} changes that were tried, of ${changes}`);
  }, 600_000);
});
