/**
 * A run that edits files is killed at writes to its journal and at random instants, most of them while the file
 * travels. The file is the old one or the new one, whole; the run goes on, and is taken back to the tree as it was.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rounds, spread } from '../../../shared/rounds.test-kit.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { largeEdit, largeText } from '../edits/edit-topic.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';
import { bundleProgram } from './child-program.test-kit.ts';
import { CrashSite, type Moment, type Phase } from './crash.test-kit.ts';

const randomInstants = rounds({ test: 6, soak: 80 });
const phases: readonly Phase[] = ['before', 'torn', 'written', 'synced'];
const [old, wanted] = [largeText(1), largeText(2)];
let program = '';
let journalWrites = 0;
let runMs = 0;

beforeAll(async () => {
  program = await bundleProgram(path.join(import.meta.dirname, 'edit-crash.test-program.ts'), 'cjs');
  const { site, folder } = await beginRun();
  const whole = await site.command([folder]);
  expect([whole.status, whole.stderr]).toEqual([0, '']);
  journalWrites = readJournal(folder).events.length - 1;
  runMs = whole.ms;
  site.remove();
});

test.each(phases)(
  'killed at writes to its journal (%s)',
  async (phase) => {
    let killed = 0;
    const writes = spread(
      Array.from({ length: journalWrites }, (_, index) => index + 1),
      5,
    );
    for (const write of writes) killed += Number(await crash({ write, phase }));
    expect(killed).toBeGreaterThan(writes.length - 4); // some events are written together
  },
  600_000,
);

test(`killed at ${randomInstants} random instants`, async () => {
  let killed = 0;
  for (let round = 0; round < randomInstants; round++) killed += Number(await crash({ afterMs: (0.2 + 0.8 * Math.random()) * runMs }));
  expect(killed).toBeGreaterThan(randomInstants / 4);
}, 600_000);

async function beginRun() {
  const site = new CrashSite(program);
  const folder = path.join(site.data, 'runs', '20260101-000000-small');
  const file = path.join(folder, 'lab/root/etc/app/app.conf');
  mkdirSync(path.dirname(file), { recursive: true });
  mkdirSync(path.join(folder, 'lab/tmp')); // the session's own, which it would make
  writeFileSync(file, old);
  chmodSync(file, 0o604);
  await new SmallRun(largeEdit, folder).leave();
  return { site, folder, file };
}

/** Resolves with whether it was killed before its end. */
async function crash(moment: Moment): Promise<boolean> {
  const { site, folder, file } = await beginRun();
  const about = `${JSON.stringify(moment)} ${site.folder}`;
  const lab = path.join(folder, 'lab');
  const before = treeContents(lab);
  const { signal, stderr } = await site.command([folder], moment);
  // The session's shell ends when its terminal is gone, and when what it waits for (a sync of a busy disk) is done.
  const temporary = () =>
    readdirSync(lab, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.wrenchbook-'))
      .join();
  await expect.poll(temporary, { message: about, timeout: 600_000 }).toBe('');
  const content = readFileSync(file, 'utf8');
  expect([old, wanted].includes(content), `${about} ${stderr}: the file is whole`).toBe(true);
  expect(statSync(file).mode & 0o777, about).toBe(0o604);

  const started = () => readJournal(folder).events.filter(({ type }) => type === 'step-started').length;
  const startedBefore = started();
  const run = new SmallRun(largeEdit, folder);
  expect(started(), `${about}: nothing is repeated by itself`).toBe(startedBefore);
  expect(readFileSync(file, 'utf8'), about).toBe(content);
  for (let round = 0; run.state.status !== 'done' && round < 10; round++) {
    const offer = run.state.offers.find(({ action }) => action === 'advance' || action === 'retry');
    if (offer) await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
  }
  expect([run.state.status, run.state.says], about).toEqual(['done', 'Done and verified.']);
  expect(readFileSync(file, 'utf8') === wanted, about).toBe(true);
  expect(existsSync(path.join(path.dirname(file), 'on.conf')), about).toBe(true);
  await run.act((controller) => controller.undo(''));
  expect([run.state.status, treeContents(lab)], about).toEqual(['undone', before]);
  await run.leave();
  site.remove();
  return signal === 'SIGKILL';
}
