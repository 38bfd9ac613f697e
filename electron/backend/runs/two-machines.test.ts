/** One run on two machines: in the lab, here and by hand, and over ssh. Each step is on its machine and on no other. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { OtherMachines, TargetRef } from '../../../shared/api/topic.ts';
import { file, type Step, sh } from '../../../shared/topic-kit/index.ts';
import { treeContents } from '../conformance/rehearsal.test-kit.ts';
import { Relay } from '../real/relay.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import { readJournal } from './journal.ts';
import type { SmallRun } from './small-run.test-kit.ts';
import { editOn, steps, twoMachineRun, writeOn } from './two-machines.test-kit.ts';

if (whyNoScratchMachine) console.log(`Runs on two real machines are not tried: ${whyNoScratchMachine}.`);

let run: SmallRun;
afterEach(() => run?.end());
const advance = (stepId: string, given: { output?: string } = {}): Promise<RunState> => {
  const shown = run.state.offers.find(({ id, change }) => id === stepId && change)?.change?.shown;
  return run.act((controller) => controller.advance(stepId, { ...given, shown }));
};
const whole = async () => {
  for (let now = run.state; now.status === 'waiting'; ) {
    const offer = now.offers.find(({ action }) => action === 'advance');
    if (!offer) break;
    now = await advance(offer.id);
    if (now.trouble) throw new Error(now.trouble.message);
  }
  return run.state;
};
const hops = () =>
  readJournal(run.folder).events.flatMap((event) =>
    event.type === 'hop-entered' || event.type === 'hop-left' ? [`${event.type.slice(4)} ${event.name}`] : [],
  );
const shown = () =>
  readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as [number, string, string])
    .filter(([, code]) => code === 'o')
    .map(([, , data]) => data)
    .join('');

describe.skipIf(process.platform === 'win32')('a rehearsal of two machines', () => {
  const lab = (own: readonly Step[] = steps(), others?: OtherMachines) => {
    run = twoMachineRun(own, { ...(others && { others }) });
    for (const machine of ['client', 'proxy']) {
      mkdirSync(path.join(run.lab, machine, 'root/etc'), { recursive: true });
      writeFileSync(path.join(run.lab, machine, 'root/etc/conf'), `${machine} old\n`, { mode: 0o600 });
      writeFileSync(path.join(run.lab, machine, 'root/etc/log'), 'first\n', { mode: 0o600 });
    }
  };
  const there = (name: string) => readFileSync(path.join(run.lab, name), 'utf8');

  it('has a folder for each, does each step on its own, and takes each back where it was done', async () => {
    lab();
    const before = treeContents(run.lab);
    expect(run.state.targetLabel).toBe('lab');
    expect(run.state.plan.map(({ on, runsOn }) => [on, runsOn])).toEqual([
      ['client', 'Client'],
      ['proxy', 'Proxy'],
      ['proxy', 'Proxy'],
      ['client', 'Client'],
    ]);
    expect((await whole()).says).toBe('Done and verified.');
    expect([there('client/root/etc/log'), there('proxy/root/etc/log')]).toEqual(['first\nask\n', 'first\nanswer\n']);
    expect([there('client/root/etc/conf'), there('proxy/root/etc/conf')]).toEqual(['client new\n', 'proxy new\n']);
    expect(shown()).toContain('tool on client');
    expect(shown()).toContain('tool on proxy');
    expect(hops()).toEqual([
      'entered lab machine client',
      'left lab machine client',
      'entered lab machine proxy',
      'left lab machine proxy',
      'entered lab machine client',
    ]);
    await run.act((controller) => controller.undo(''));
    expect([run.state.status, treeContents(run.lab)]).toEqual(['undone', before]);
  });

  it('is one record and one recording that say where each part was', async () => {
    lab();
    await whole();
    expect(shown().match(/── (Client|Proxy) \(lab\) ──/g)).toEqual(['── Client (lab) ──', '── Proxy (lab) ──', '── Client (lab) ──']);
    await run.reopen();
    expect(run.state.machines?.map(({ id, label }) => [id, label])).toEqual([
      ['client', 'lab'],
      ['proxy', 'lab'],
    ]);
  });

  it('goes on where it was left, on the machine of the next step', async () => {
    lab();
    await advance('ask');
    await run.reopen();
    await advance('answer');
    expect([there('client/root/etc/log'), there('proxy/root/etc/log')]).toEqual(['first\nask\n', 'first\nanswer\n']);
  });

  it('leaves out the steps of a machine that takes no part', async () => {
    lab(steps(), {});
    expect(run.state.plan.map(({ id, number }) => [id, number])).toEqual([
      ['ask', 1],
      ['hear', 2],
    ]);
    expect((await whole()).says).toBe('Done and verified.');
    expect(there('proxy/root/etc/conf')).toBe('proxy old\n');
  });

  it('runs a remedy on its own machine, and offers none for a machine that is not there', async () => {
    const failing: Step = {
      kind: 'command',
      id: 'fails',
      on: 'client',
      title: 'Fails',
      intro: '',
      danger: 'reads',
      script: sh`cat ${file('/etc/log')}`,
      matchers: [{ kind: 'failure', id: 'first', pattern: /^first$/, means: 'It is first.', next: 'Mend it.', remedies: ['mend', 'there'] }],
    };
    const remedy = (id: string, on?: string) => ({
      id,
      title: id,
      explanation: '',
      danger: 'changes' as const,
      ...(on && { on }),
      script: () => sh`echo mended >${file('/etc/log')}`,
      afterwards: 'retry' as const,
    });
    run = twoMachineRun([failing], { remedies: [remedy('mend'), remedy('there', 'proxy')] });
    for (const machine of ['client', 'proxy']) {
      mkdirSync(path.join(run.lab, machine, 'root/etc'), { recursive: true });
      writeFileSync(path.join(run.lab, machine, 'root/etc/log'), 'first\n');
    }
    await advance('fails');
    expect(run.state.offers.flatMap(({ action, id, on }) => (action === 'remedy' ? [[id, on]] : []))).toEqual([
      ['mend', undefined],
      ['there', 'proxy'],
    ]);
    await run.act((controller) => controller.remedy('there', undefined));
    expect([there('client/root/etc/log'), there('proxy/root/etc/log')]).toEqual(['first\n', 'mended\n']);
    await advance('fails');
    await run.act((controller) => controller.remedy('mend', undefined));
    expect(there('client/root/etc/log')).toBe('mended\n');
    await run.end();
    run = twoMachineRun([failing], { others: {}, remedies: [remedy('there', 'proxy')] });
    mkdirSync(path.join(run.lab, 'client/root/etc'), { recursive: true });
    writeFileSync(path.join(run.lab, 'client/root/etc/log'), 'first\n');
    await advance('fails');
    expect(run.state.offers.some(({ action }) => action === 'remedy')).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('two machines, one of them by hand', () => {
  it('asks for what was printed there, and runs the rest here', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-here-'));
    writeFileSync(path.join(folder, 'log'), 'first\n');
    try {
      run = twoMachineRun([writeOn('client', 'ask', folder), writeOn('proxy', 'answer', folder), writeOn('client', 'hear', folder)], {
        target: { kind: 'local' },
        others: { proxy: { kind: 'hand' } },
      });
      expect(run.state.targetLabel).toBe('Client: this machine, Proxy: a machine by hand');
      await advance('ask');
      const [offer] = run.state.offers;
      expect([offer?.wantsOutput, offer?.script]).toEqual([true, expect.stringContaining('grep -q')]);
      await advance('answer', { output: 'something else\n' });
      expect(run.state.status).toBe('failed');
      await advance('answer', { output: 'answer\n' });
      expect((await advance('hear')).says).toBe('Done and verified.');
      expect(readFileSync(path.join(folder, 'log'), 'utf8')).toBe('first\nask\nhear\n');
      const undo = run.state.offers.find(({ action }) => action === 'undo');
      expect(undo?.explanation).toContain('Type this first: Proxy (a machine by hand): sed');
      await run.act((controller) => controller.undo(''));
      expect([run.state.status, readFileSync(path.join(folder, 'log'), 'utf8')]).toEqual(['undone', 'first\n']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(whyNoScratchMachine)('a run here and on another machine', () => {
  let machine: ScratchMachine;
  let relay: Relay;
  let here: string;
  const proxy: TargetRef = { kind: 'ssh', host: 'machine' };
  const soon = { interval: 20, timeout: 20_000 };

  beforeAll(async () => {
    machine = await ScratchMachine.start('');
    machine.asRoot('mkdir -p /home/wren/here; chown wren: /home/wren/here');
  });
  afterAll(() => machine?.stop());
  const prepare = async () => {
    relay = await Relay.to(machine.port);
    machine.asRoot('cd /home/wren/here; rm -f *; echo first >log; echo old >conf; chown wren: *');
    here = mkdtempSync(path.join(tmpdir(), 'wb-here-'));
    writeFileSync(path.join(here, 'log'), 'first\n');
    writeFileSync(path.join(here, 'conf'), 'old\n');
  };
  const begin = (own: readonly Step[]) => {
    run = twoMachineRun(own, { target: { kind: 'local' }, others: { proxy }, sshConfig: machine.configFor(relay.port) });
  };
  afterEach(async () => {
    rmSync(here, { recursive: true, force: true });
    await relay?.stop();
  });
  const far = (name: string) => machine.asRoot(`cat /home/wren/here/${name}`).trim();
  const near = (name: string) => readFileSync(path.join(here, name), 'utf8').trim();
  const own = () => {
    const there = '/home/wren/here';
    return [writeOn('client', 'ask', here), writeOn('proxy', 'answer', there), editOn('proxy', 'tell', there), editOn('client', 'hear', here)];
  };

  it('goes there and back in one terminal, learns what the far one is, and takes all back', async () => {
    await prepare();
    begin(own());
    expect((await whole()).says).toBe('Done and verified.');
    expect([near('log'), far('log'), near('conf'), far('conf')]).toEqual(['first\nask', 'first\nanswer', 'new', 'new']);
    expect(hops()).toEqual(['entered ssh to machine', 'left ssh to machine']);
    expect(run.state.machines?.map(({ id, facts }) => [id, facts?.user])).toEqual([
      ['client', expect.any(String)],
      ['proxy', 'wren'],
    ]);
    await run.act((controller) => controller.undo(''));
    expect([run.state.status, near('log'), far('log'), near('conf'), far('conf')]).toEqual(['undone', 'first', 'first', 'old', 'old']);
  });

  it('stops an undo where a machine is out of reach, and goes on with it from there', async () => {
    await prepare();
    begin(own());
    expect((await whole()).says).toBe('Done and verified.');
    relay.cut();
    await run.act((controller) => controller.undo(''));
    expect(run.state.status).toBe('interrupted');
    expect([near('log'), far('log'), near('conf'), far('conf')]).toEqual(['first\nask', 'first\nanswer', 'old', 'new']);
    relay.mend();
    await run.act((controller) => controller.undo(''));
    expect([run.state.status, near('log'), far('log'), near('conf'), far('conf')]).toEqual(['undone', 'first', 'first', 'old', 'old']);
  });

  it('reaches the machine of the step again when its link is lost, and never runs that step here', async () => {
    await prepare();
    const reads: Step = {
      kind: 'command',
      id: 'reads',
      on: 'proxy',
      title: 'Reads',
      intro: '',
      danger: 'reads',
      script: sh`echo "read on $(id -un)"; while [ ! -e /home/wren/here/go ]; do sleep 0.1; done; echo "read whole on $(id -un)"`,
      matchers: [{ kind: 'expected', id: 'whole', pattern: /^read whole on wren$/, means: 'It was read there.', missing: 'It was not read there.' }],
    };
    begin([writeOn('client', 'ask', here), reads, writeOn('client', 'hear', here)]);
    await advance('ask');
    const reading = advance('reads');
    await expect.poll(shown, soon).toContain('read on wren');
    relay.cut();
    await expect.poll(() => run.state.link?.kind, soon).toBe('lost');
    machine.asRoot('touch /home/wren/here/go');
    relay.mend();
    expect((await reading).status).toBe('waiting');
    expect((await advance('hear')).says).toBe('Done and verified.');
    expect(near('log')).toBe('first\nask\nhear');
  });
});
