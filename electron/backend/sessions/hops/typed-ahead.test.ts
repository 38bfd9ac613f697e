/** A page that is fully hostile types while a way is being gone, over real ssh and sudo: nothing of it is run, and it is told. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isUnderWay, type RunState } from '../../../../shared/api/run.ts';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { carrierPair } from '../../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../../shared/wire/client.ts';
import { ScratchMachine, whyNoScratchMachine } from '../../real/scratch-machine.test-kit.ts';
import { filesWith } from '../../redaction/canary-watch.test-kit.ts';

vi.mock('../../../../shared/topics/index.ts', async () => ({ topics: (await import('../../../cli/remote-topics.test-program.ts')).topics }));
const { createBackend } = await import('../../backend.ts');

if (whyNoScratchMachine) console.log(`Typing ahead on the way is not tried: ${whyNoScratchMachine}.`);

/** A login that takes as long as the test wants: until /tmp/in is there. */
const setUp = `
printf 'wren, slow ALL=(ALL) NOPASSWD: ALL\\n' >>/etc/sudoers
useradd -m -s /bin/bash slow; printf 'slow:sesame\n' | chpasswd; cp /etc/wrench-keys/wren /etc/wrench-keys/slow
printf 'touch /tmp/logging-in; until [ -e /tmp/in ]; do sleep 0.05; done\\n' >/home/slow/.bashrc
`;

describe.skipIf(whyNoScratchMachine)('a page that types while root is being taken', () => {
  let machine: ScratchMachine;
  let folder = '';
  let backend: ReturnType<typeof createBackend>;
  let client: ReturnType<typeof makeClient>;
  let api: ReturnType<typeof makeApi>;
  const there = (name: string) => path.join(machine.root, 'tmp', name);
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp);
    machine.know();
  });
  afterAll(() => machine?.stop());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-ahead-'));
    backend = createBackend({ dataFolder: folder, assetsFolder: path.resolve('assets'), version: 'test', sshConfig: machine.configFile, log: () => undefined });
    const [here, other] = carrierPair();
    backend.serve(other, 'window');
    client = makeClient(here);
    api = makeApi(client.call);
  });
  afterEach(async () => {
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Resolves with the state in which it stands again. */
  const advance = (runId: string, stepId: string): Promise<RunState> =>
    new Promise((resolve, reject) => {
      let begun = false;
      const off = client.on('runs.changed', (state) => {
        if (state.runId !== runId) return;
        begun ||= isUnderWay(state.status);
        if (!begun || isUnderWay(state.status)) return;
        off();
        api.runs.get({ runId }).then(resolve, reject);
      });
      api.runs.advance({ runId, stepId }).catch(reject);
    });
  const start = (user: string) => api.runs.start({ topicId: 'needs-root', target: { kind: 'ssh', host: 'machine', user, root: 'sudo' }, parameters: {} });
  const flood = (type: () => Promise<unknown>, everyMs: number) => {
    const timer = setInterval(() => void type().catch(() => undefined), everyMs);
    return () => clearInterval(timer);
  };

  it.each([1, 5, 20])('in a run, every %d ms: no line of it is run, whoever it would be as', async (everyMs) => {
    for (let round = 0; round < rounds({ test: 2, soak: 60 }); round++) {
      const { runId } = await start('wren');
      const mark = there(`typed-${everyMs}-${round}`);
      const end = flood(() => api.terminal.write({ runId, data: `id -un >>/tmp/typed-${everyMs}-${round}\n` }), everyMs);
      for (const stepId of ['who', 'rooted']) expect((await advance(runId, stepId)).steps.find(({ id }) => id === stepId)?.status).toBe('done');
      end();
      const { entries } = await api.transcripts.get({ runId });
      await api.runs.leave({ runId });
      expect(existsSync(mark)).toBe(false);
      expect(entries.filter(({ text }) => /Keys were typed while Wrenchbook was connecting \(ssh to machine\)/.test(text))).toHaveLength(1);
    }
  });

  it('in a trial of a target, of which there is no record: nothing reaches a shell', async () => {
    const { id } = await api.targets.add({ name: 'm', connection: { kind: 'ssh', host: 'machine' }, root: 'sudo', group: '', tags: [], note: '' });
    for (let round = 0; round < rounds({ test: 3, soak: 100 }); round++) {
      const ended = new Promise<string>((resolve) => {
        const off = client.on('trials.changed', ({ status }) => {
          if (status === 'running') return;
          off();
          resolve(status);
        });
      });
      const { trialId } = await api.trials.start({ targetId: id });
      const end = flood(() => api.trials.write({ trialId, data: `id -un >>/tmp/trial-${round}\n` }), 4);
      expect(await ended).toBe('ok');
      end();
      expect(existsSync(there(`trial-${round}`))).toBe(false);
    }
  });

  it('as a person who types ahead during a slow login: it is not run, not kept, and said', async () => {
    const { runId } = await start('slow');
    const ended = advance(runId, 'who');
    await expect.poll(() => existsSync(there('logging-in')), { interval: 20, timeout: 20_000 }).toBe(true);
    await api.terminal.write({ runId, data: 'touch /tmp/typed-ahead # hunter2secret\r' });
    machine.asRoot('touch /tmp/in');
    const state = await ended;
    expect(state.steps[0]?.status, state.trouble?.message).toBe('done');
    const { entries } = await api.transcripts.get({ runId });
    expect(entries.filter(({ text }) => /Keys were typed while Wrenchbook was connecting/.test(text))).toHaveLength(1);
    expect(existsSync(there('typed-ahead'))).toBe(false);
    await api.runs.leave({ runId });
    expect(filesWith(['hunter2secret'], folder)).toEqual([]);
  });
});
