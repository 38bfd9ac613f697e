/** Fleet runs in the list of runs, its search, the sizes, the archive and what is deleted. ansible-playbook is simulated. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RetentionAction } from '../../../shared/api/storage.ts';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../shared/wire/client.ts';
import { type Backend, createBackend } from '../backend.ts';
import { snapshot } from '../retention/resting-run.test-kit.ts';
import { writeSmallPlaybook } from './small-playbook.test-kit.ts';

let data = '';
let playbook = '';
let backend: Backend;
let api: ReturnType<typeof makeApi>;
beforeEach(() => {
  vi.stubEnv('PATH', `${path.resolve('e2e/simulated-ansible')}:${process.env.PATH}`);
  data = mkdtempSync(path.join(tmpdir(), 'wb-fleet-runs-'));
  playbook = writeSmallPlaybook(path.join(data, 'playbook'));
  backend = createBackend({ dataFolder: data, assetsFolder: path.resolve('assets'), version: 'test', log: () => undefined });
  const [here, there] = carrierPair();
  backend.serve(there, 'cli');
  api = makeApi(makeClient(here).call);
});
afterEach(async () => {
  await backend.close();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

/** Resolves with its id when it has come to its end. */
async function fleet(hosts: string, run = true): Promise<string> {
  const { state } = await api.fleets.prepareFolder({ folder: playbook, sources: [{ kind: 'list', text: hosts }] });
  const { runId } = state;
  if (run) {
    await api.fleets.start({ runId, kind: 'apply', secrets: { db_password: 'quokka-flight' } });
    await expect.poll(async () => (await api.fleets.get({ runId })).live, { timeout: 60_000 }).toBe('no');
  }
  return runId;
}
const found = async (text: string) => {
  await expect.poll(async () => (({ indexed, of }) => of - indexed)(await api.runs.search({ text: '', limit: 1, offset: 0 })), { timeout: 60_000 }).toBe(0);
  return (await api.runs.search({ text, limit: 10, offset: 0 })).hits.map(({ run }) => run);
};
const byHand = async (action: RetentionAction, runId: string) => {
  const plan = await api.storage.plan({ choice: { action, runIds: [runId] } });
  return { plan, ...(await api.storage.clean({ planId: plan.planId, ...(plan.confirm === null ? {} : { confirmation: plan.confirm }) })) };
};
const folder = (runId: string) => path.join(data, 'fleets', runId);

it('are listed with their hosts, and found by title and by the name of a host', async () => {
  const [done, failed] = [await fleet('db1 db2'), await fleet('web1 odd2')];
  await expect.poll(async () => (await found('')).map(({ status }) => status).sort(), { timeout: 60_000 }).toEqual(['done', 'failed']);
  expect(await found('odd2')).toEqual([expect.objectContaining({ runId: failed, topicTitle: 'Small', targetLabel: '2 hosts', stepsDone: 1, stepsTotal: 2 })]);
  expect((await found('odd2'))[0]?.fleet?.counts).toMatchObject({ done: 1, failed: 1, unknown: 0 });
  expect((await found('small')).map(({ runId }) => runId).sort()).toEqual([done, failed].sort());
  expect((await api.runs.filters({})).hosts).toEqual([]);
  const usage = await api.storage.usage({});
  expect(usage.runs.count).toBe(2);
  expect(usage.runs.bytes).toBe((await api.storage.runs({ runIds: [done, failed] })).reduce((sum, { bytes }) => sum + bytes, 0));
});

it('are archived, read from the archive, and restored byte for byte', async () => {
  const runId = await fleet('db1');
  const before = snapshot(folder(runId));
  expect((await byHand('archive', runId)).skipped).toEqual([]);
  expect(existsSync(folder(runId))).toBe(false);
  expect((await found('db1')).map((run) => run.runId)).toEqual([runId]);
  expect((await api.fleets.get({ runId })).hostRows.map(({ status }) => status)).toEqual(['done']);
  expect((await api.fleets.verify({ runId })).findings).toEqual([]);
  expect((await api.fleets.get({ runId })).offers).toEqual([]);
  await expect(api.fleets.start({ runId, kind: 'undo' })).rejects.toThrow('is archived');
  await api.storage.restore({ runId });
  expect(snapshot(folder(runId))).toEqual(before);
  expect((await api.fleets.verify({ runId })).findings).toEqual([]);
});

it('are deleted by hand after a confirmation, also with failed hosts, and leave a line in the ledger', async () => {
  const [failed, planned] = [await fleet('odd1'), await fleet('db1', false)];
  for (const runId of [failed, planned]) {
    const { plan, skipped } = await byHand('delete', runId);
    expect([plan.confirm, skipped]).toEqual(['delete 1 run', []]);
    expect(plan.entries[0]?.fleet?.counts.failed).toBe(runId === failed ? 1 : 0);
    expect(existsSync(folder(runId))).toBe(false);
    await expect(api.fleets.get({ runId })).rejects.toThrow('was deleted at');
  }
  const { tombstones, ledger } = await api.storage.log({});
  expect(tombstones.map(({ runId, target, outcome }) => [runId, target, outcome])).toEqual([
    [planned, '1 host', 'waiting'],
    [failed, '1 host', 'failed'],
  ]);
  expect(ledger.findings).toEqual([]);
  expect(await api.fleets.list({})).toEqual([]);
  expect(await found('')).toEqual([]);
});
