/** A procedure of several days on one machine: it is left between two systems, exported, and continued on another workstation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { KeyRing } from '../keys/key-ring.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-rested-'));
const workstations: Rehearsal[] = [];
const workstation = () => {
  const one = new Rehearsal();
  workstations.push(one);
  return one;
};
afterEach(async () => {
  for (const one of workstations.splice(0)) await one.end();
  rmSync(folder, { recursive: true, force: true });
});

it('three systems on an iBook: two are installed here, the third there, and what is done stays done', { timeout: 600_000 }, async () => {
  const here = workstation();
  let state = await here.start('clamshell-triple-boot');
  while (state.current !== 'install-debian') state = await here.take(state, offerOf(state, 'advance'));
  const { runId } = state;
  const done = state.steps.filter(({ status }) => status === 'done').map(({ id }) => id);
  await here.api.runs.leave({ runId });
  const file = path.join(folder, 'ibook.wbrun');
  await here.api.transcripts.export({ runId, format: 'bundle', out: file });

  const there = workstation();
  state = await there.api.runs.import({ path: file, key: new KeyRing(here.data).signing.fingerprint });
  expect(state).toMatchObject({ runId, status: 'waiting', current: 'install-debian' });
  expect(state.steps.filter(({ status }) => status === 'done').map(({ id }) => id)).toEqual(done);
  expect(done).toEqual(expect.arrayContaining(['partition', 'install-tiger', 'os9']));
  state = await there.advanceWhileWell(state);
  expect(state.says).toBe('Done and verified.');
  expect(await there.api.transcripts.verify({ runId })).toMatchObject({ ok: true });
});
