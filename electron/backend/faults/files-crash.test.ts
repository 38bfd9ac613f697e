/**
 * A run that changes several files at once is killed at every write to its journal and between any two files. Each file is the old
 * one or the new one, whole; the run opens as interrupted, goes on with the rest, and is taken back to the tree as it was.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rounds, spread } from '../../../shared/rounds.test-kit.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { allSites, siteText } from '../edits/files-topic.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';
import { bundleProgram } from './child-program.test-kit.ts';
import { CrashSite, type Moment, type Phase } from './crash.test-kit.ts';

const sites = 4;
const phases: readonly Phase[] = ['torn', 'synced'];
const numbers = Array.from({ length: sites }, (_, number) => number);
let program = '';
let journalWrites = 0;

beforeAll(async () => {
  program = await bundleProgram(path.join(import.meta.dirname, 'files-crash.test-program.ts'), 'cjs');
  const { site, folder } = await beginRun();
  const whole = await site.command([folder]);
  expect([whole.status, whole.stderr]).toEqual([0, '']);
  journalWrites = readJournal(folder).events.length - 1;
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
    for (const write of writes) killed += Number((await crash({ write, phase })).killed);
    expect(killed).toBeGreaterThan(writes.length - 4); // some events are written together
  },
  600_000,
);

test.each([1, 2, 3])(
  'killed when %d of 4 files are written',
  async (most) => {
    const ends = [];
    for (let round = 0; round < rounds({ test: 1, soak: 3 }); round++) ends.push(await crash(undefined, String(most)));
    expect(ends.every(({ killed }) => killed)).toBe(true);
    expect(ends.some(({ written }) => written >= most && written < sites)).toBe(true);
  },
  120_000,
);

async function beginRun() {
  const site = new CrashSite(program);
  const folder = path.join(site.data, 'runs', '20260101-000000-small');
  const lab = path.join(folder, 'lab');
  const fileOf = (number: number) => path.join(lab, `root/etc/sites/${number}.conf`);
  mkdirSync(path.dirname(fileOf(0)), { recursive: true });
  mkdirSync(path.join(lab, 'tmp')); // the session's own, which it would make
  for (const number of numbers) writeFileSync(fileOf(number), siteText(number, 'old'), { mode: 0o604 });
  await new SmallRun([allSites], folder).leave();
  return { site, folder, lab, fileOf };
}

async function crash(moment?: Moment, most = ''): Promise<{ killed: boolean; written: number }> {
  const { site, folder, lab, fileOf } = await beginRun();
  const about = `${JSON.stringify(moment)} ${most} ${site.folder}`;
  const before = treeContents(lab);
  const { signal } = await site.command([folder, most], moment);
  // The session's shell ends when its terminal is gone, and when what it waits for is done.
  const temporary = () =>
    readdirSync(lab, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.wrenchbook-'))
      .join();
  await expect.poll(temporary, { message: about, timeout: 600_000 }).toBe('');
  const texts = numbers.map((number) => readFileSync(fileOf(number), 'utf8'));
  for (const [number, text] of texts.entries())
    expect([siteText(number, 'old'), siteText(number, 'new')].includes(text), `${about}: file ${number} is whole`).toBe(true);

  const events = () => readJournal(folder).events.filter(({ type }) => type === 'step-started').length;
  const begun = events();
  const run = new SmallRun([allSites], folder);
  expect(events(), `${about}: nothing is repeated by itself`).toBe(begun);
  const known = run.opened.record.edits.get('sites');
  for (const [number, text] of texts.entries())
    if (text === siteText(number, 'new'))
      expect(known?.has(`/etc/sites/${number}.conf`), `${about}: file ${number} was known before it was written`).toBe(true);
  const written = texts.filter((text, number) => text === siteText(number, 'new')).length;
  if (signal === 'SIGKILL' && written > 0 && written < sites) expect(run.state.status, about).toBe('interrupted');
  // One half of the time it is taken back as it stands.
  if (begun % 2 === 0 || written === 0)
    for (let round = 0; run.state.status !== 'done' && round < 10; round++) {
      const offer = run.state.offers.find(({ action }) => action === 'advance' || action === 'retry');
      if (offer) await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
    }
  if (begun % 2 === 0 || written === 0) {
    expect([run.state.status, run.state.says], about).toEqual(['done', 'Done and verified.']);
    for (const number of numbers) expect(readFileSync(fileOf(number), 'utf8') === siteText(number, 'new'), about).toBe(true);
  }
  await run.act((controller) => controller.undo(''));
  expect([run.state.status, treeContents(lab)], about).toEqual(['undone', before]);
  await run.leave();
  site.remove();
  return { killed: signal === 'SIGKILL', written };
}
