/** `--like RUN`: what is taken over from an earlier run, and from which. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTopic, topicDetail } from '../backend/topics/topic-registry.ts';
import { parametersLike } from './like-run.ts';

const id = 'openvpn-tap-bridge';

describe('--like', () => {
  let folder = '';
  let runId = '';
  const wrenchbook = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), ...args], {
      env: { ...process.env, WRENCHBOOK_DATA: path.join(folder, 'data'), WRENCHBOOK_LAB_SPEED: '0' },
      encoding: 'utf8',
      input: '',
    });
    return { status, stdout, stderr };
  };
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-like-'));
    const answers = path.join(folder, 'answers.yaml');
    const filled = wrenchbook('run', id, '--print-answers').stdout;
    writeFileSync(answers, filled.replace(/^( +seconds:).*$/m, '$1 7').replace(/^( +multicast:).*$/m, '$1 querier-on'));
    const { status, stdout } = wrenchbook('run', id, '--answers', answers, '--json');
    expect(status).toBe(0);
    runId = JSON.parse(stdout).runId;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('fills in the parameters as that run had them, and those of a file count more', () => {
    const template = wrenchbook('run', id, '--target', 'local', '--print-answers', '--like', runId).stdout;
    expect(template).toMatch(/^ +seconds: "?7"?$/m);
    expect(template).toMatch(/^ +multicast: querier-on$/m);
    const more = path.join(folder, 'more.yaml');
    writeFileSync(more, 'parameters:\n  seconds: 9\n');
    const changed = wrenchbook('run', id, '--target', 'local', '--print-answers', '--like', runId, '--answers', more).stdout;
    expect(changed).toMatch(/^ +seconds: "?9"?$/m);
    expect(changed).toMatch(/^ +multicast: querier-on$/m);
  });

  it('looks again with them', () => {
    const { status, stdout } = wrenchbook('check', id, '--target', 'lab', '--like', runId, '--json');
    expect([status, JSON.parse(stdout).probe.verdict]).toEqual([0, 'affected']);
  });

  it('also from an archived run', () => {
    expect(wrenchbook('storage', 'archive', runId, '--yes').status).toBe(0);
    expect(wrenchbook('run', id, '--target', 'local', '--print-answers', '--like', runId).stdout).toMatch(/^ +multicast: querier-on$/m);
  });

  it('names what is wrong with the run', () => {
    expect(wrenchbook('check', 'xen-citrix-pv', '--target', 'lab', '--like', runId)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`${runId} is a run of ${id}`),
    });
    expect(wrenchbook('check', id, '--target', 'lab', '--like', 'nothing')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('This is not the ID of a run'),
    });
    const gone = '20260101-120000-gone';
    expect(wrenchbook('check', id, '--target', 'lab', '--like', gone)).toMatchObject({ status: 2, stderr: expect.stringContaining(gone) });
  });

  it('takes no secret over, and nothing that the procedure does not ask for any more', async () => {
    const detail = topicDetail(findTopic(id));
    const topic = { ...detail, fields: detail.fields.map((field) => (field.name === 'netdev' ? { ...field, secret: true } : field)) };
    const run = { topicId: id, parameters: { bridge: 'br7', netdev: '‹secret›', former: 'x' } };
    const client = { call: async (method: string) => (method === 'runs.get' ? run : { findings: [], ledgerFindings: [] }) };
    expect(await parametersLike({ client } as unknown as Parameters<typeof parametersLike>[0], topic, 'run')).toEqual({ bridge: 'br7' });
  });
});
