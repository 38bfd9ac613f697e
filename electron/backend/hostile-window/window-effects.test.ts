/**
 * A hostile window has its port and nothing else. A target on which root is one question away is in its reach; it starts what
 * it may start, and meanwhile sends and types whatever it likes. Nothing comes of it on the target or on this machine but
 * what the steps do as they are shown, and what the journal announced.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isUnderWay, type RunState } from '../../../shared/api/run.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import { type MethodName, methods } from '../../../shared/api.ts';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import type { Client } from '../../../shared/wire/client.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { Random } from './random.test-kit.ts';
import { SchemaValues } from './schema-values.test-kit.ts';

vi.mock('../../../shared/topics/index.ts', async () => ({ topics: (await import('../../cli/remote-topics.test-program.ts')).topics }));
const { createBackend } = await import('../backend.ts');
const { carrierPair } = await import('../../../shared/wire/carrier.ts');
const { makeApi, makeClient } = await import('../../../shared/wire/client.ts');

if (whyNoScratchMachine) console.log(`What a hostile window can do to a target is not tried: ${whyNoScratchMachine}.`);

/** Methods a window may call, but for those that this test calls itself, and those that would try this machine. */
const asked = (Object.keys(methods) as MethodName[]).filter(
  (name) =>
    methods[name].servedBy === 'backend' &&
    (methods[name].audience as readonly string[]).includes('window') &&
    !/^(runs\.(start|advance|leave|stop|interrupt)|trials\.(start|cancel)|probes\.start|targets\.(add|edit|remove))$/.test(name),
);
const parentFolders = 'etc root home tmp var/tmp var/spool opt srv usr/local usr/bin usr/sbin';

describe.skipIf(whyNoScratchMachine !== null)('a hostile window with a root target in reach', { timeout: 7_200_000 }, () => {
  let machine: ScratchMachine;
  let base = '';
  let client: Client;
  let close: () => Promise<void> = async () => undefined;
  const seed = Number(process.env.WRENCHBOOK_SEED ?? Date.now() % 1_000_000);
  const random = new Random(seed);
  let marks = 0;

  beforeAll(async () => {
    // Below its files are this machine's, on which others work as root: with a /root of its own, what they do is not seen.
    machine = await ScratchMachine.start(`mount -t tmpfs none /root; printf 'wren ALL=(ALL) NOPASSWD: ALL\\n' >>/etc/sudoers`);
    machine.know();
    base = mkdtempSync(path.join(tmpdir(), 'wb-window-'));
    const backend = createBackend({
      dataFolder: path.join(base, 'data'),
      assetsFolder: path.resolve('assets'),
      version: 'x',
      sshConfig: machine.configFile,
      log: () => undefined,
    });
    const [here, there] = carrierPair();
    backend.serve(there, 'window');
    client = makeClient(here);
    close = () => backend.close();
    machine.asRoot('sleep 1; touch /dev/shm/stamp; sleep 1');
  }, 600_000);
  afterAll(async () => {
    await close();
    await machine?.stop();
    rmSync(base, { recursive: true, force: true });
  });

  /** One finding is enough; the next test begins without it. */
  afterEach(() => {
    const name = path.basename(base);
    machine.asRoot(`rm -f /tmp/${name}-trap-*`);
    for (const file of readdirSync(path.dirname(base))) if (file.startsWith(`${name}-trap-`)) rmSync(path.join(path.dirname(base), file));
  });

  /** Makes a file on whichever machine it is run. */
  const trap = () => `touch ${base}-trap-${++marks}`;
  /** Keys that end the way (Ctrl-C, Ctrl-D) are for some rounds only: a way that has ended is no way to root. */
  const typed = (plain: boolean): string => {
    const command = trap();
    if (plain) return random.pick([`${command}\n`, `\n${command}\n`, `run\n${command}\nend\n`, `${command} &\n`]);
    return random.pick([`';${command};'\n`, `$(${command})\n`, `\u0003${command}\r`, `${command} & exit\n`, `\u0004${command}\n`, `\u001b[201~${command}\n`]);
  };

  /** Sends what comes to mind until `over`; the answers do not matter, what comes of them does. */
  async function harass(ids: { runId: string; trialId: string }, plain: boolean, over: () => boolean): Promise<void> {
    const values = new SchemaValues(random, (member) =>
      member === 'runId'
        ? [ids.runId]
        : member === 'trialId'
          ? [ids.trialId]
          : member === 'data'
            ? [typed(plain), typed(plain)]
            : member === 'target'
              ? [{ kind: 'hand' }, { kind: 'book', id: 'constructor' }]
              : [],
    );
    while (!over()) {
      const method = random.chance(0.6) ? (ids.trialId ? 'trials.write' : 'terminal.write') : random.pick(asked);
      const input =
        method === 'terminal.write'
          ? { runId: ids.runId, data: typed(plain) }
          : method === 'trials.write'
            ? { trialId: ids.trialId, data: typed(plain) }
            : values.of(methods[method].input);
      await client.call(method, input).catch(() => undefined);
      // A person's pace, or a program's: a flood would only fill the terminal's own buffer.
      await new Promise((resolve) => setTimeout(resolve, random.below(40)));
    }
  }

  const settled = <T extends RunState | TrialState>(event: 'runs.changed' | 'trials.changed', fits: (state: T) => boolean): Promise<T> =>
    new Promise((resolve) => {
      const stop = client.on(event, (state) => {
        if (!fits(state as T)) return;
        stop();
        resolve(state as T);
      });
    });

  /** What is there that was not: traps, other files, and processes that outlived their session. */
  function effects(): { here: string[]; there: string; processes: string } {
    const name = path.basename(base);
    return {
      here: readdirSync(path.dirname(base)).filter((file) => file.startsWith(`${name}-trap`)),
      there: machine.asRoot(`cd /; find ${parentFolders} -newer /dev/shm/stamp ! -type d ! -name '.bash_history' 2>/dev/null | sort | head -20`).trim(),
      processes: machine.asRoot(`ps -eo args 2>/dev/null | grep -- '-trap-[0-9]' | grep -v grep || :`).trim(),
    };
  }
  const none = { here: [], there: '', processes: '' };

  it('notices an effect', () => {
    machine.asRoot(`touch /tmp/${path.basename(base)}-trap-0`);
    expect(effects().there).toContain('-trap-0');
    machine.asRoot(`rm /tmp/${path.basename(base)}-trap-0`);
    execFileSync('touch', [`${base}-trap-0`]);
    expect(effects().here).toHaveLength(1);
    rmSync(`${base}-trap-0`);
    expect(effects()).toEqual(none);
  });

  it('causes nothing while a run goes to root and works there', async () => {
    const api = makeApi(client.call);
    for (let round = 0; round < rounds({ test: 2, soak: 300 }); round++) {
      const { runId } = await api.runs.start({ topicId: 'needs-root', target: { kind: 'ssh', host: 'machine', root: 'sudo' }, parameters: {} });
      for (const stepId of ['who', 'rooted']) {
        let over = false;
        const ended = settled<RunState>('runs.changed', (state) => state.runId === runId && !isUnderWay(state.status));
        await api.runs.advance({ runId, stepId });
        const harassing = harass({ runId, trialId: '' }, round % 2 === 0, () => over);
        const state = await ended;
        over = true;
        await harassing;
        if (state.trouble) break;
      }
      await api.runs.leave({ runId });
      expect({ seed, round, ...effects() }).toEqual({ seed, round, ...none });
      // What the journal announced is what was sent: the scripts of the plan, and no other.
      const events = readFileSync(path.join(base, 'data', 'runs', runId, 'journal.jsonl'), 'utf8');
      expect(events).not.toMatch(/"type":"(step-started|undo-started)"[^\n]*-trap-/);
    }
  });

  it('causes nothing while a target is tried', async () => {
    const api = makeApi(client.call);
    const target = await api.targets.add({ name: 'm', connection: { kind: 'ssh', host: 'machine' }, root: 'sudo', group: '', tags: [], note: '' });
    for (let round = 0; round < rounds({ test: 2, soak: 300 }); round++) {
      let over = false;
      const started = await api.trials.start({ targetId: target.id });
      const ended = settled<TrialState>('trials.changed', (state) => state.trialId === started.trialId && state.status !== 'running');
      const harassing = harass({ runId: '20260101-000000-x', trialId: started.trialId }, round % 2 === 0, () => over);
      await ended;
      over = true;
      await harassing;
      expect({ seed, round, ...effects() }).toEqual({ seed, round, ...none });
    }
  });

  it('adds no way that leads through a program of its own', async () => {
    const api = makeApi(client.call);
    const command = trap();
    const words = ['sh', '-c', command];
    await expect(
      api.targets.add({
        name: 'p',
        connection: { kind: 'console', way: { by: 'command', words }, dialect: 'login' },
        root: 'none',
        group: '',
        tags: [],
        note: '',
      } as never),
    ).rejects.toMatchObject({ code: 'not-allowed' });
    for (const host of [`-oProxyCommand=${command}`, `machine;${command}`, `$(${command})`, `machine -oProxyCommand=${command}`, `\`${command}\``]) {
      const entry = { name: `h${host.length}`, connection: { kind: 'ssh' as const, host }, root: 'none' as const, group: '', tags: [], note: '' };
      const added = await api.targets.add(entry).catch(() => null);
      if (added === null) continue;
      const started = await api.trials.start({ targetId: added.id }).catch(() => null);
      if (started) await expect.poll(async () => (await api.trials.get({ trialId: started.trialId })).status, { timeout: 600_000 }).not.toBe('running');
    }
    expect(effects()).toEqual(none);
    expect(existsSync(path.join(base, 'data'))).toBe(true);
  });
});
