/**
 * What happens to the workstation under a run, which the terminal command drives through a lab that takes its time: the lid is
 * closed, the machine is started again, and all ends in the middle of an undo.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import { spread } from '../../../shared/rounds.test-kit.ts';
import { siteCustody } from '../custody/site-custody.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RunStore } from '../runs/run-store.ts';
import { bootId, processFamily, startTicks } from '../sessions/process-family.ts';
import { TargetBook } from '../targets/book/target-book.ts';
import { CrashSite, type Moment } from './crash.test-kit.ts';

const topic = 'perc-h200-crossflash';
const model = new CrashSite();
const answers = path.join(model.folder, 'answers.yaml');
const eraseAgain = path.join(model.folder, 'erase-again.yaml');
const sites: CrashSite[] = [model];
beforeAll(async () => {
  const template = (await model.command(['run', topic, '--print-answers'])).stdout;
  writeFileSync(answers, template);
  writeFileSync(eraseAgain, `${template}\nretry: [erase]\n`);
});
afterAll(() => sites.map((site) => site.remove()));

const newSite = () => {
  const site = new CrashSite();
  sites.push(site);
  return site;
};
const runFolder = (site: CrashSite) => path.join(site.data, 'runs', site.runIds[0] ?? 'none yet');
const eventsOf = (site: CrashSite): readonly RunEvent[] => (existsSync(path.join(runFolder(site), 'journal.jsonl')) ? readJournal(runFolder(site)).events : []);
const verified = (site: CrashSite) => siteCustody(site.data).custody.check(runFolder(site), site.runIds[0] ?? '');

interface Running {
  child: ChildProcess;
  ended: Promise<{ status: number | null; text: string }>;
}
function runSlowly(site: CrashSite): Running {
  const child = spawn(process.execPath, [path.resolve('out/main/cli.cjs'), 'run', topic, '--target', 'lab', '--answers', answers, '--json'], {
    env: { ...process.env, WRENCHBOOK_DATA: site.data, WRENCHBOOK_LAB_SPEED: '5' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
  return { child, ended: new Promise((resolve) => child.on('close', (status) => resolve({ status, text }))) };
}
/** Resolves in the middle of a step: it has begun, and its command takes five seconds and more. */
async function inStep(site: CrashSite, { child }: Running, stepId: string): Promise<void> {
  while (!eventsOf(site).some((event) => event.type === 'step-started' && event.stepId === stepId)) {
    if (child.exitCode !== null) throw new Error(`The run ended before ${stepId}.`);
    await setTimeout(20);
  }
  await setTimeout(200);
  expect(eventsOf(site).at(-1)).toMatchObject({ type: 'step-started', stepId });
}
const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

/** Every process of the run, stopped one after the other until none is left that could start another. */
async function stopAll(leader: number): Promise<number[]> {
  const stopped = new Set<number>();
  for (let found = [leader]; found.length > 0; found = (await processFamily(leader, {})).filter((pid) => !stopped.has(pid))) {
    for (const pid of found) {
      try {
        process.kill(pid, 'SIGSTOP');
        stopped.add(pid);
      } catch {
        // It has ended since it was found.
      }
    }
  }
  return [...stopped];
}

describe.skipIf(process.platform !== 'linux')('the lid is closed', () => {
  test('in the middle of two steps, and opened again: the run ends done, and its record is whole', async () => {
    const site = newSite();
    const run = runSlowly(site);
    for (const stepId of ['erase', 'write-dell']) {
      await inStep(site, run, stepId);
      const family = await stopAll(run.child.pid ?? 0);
      // The command, its shell, and the tool at work.
      expect(family.length).toBeGreaterThan(2);
      const before = eventsOf(site).length;
      await setTimeout(3000);
      expect(family.map(stateOf)).toEqual(family.map(() => 'T'));
      expect(eventsOf(site)).toHaveLength(before);
      for (const pid of family.reverse()) process.kill(pid, 'SIGCONT');
    }
    const { status, text } = await run.ended;
    expect(status, text).toBe(0);
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ outcome: 'done' });
    const events = eventsOf(site);
    expect(
      events.filter(({ type }) => type === 'step-interrupted' || type === 'session-ended').map((event) => ('how' in event ? event.how : event.type)),
    ).toEqual(['left']);
    expect(events.filter((event) => event.type === 'step-started' && event.stepId === 'erase')).toHaveLength(1);
    expect(await verified(site)).toMatchObject({ ok: true, findings: [] });
  });
});

describe.skipIf(process.platform !== 'linux')('the workstation is started again', () => {
  const laterOwners: [string, () => object][] = [
    [
      'and the id of its process is in use by another',
      () => ({ pid: process.pid, host: hostname(), started: startTicks(process.pid), boot: 'the boot before' }),
    ],
    ['and the system tells no boots', () => ({ pid: process.pid, host: hostname(), started: '1', boot: null })],
    ['in a container, whose boot is that of its host', () => ({ pid: process.pid, host: hostname(), started: '1', boot: bootId() })],
  ];
  test.each(laterOwners)('in the middle of the erase, %s: the run is interrupted there and repeats nothing by itself', async (_, owner) => {
    const site = newSite();
    const run = runSlowly(site);
    await inStep(site, run, 'erase');
    const family = await stopAll(run.child.pid ?? 0);
    for (const pid of family) process.kill(pid, 'SIGKILL');
    await run.ended;
    const lock = path.join(runFolder(site), 'lock');
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: run.child.pid });
    writeFileSync(lock, JSON.stringify(owner()));

    const state = await opened(site);
    expect([state.status, state.current]).toEqual(['interrupted', 'erase']);
    expect(state.offers.map(({ action }) => action)).not.toContain('advance');
    expect(state.offers.find(({ action }) => action === 'retry')?.confirm).not.toBeNull();
    const started = () => eventsOf(site).filter(({ type }) => type === 'step-started').length;
    const before = started();
    const [runId = ''] = site.runIds;
    expect((await site.command(['resume', runId, '--answers', answers])).status).toBe(5);
    expect(started()).toBe(before);
    const end = await site.command(['resume', runId, '--answers', eraseAgain]);
    expect([0, 3], end.stderr).toContain(end.status);
    expect(await verified(site)).toMatchObject({ ok: true });
  });
});

/** The run's state, as the app opens it. */
async function opened(site: CrashSite): Promise<RunState> {
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
  const { state } = await store.controller(site.runIds[0] ?? '');
  await store.close();
  return state;
}

describe('an undo that is killed', () => {
  let runId = '';
  let whole: readonly RunEvent[] = [];
  /** Events of the undo alone. */
  let undoEvents = 0;
  beforeAll(async () => {
    expect((await model.command(['run', topic, '--target', 'lab', '--answers', answers])).status).toBe(0);
    [runId = ''] = model.runIds;
    const probe = copyOfModel();
    const before = eventsOf(probe).length;
    expect((await probe.command(['undo', runId, '--yes'])).status).toBe(0);
    whole = eventsOf(probe);
    undoEvents = whole.length - before;
    expect(takenBack(whole).length).toBeGreaterThan(1);
  });
  const copyOfModel = () => {
    const site = newSite();
    cpSync(model.data, site.data, { recursive: true, verbatimSymlinks: true });
    return site;
  };
  const takenBack = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'step-undone' && event.ok ? [event.stepId] : []));

  test.each(['torn', 'synced'] as const)('at writes to its journal (%s) goes on from where it stood', async (phase) => {
    let killed = 0;
    const writes = spread(
      Array.from({ length: undoEvents }, (_, index) => index + 1),
      4,
    );
    for (const write of writes) {
      const site = copyOfModel();
      const moment: Moment = { write, phase };
      const first = await site.command(['undo', runId, '--yes'], moment);
      if (first.signal === 'SIGKILL') killed++;
      const done = takenBack(eventsOf(site));
      expect(done, `write ${write}`).toEqual(takenBack(whole).slice(0, done.length));
      if (first.signal === 'SIGKILL' && !eventsOf(site).some(({ type }) => type === 'undo-ended')) {
        // Opened, it says where it stands and does nothing.
        const before = eventsOf(site).length;
        const state = await opened(site);
        expect(
          state.offers.map(({ action }) => action),
          `write ${write}: ${state.says}`,
        ).toContain('undo');
        expect(takenBack(eventsOf(site).slice(before))).toEqual([]);
        const again = await site.command(['undo', runId, '--yes']);
        expect(again.status, `write ${write}: ${again.stderr}`).toBe(0);
      }
      // Everything that can be undone was, once and in order; the step that was cut off may say so twice.
      expect(takenBack(eventsOf(site)), `write ${write}`).toEqual(takenBack(whole));
      expect((await opened(site)).status).toBe('undone');
      expect(await verified(site), `write ${write}`).toMatchObject({ ok: true, findings: [] });
      site.remove();
    }
    expect(killed).toBeGreaterThan(writes.length - 3);
  });
});
