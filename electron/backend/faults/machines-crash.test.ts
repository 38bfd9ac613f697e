/**
 * A run on two machines is killed at every write to its journal, on its way there and on its way back. What was done on each machine is
 * whole, nothing is repeated by itself, nothing of one machine is ever on the other, and the run goes on, or back, from where it was cut off.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { spread } from '../../../shared/rounds.test-kit.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { readJournal } from '../runs/journal.ts';
import { twoMachineRun } from '../runs/two-machines.test-kit.ts';
import { bundleProgram } from './child-program.test-kit.ts';
import { CrashSite, type Moment, type Phase } from './crash.test-kit.ts';

const phases: readonly Phase[] = ['torn', 'synced'];
let program = '';
let journalWrites = 0;

beforeAll(async () => {
  program = await bundleProgram(path.join(import.meta.dirname, 'machines-crash.test-program.ts'), 'cjs');
  const { site, folder } = await beginRun();
  const whole = await site.command([folder, 'undo']);
  expect([whole.status, whole.stderr]).toEqual([0, '']);
  journalWrites = readJournal(folder).events.length - 1;
  site.remove();
}, 600_000);

test.each(phases)(
  'killed at writes to its journal (%s)',
  async (phase) => {
    let killed = 0;
    const writes = spread(
      Array.from({ length: journalWrites }, (_, index) => index + 1),
      6,
    );
    for (const [round, write] of writes.entries()) killed += Number(await crash({ write, phase }, round % 2 === 0));
    expect(killed).toBeGreaterThan(writes.length / 2); // some events are written together
  },
  600_000,
);

const fresh: Readonly<Record<string, string>> = {
  'client/root/etc/conf': 'client old\n',
  'client/root/etc/log': 'first\n',
  'proxy/root/etc/conf': 'proxy old\n',
  'proxy/root/etc/log': 'first\n',
};

async function beginRun() {
  const site = new CrashSite(program);
  const folder = path.join(site.data, 'runs', '20260101-000000-small');
  const lab = path.join(folder, 'lab');
  mkdirSync(path.join(lab, 'tmp'), { recursive: true }); // the session's own, which it would make
  for (const [name, text] of Object.entries(fresh)) {
    mkdirSync(path.dirname(path.join(lab, name)), { recursive: true });
    writeFileSync(path.join(lab, name), text, { mode: 0o600 });
  }
  await twoMachineRun(undefined, { folder }).leave();
  return { site, folder, lab };
}

/** Whether it was killed. `back`: what is left of it is taken back; else it goes on to its end first. */
async function crash(moment: Moment, back: boolean): Promise<boolean> {
  const { site, folder, lab } = await beginRun();
  const about = `${JSON.stringify(moment)} ${site.folder}`;
  const before = treeContents(lab);
  const { signal } = await site.command([folder, 'undo'], moment);
  // The session's shell ends when its terminal is gone, and when what it waits for is done.
  const temporary = () =>
    readdirSync(lab, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('.wrenchbook-'))
      .join();
  await expect.poll(temporary, { message: about, timeout: 600_000 }).toBe('');
  const text = (name: string) => readFileSync(path.join(lab, name), 'utf8');
  expect(['first\n', 'first\nask\n'], about).toContain(text('client/root/etc/log'));
  expect(['first\n', 'first\nanswer\n'], about).toContain(text('proxy/root/etc/log'));
  for (const machine of ['client', 'proxy']) expect([`${machine} old\n`, `${machine} new\n`], about).toContain(text(`${machine}/root/etc/conf`));

  const begun = () => readJournal(folder).events.filter(({ type }) => type === 'step-started' || type === 'step-undo-started').length;
  const wasBegun = begun();
  const run = twoMachineRun(undefined, { folder });
  expect(begun(), `${about}: nothing is repeated by itself`).toBe(wasBegun);
  const undoBegun = readJournal(folder).events.some(({ type }) => type === 'undo-started');
  if (!back && !undoBegun) {
    for (let round = 0; run.state.status !== 'done' && round < 12; round++) {
      const offer = run.state.offers.find(({ action }) => action === 'advance' || action === 'retry');
      if (offer) await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
    }
    expect([run.state.status, run.state.says], about).toEqual(['done', 'Done and verified.']);
    expect([text('client/root/etc/log'), text('proxy/root/etc/log')], about).toEqual(['first\nask\n', 'first\nanswer\n']);
  }
  if (run.state.offers.some(({ action, id }) => action === 'undo' && id === '')) await run.act((controller) => controller.undo(''));
  expect(treeContents(lab), about).toEqual(before);
  await run.leave();
  site.remove();
  return signal === 'SIGKILL';
}
