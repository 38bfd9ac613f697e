/**
 * A crossflash run is killed at writes to its journal, in four ways, and at random instants; every second time
 * the power goes with it. Whatever was acknowledged is there, the run opens at the right step and repeats nothing by
 * itself, and it can be brought to its end.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunState, runState } from '../../../shared/api/run.ts';
import { rounds, spread } from '../../../shared/rounds.test-kit.ts';
import { siteCustody } from '../custody/site-custody.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RunStore } from '../runs/run-store.ts';
import { TargetBook } from '../targets/book/target-book.ts';
import { CrashSite, type Ended, type Moment, type Phase } from './crash.test-kit.ts';

const topic = 'perc-h200-crossflash';
const phases: readonly Phase[] = ['before', 'torn', 'written', 'synced'];
const randomInstants = rounds({ test: 6, soak: 200 });
const destructive = new Set(['destructive', 'irreversible']);

const model = new CrashSite();
const answers = path.join(model.folder, 'answers.yaml');
const patient = path.join(model.folder, 'answers-with-retries.yaml');
let journalWrites = 0;
let runMs = 0;

beforeAll(async () => {
  const template = (await model.command(['run', topic, '--print-answers'])).stdout;
  writeFileSync(answers, template);
  const whole = await model.command(['run', topic, '--target', 'lab', '--answers', answers, '--json']);
  expect(whole.status).toBe(0);
  const [runId = ''] = model.runIds;
  const { events } = readJournal(path.join(model.data, 'runs', runId));
  const [created] = events;
  if (created?.type !== 'run-created') throw new Error('The model run has no beginning.');
  writeFileSync(patient, `${template}\nretry:\n${created.plan.map((step) => `  - ${step.id}`).join('\n')}\n`);
  journalWrites = events.length; // writes are fewer than events where two are written at once; a later write is never reached
  runMs = whole.ms;
});
afterAll(() => model.remove());

describe('a run that is killed', () => {
  test.each(phases)(
    'at writes to its journal (%s)',
    async (phase) => {
      const writes = Array.from({ length: journalWrites }, (_, index): Moment => ({ write: index + 1, phase }));
      const moments = spread(writes, 3);
      const outcomes = await inPairs(moments, (moment, index) => crash(moment, index));
      expect(outcomes.filter((outcome) => outcome.killed).length).toBeGreaterThan(moments.length / 2);
      tell(phase, outcomes);
    },
    600_000,
  );

  test(`at ${randomInstants} random instants`, async () => {
    const instants = Array.from({ length: randomInstants }, () => Math.random());
    // Of a run as quick as the quickest so far: a machine that was busy when the first one was measured may be idle now.
    const outcomes = await inPairs(instants, (part, index) => crash({ afterMs: part * runMs }, index));
    expect(outcomes.filter((outcome) => outcome.killed).length).toBeGreaterThan(randomInstants / 4);
    tell('random', outcomes);
  }, 600_000);

  test('is known to be torn when what was acknowledged is taken away (negative control)', async () => {
    const site = new CrashSite();
    await site.command(['run', topic, '--target', 'lab', '--answers', answers], { write: 12, phase: 'synced' });
    const [runId = ''] = site.runIds;
    const journal = path.join(site.data, 'runs', runId, 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, `${lines.slice(0, 5).join('\n')}\n`);
    await expect(look(site, runId)).rejects.toThrow();
    site.remove();
  });
});

interface Outcome {
  killed: boolean;
  interrupted: string | null;
  end: number | null;
}

async function crash(moment: Moment, index: number): Promise<Outcome> {
  const site = new CrashSite();
  const about = `${JSON.stringify(moment)} ${site.folder}`;
  try {
    const first = await site.command(['run', topic, '--target', 'lab', '--answers', answers], moment);
    const killed = first.signal === 'SIGKILL';
    if (!killed) runMs = Math.min(runMs, first.ms);
    if (index % 2 === 1) site.losePower();
    const [runId, ...others] = site.runIds;
    expect(others, about).toEqual([]);
    if (runId === undefined) {
      // Killed before the run was there: then nobody was told of one.
      expect(first.stderr, about).not.toContain('Run ');
      const again = await site.command(['run', topic, '--target', 'lab', '--answers', answers]);
      expect(again.status, about + again.stderr).toBe(0);
      return { killed, interrupted: null, end: again.status };
    }
    const interrupted = await look(site, runId).catch((thrown: Error) => {
      thrown.message = `${about}: ${thrown.message}`;
      throw thrown;
    });
    const end = await bringToEnd(site, runId, about);
    site.remove();
    return { killed, interrupted, end: end.status };
  } finally {
    if (existsSync(site.folder) && process.env.WRENCHBOOK_KEEP !== '1') site.remove();
  }
}

/** Opens the run as the app does and checks what it says; resolves with the step that was interrupted. */
async function look(site: CrashSite, runId: string): Promise<string | null> {
  const folder = path.join(site.data, 'runs', runId);
  const journal = path.join(folder, 'journal.jsonl');
  expect(statSync(journal).size, 'what was on disk is there').toBeGreaterThanOrEqual(site.syncedJournalBytes);
  expect(await siteCustody(site.data).custody.check(folder, runId)).toMatchObject({ ok: true, findings: [] });
  const before = readJournal(folder).events;
  const open = stepLeftOpen(before);
  const controllerBefore = controllerState(folder);

  const store = new RunStore({
    dataFolder: site.data,
    assetsFolder: path.resolve('assets'),
    book: new TargetBook(site.data),
    version: 'test',
    ...siteCustody(site.data),
    elsewhere: { isArchived: () => false, folder: () => null, missing: () => null },
    onChange: () => undefined,
    log: () => undefined,
  });
  const state: RunState = runState.parse((await store.controller(runId)).state);
  expect(state.current).toBe(stepThatComes(before));
  if (open !== null) {
    expect(state.status).toBe('interrupted');
    expect(state.steps.find((step) => step.id === open)?.status).toBe('interrupted');
    expect(state.offers.some((offer) => offer.action === 'advance')).toBe(false);
    const planned = state.plan.find((step) => step.id === open);
    const retry = state.offers.find((offer) => offer.action === 'retry');
    if (planned && destructive.has(planned.danger)) expect(retry?.confirm, 'a destructive step wants to be confirmed again').not.toBeNull();
  }
  await store.close();
  // Opening wrote down what it found, and did nothing else.
  const after = readJournal(folder).events;
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length).filter((event) => !['note', 'step-interrupted', 'session-ended'].includes(event.type))).toEqual([]);
  expect(controllerState(folder)).toBe(controllerBefore);

  if (open !== null) {
    // Without being told to, not even the terminal command repeats it.
    const started = after.filter((event) => event.type === 'step-started').length;
    const status = (await site.command(['resume', runId, '--answers', answers])).status;
    expect(status).toBe(5);
    expect(readJournal(folder).events.filter((event) => event.type === 'step-started')).toHaveLength(started);
  }
  return open;
}

async function bringToEnd(site: CrashSite, runId: string, about: string): Promise<Ended> {
  const ended = await site.command(['resume', runId, '--answers', patient, '--json']);
  // A flash that was cut off in the middle may be beyond repair, and the run says so: that is an end as well.
  expect([0, 3], about + ended.stderr).toContain(ended.status);
  expect(await siteCustody(site.data).custody.check(path.join(site.data, 'runs', runId), runId), about).toMatchObject({ ok: true });
  return ended;
}

/** Written anew here, not with the fold: the step that began and whose end is not in the journal. */
function stepLeftOpen(events: readonly RunEvent[]): string | null {
  let open: string | null = null;
  for (const event of events) {
    if (event.type === 'step-started') open = event.stepId;
    if (event.type === 'step-ended' || event.type === 'step-interrupted') open = null;
  }
  return open;
}

function stepThatComes(events: readonly RunEvent[]): string | null {
  const [created] = events;
  if (created?.type !== 'run-created' || events.some((event) => event.type === 'run-ended')) return null;
  const done = new Set(events.flatMap((event) => (event.type === 'step-ended' && event.ok ? [event.stepId] : [])));
  return created.plan.find((step) => !done.has(step.id))?.id ?? null;
}

function controllerState(folder: string): string {
  const file = path.join(folder, 'lab', 'controller.state');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Two at a time: the machine has few cores, and each is a process. */
async function inPairs<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T, index);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

function tell(title: string, outcomes: readonly Outcome[]): void {
  const count = (wanted: (outcome: Outcome) => boolean) => outcomes.filter(wanted).length;
  console.log(
    `${title}: ${count(({ killed }) => killed)} of ${outcomes.length} killed, ${count(({ interrupted }) => interrupted !== null)} in the middle of a step; ` +
      `brought to the end: ${count(({ end }) => end === 0)} done, ${count(({ end }) => end === 3)} stopped by a failure`,
  );
}
