/** Looking whether a procedure applies: in the lab, on this machine, and where it can't be told. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { TrialState } from '../../../shared/api/target.ts';
import type { ChosenTarget, ParameterValues } from '../../../shared/api/topic.ts';
import { field, file, type Probe, readings, sh, type Topic } from '../../../shared/topic-kit/index.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { smallTopic } from '../runs/small-run.test-kit.ts';

const known = vi.hoisted(() => ({ topics: [] as Topic[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const parameters = z.object({
  folder: field(z.string().startsWith('/', 'Give an absolute path'), { label: 'Folder', help: 'Where it is.', control: 'text' }),
  other: field(z.string().min(1), { label: 'Other', help: 'Not looked at.', control: 'text' }),
});
const probe: Probe<z.output<typeof parameters>> = {
  looksAt: ['the setting of the daemon'],
  uses: ['folder'],
  script: ({ folder }) => sh`printf 'setting=%s\n' "$(cat ${file(`${folder}/setting`)})"`,
  judge: ({ output }) => {
    const value = readings(output).get('setting') ?? '';
    const findings = [{ label: 'Setting', value, means: 'What the daemon reads.', speaks: value === 'bad' ? ('for' as const) : ('against' as const) }];
    if (value === 'bad') return { verdict: 'affected', because: 'The setting is the bad one.', next: 'Go on.', findings };
    if (value.startsWith('elsewhere '))
      return {
        verdict: 'unknown',
        because: 'It is elsewhere.',
        next: 'Look there.',
        findings,
        proposes: [{ field: 'folder', value: value.slice(10), because: 'It is there.' }],
      };
    if (value === 'good') return { verdict: 'already-fixed', because: 'The setting is good.', next: 'Nothing.', findings };
    return { verdict: 'unknown', because: 'The setting could not be read.', next: 'Look by hand.', findings };
  },
};
const topic = (more: Partial<Topic>): Topic => ({ ...smallTopic([]), labDefaults: { folder: '/etc/daemon', other: 'x' }, ...more, parameters }) as Topic;
const lab = { scenario: '', failures: [], facts: {}, files: () => [{ path: 'root/etc/daemon/setting', content: 'bad\n' }] };

describe.skipIf(process.platform === 'win32')('a look whether a procedure applies', () => {
  let rehearsal: Rehearsal;
  let folder: string;
  beforeEach(() => {
    rehearsal = new Rehearsal();
    folder = mkdtempSync(path.join(tmpdir(), 'wb-probe-'));
    known.topics.splice(
      0,
      9,
      topic({ id: 'small', probe: probe as Probe, lab }),
      topic({ id: 'elsewhere', probe: probe as Probe, systems: { oneOf: [{ os: 'plan9' }] } }),
    );
  });
  afterEach(async () => {
    await rehearsal.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function look(topicId: string, target: ChosenTarget, values: ParameterValues = {}): Promise<TrialState> {
    const { trialId } = await rehearsal.api.probes.start({ topicId, target, parameters: values });
    await expect.poll(async () => (await rehearsal.api.trials.get({ trialId })).status, { timeout: 10_000 }).not.toBe('running');
    return rehearsal.api.trials.get({ trialId });
  }

  it('in the lab leaves nothing behind', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('wrenchbook-look-'));
    const before = folders();
    const { status, stages, facts, probe: found } = await look('small', { kind: 'lab' });
    expect(status).toBe('ok');
    expect(stages.map(({ name }) => name)).toEqual(['shell', 'probe']);
    expect(facts).toBeNull();
    expect(found).toMatchObject({ verdict: 'affected', findings: [{ label: 'Setting', value: 'bad', speaks: 'for' }] });
    await expect.poll(folders).toEqual(before);
  });

  it('on this machine tells what is there, runs what it showed, and wants only the fields that it uses', async () => {
    writeFileSync(path.join(folder, 'setting'), 'good\n');
    const request = { topicId: 'small', target: { kind: 'local' as const }, parameters: { folder } };
    expect((await rehearsal.api.probes.script(request)).script).toContain(`${folder}/setting`);
    const good = await look('small', request.target, request.parameters);
    expect(good.stages.map(({ name }) => name)).toEqual(['shell', 'facts', 'probe']);
    expect(good.probe?.verdict).toBe('already-fixed');
    rmSync(path.join(folder, 'setting'));
    expect((await look('small', request.target, request.parameters)).probe?.verdict).toBe('unknown');
    await expect(rehearsal.api.probes.start({ ...request, parameters: { folder: 'here' } })).rejects.toThrow(/fill in "Folder". Give an absolute path\./);
  });

  it('proposes what it has read only where the form takes that', async () => {
    for (const [read, proposed] of [
      ['/srv/daemon', ['/srv/daemon']],
      ['no path', []],
    ] as const) {
      writeFileSync(path.join(folder, 'setting'), `elsewhere ${read}\n`);
      const { probe: found } = await look('small', { kind: 'local' }, { folder });
      expect([found?.verdict, found?.proposes.map(({ value }) => value)]).toEqual(['unknown', proposed]);
    }
  });

  it('runs nothing on a system that the procedure is not for', async () => {
    const { probe: found, stages, trialId } = await look('elsewhere', { kind: 'local' }, { folder });
    expect(found).toMatchObject({ verdict: 'not-affected', because: expect.stringContaining('this is for plan9') });
    expect(stages.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    expect(Buffer.from((await rehearsal.api.trials.attach({ trialId })).bytes).toString()).toBe('');
    // Where it is for the system, that is where the script shows.
    const run = await look('small', { kind: 'local' }, { folder });
    expect(Buffer.from((await rehearsal.api.trials.attach({ trialId: run.trialId })).bytes).toString()).toContain('setting=');
  });

  describe('of several machines', () => {
    const two = (
      judged: Probe['judge'] = ({ output, exitStatus, machines = {} }) => ({
        verdict: Object.keys(machines).length === 2 ? 'affected' : 'unknown',
        because: Object.entries(machines)
          .map(([id, seen]) => `${id}: ${readings(seen.output).get('setting')} on ${readings(seen.output).get('machine')}`)
          .join(', '),
        next: `${readings(output).size} ${exitStatus}`,
        findings: [],
      }),
    ): Topic => ({
      ...topic({
        id: 'two',
        lab: {
          ...lab,
          files: () => [
            { path: 'root/etc/daemon/setting', content: 'client\n' },
            { machine: 'proxy', path: 'root/etc/daemon/setting', content: 'proxy\n' },
          ],
        },
      }),
      machines: [
        { id: 'client', title: 'Client', purpose: 'asks' },
        { id: 'proxy', title: 'Proxy', purpose: 'answers', optional: true },
      ],
      targets: ['local', 'hand'],
      probe: {
        looksAt: [],
        uses: ['folder'],
        machines: ['client', 'proxy'],
        script: ({ folder: at }, { machine }) => sh`printf 'setting=%s\nmachine=%s\n' "$(cat ${file(`${at}/setting`)})" ${machine ?? ''}`,
        judge: judged,
      } as Probe,
    });

    it('goes from one to the next, and judges them together', async () => {
      known.topics.push(two());
      const { status, stages, probe: found } = await look('two', { kind: 'lab' });
      expect([status, found?.because, found?.next]).toEqual(['ok', 'client: client on client, proxy: proxy on proxy', '2 0']);
      expect(stages.map(({ machine, name, status: at }) => [machine, name, at])).toEqual([
        ['Client (lab)', 'shell', 'ok'],
        ['Client (lab)', 'probe', 'ok'],
        ['Proxy (lab)', 'shell', 'ok'],
        ['Proxy (lab)', 'probe', 'ok'],
      ]);
      const { script } = await rehearsal.api.probes.script({ topicId: 'two', target: { kind: 'lab' }, parameters: {} });
      expect(script.match(/^# .*/gm)).toEqual(['# Client (lab)', '# Proxy (lab)']);
    });

    it('leaves out what takes no part and what is not reached', async () => {
      known.topics.push(two());
      writeFileSync(path.join(folder, 'setting'), 'here\n');
      for (const machines of [{}, { proxy: { kind: 'hand' as const } }]) {
        const { trialId } = await rehearsal.api.probes.start({ topicId: 'two', target: { kind: 'local' }, machines, parameters: { folder } });
        await expect.poll(async () => (await rehearsal.api.trials.get({ trialId })).status, { timeout: 10_000 }).toBe('ok');
        expect((await rehearsal.api.trials.get({ trialId })).probe).toMatchObject({ verdict: 'unknown', because: 'client: here on client' });
      }
      const byHand = { topicId: 'two', target: { kind: 'hand' as const }, machines: { proxy: { kind: 'hand' as const } }, parameters: { folder } };
      await expect(rehearsal.api.probes.start(byHand)).rejects.toThrow(/reaches none of its machines/);
    });
  });

  it('is refused where the procedure can’t tell', async () => {
    known.topics.push(topic({ id: 'blind' }));
    await expect(rehearsal.api.probes.start({ topicId: 'blind', target: { kind: 'lab' }, parameters: {} })).rejects.toThrow(/has no check of its own/);
  });
});
