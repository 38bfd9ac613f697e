/** A fleet run as a signed bundle: what is in it, that any changed file is named, and that nothing changed is handed out. ansible-playbook is simulated. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { carrierPair } from '../../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../../shared/wire/client.ts';
import { type Backend, createBackend } from '../../backend.ts';
import { writeSmallPlaybook } from '../small-playbook.test-kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-bundle-'));
const secret = 'quokka-flight';
let data = '';
let backend: Backend;
let api: ReturnType<typeof makeApi>;
let runId = '';
let bundle = '';
let count = 0;

beforeAll(async () => {
  vi.stubEnv('PATH', `${path.resolve('e2e/simulated-ansible')}:${process.env.PATH}`);
  data = path.join(folder, 'data');
  backend = createBackend({ dataFolder: data, assetsFolder: path.resolve('assets'), version: 'test', log: () => undefined });
  const [here, there] = carrierPair();
  backend.serve(there, 'cli');
  api = makeApi(makeClient(here).call);
  runId = await prepared('web1 odd2');
  await attempt('apply');
  await attempt('retry');
  bundle = path.join(folder, `${runId}.wbrun`);
  await api.fleets.export({ runId, format: 'bundle', out: bundle });
});
afterAll(async () => {
  await backend.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function prepared(hosts: string): Promise<string> {
  const playbook = writeSmallPlaybook(mkdtempSync(path.join(folder, 'playbook-')));
  return (await api.fleets.prepareFolder({ folder: playbook, sources: [{ kind: 'list', text: hosts }] })).state.runId;
}
async function attempt(kind: 'apply' | 'retry'): Promise<void> {
  await api.fleets.start({ runId, kind, secrets: { db_password: secret } });
  await vi.waitFor(async () => expect((await api.fleets.get({ runId })).live).toBe('no'), { timeout: 60_000, interval: 50 });
}
const inside = (name: string, of = runId) => path.join(data, 'fleets', of, name);
function unpacked(file: string): string {
  const where = mkdtempSync(path.join(folder, 'unpacked-'));
  execFileSync('tar', ['-xf', file, '-C', where]);
  return where;
}
/** A copy of the bundle with one byte of a file in it changed, at the place where `text` is. */
function tampered(name: string, text: string): string {
  const bytes = Buffer.from(readFileSync(bundle));
  const content = readFileSync(path.join(unpacked(bundle), name));
  const [at, within] = [bytes.indexOf(content), content.indexOf(text)];
  expect([at > 0, within >= 0], `${text} in ${name}`).toEqual([true, true]);
  bytes[at + within] = (bytes[at + within] ?? 0) ^ 1;
  const file = path.join(folder, `tampered-${count++}.wbrun`);
  writeFileSync(file, bytes);
  return file;
}

describe('the signed bundle of a fleet run', () => {
  it('holds all of it, is checked by the command for bundles, and has no secret in it', async () => {
    const verified = await api.transcripts.verifyFile({ path: bundle });
    expect(verified).toMatchObject({ ok: true, findings: [], runId, kind: 'fleet' });
    expect(verified.signed?.events).toBe(readFileSync(inside('journal.jsonl'), 'utf8').trimEnd().split('\n').length);
    const where = unpacked(bundle);
    const own = ['events-1.jsonl', 'events-2.jsonl', 'journal.jsonl', 'limit-1.txt', 'limit-2.txt', 'playbook', 'recording.cast', 'seal.json'];
    expect(readdirSync(where)).toEqual(expect.arrayContaining(own));
    expect(readdirSync(path.join(where, 'playbook')).sort()).toEqual(['inventory.yml', 'roles', 'site.yml', 'undo.yml', 'wrenchbook.json']);
    for (const name of own.filter((each) => each !== 'playbook')) expect(readFileSync(path.join(where, name))).toEqual(readFileSync(inside(name)));
    expect(readFileSync(bundle).includes(secret)).toBe(false);
  });

  it.each([
    ['journal.jsonl', '"fleet-created"', "event 0 can't be read"],
    ['journal.jsonl', 'odd2', 'journal.jsonl was changed'],
    ['events-1.jsonl', 'odd2', 'events-1.jsonl was changed'],
    ['events-2.jsonl', 'odd2', 'events-2.jsonl was changed'],
    ['playbook/site.yml', 'hosts', 'playbook/site.yml was changed'],
    ['playbook/inventory.yml', 'web1', 'playbook/inventory.yml was changed'],
    ['playbook/roles/small/tasks/main.yml', 'uname', 'playbook/roles/small/tasks/main.yml was changed'],
    ['recording.cast', 'attempt 1', 'the recording was changed or swapped'],
    ['seal.json', 'seq', 'seal.json was changed'],
  ])('with one byte of %s changed at %s is refused: %s', async (name, text, finding) => {
    const { ok, findings } = await api.transcripts.verifyFile({ path: tampered(name, text) });
    expect([ok, findings.join('\n')]).toEqual([false, expect.stringContaining(finding)]);
  });

  it('is checked by hand with the commands of its VERIFY.md, which notice a changed playbook', () => {
    const where = unpacked(bundle);
    const page = readFileSync(path.join(where, 'VERIFY.md'), 'utf8');
    const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block).slice(1);
    const follow = (block: string, cwd: string) => spawnSync('sh', ['-e'], { cwd, input: block, encoding: 'utf8' });
    const missing = ['jq', 'sha256sum', 'ssh-keygen'].filter((name) => spawnSync(name, ['--version']).error);
    if (missing.length > 0) console.log(`VERIFY.md is not followed: this machine has no ${missing.join(', ')}.`);
    else {
      expect(page).toContain(`fleet run \`${runId}\``);
      for (const block of blocks) expect(follow(block, where).status, block).toBe(0);
      expect(follow(blocks.at(-1) ?? '', where).stdout).toMatch(/fleet-created[\s\S]*attempt-started[\s\S]*result {2}odd2/);
      const changed = mkdtempSync(path.join(folder, 'changed-'));
      cpSync(where, changed, { recursive: true });
      appendFileSync(path.join(changed, 'playbook/site.yml'), '#');
      expect(blocks.filter((block) => follow(block, changed).status !== 0)).toHaveLength(2);
    }
  });

  it('is not imported: a fleet run is continued where it was begun', async () => {
    await expect(api.runs.import({ path: bundle })).rejects.toMatchObject({ code: 'bad-parameters', message: expect.stringContaining('fleet runs are not') });
    expect(existsSync(path.join(data, 'runs', runId))).toBe(false);
  });

  it('is sealed whole before anything was run, too', async () => {
    const planned = await prepared('db1');
    const out = path.join(folder, 'planned.wbrun');
    await api.fleets.export({ runId: planned, format: 'bundle', out });
    expect(await api.transcripts.verifyFile({ path: out })).toMatchObject({ ok: true, runId: planned });
    expect(existsSync(path.join(unpacked(out), 'seal.json.sig'))).toBe(true);
    expect((await api.fleets.verify({ runId: planned })).findings).toEqual([]);
  });

  it.each([
    ['journal.jsonl', '"changed":false', '"changed":true'],
    ['events-1.jsonl', '"changed":false', '"changed":true'],
    ['playbook/site.yml', 'hosts: all', 'hosts: any'],
  ])('is not made of a fleet run whose %s was changed', async (name, from, to) => {
    const before = readFileSync(inside(name), 'utf8');
    expect(before).toContain(from);
    writeFileSync(inside(name), before.replace(from, to));
    const out = path.join(folder, 'never.wbrun');
    try {
      await expect(api.fleets.export({ runId, format: 'bundle', out })).rejects.toMatchObject({ code: 'not-intact' });
      expect(existsSync(out)).toBe(false);
    } finally {
      writeFileSync(inside(name), before);
    }
    mkdirSync(path.join(folder, 'again'), { recursive: true });
    await api.fleets.export({ runId, format: 'bundle', out: path.join(folder, 'again', path.basename(name)) });
  });

  it('is made of an archived one as well', async () => {
    const plan = await api.storage.plan({ choice: { action: 'archive', runIds: [runId] } });
    expect((await api.storage.clean({ planId: plan.planId, ...(plan.confirm === null ? {} : { confirmation: plan.confirm }) })).skipped).toEqual([]);
    const out = path.join(folder, 'archived.wbrun');
    await api.fleets.export({ runId, format: 'bundle', out });
    expect(await api.transcripts.verifyFile({ path: out })).toMatchObject({ ok: true, runId });
    await api.fleets.export({ runId, format: 'markdown', out: path.join(folder, 'archived.md') });
    expect(readFileSync(path.join(folder, 'archived.md'), 'utf8')).toContain('| Record | intact');
  });
});
