/**
 * The wrapper as a toolstack starts it, on a terminal, with a device model and a xenstore-rm that write down what they are told; and the
 * topic's steps on a Xen server, with its own xenstore. No HVM domain can run there: what is freed are nodes of domain 0.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { wrapperText } from '../../../shared/topics/xen-citrix-pv/wrapper.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { recordSeen } from '../conformance/seen.test-kit.ts';
import { PtyProcess } from '../sessions/pty-process.ts';
import { whyNoXenServer, XenServer } from './xen-server.test-kit.ts';

describe('the wrapper of the device model', () => {
  let folder: string;
  const place = (name: string) => path.join(folder, name);
  const program = (name: string, text: string) => writeFileSync(place(name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-xen-'));
    mkdirSync(place('path with spaces'));
    program('path with spaces/qemu-dm', `{ echo "pid $$"; for word; do printf '<%s>\\n' "$word"; done; } >${place('started')}; sleep 0.2; exit 7`);
    program('xenstore-rm', `echo "$1" >>${place('removed')}`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const deviceModel = () => place('path with spaces/qemu-dm');
  const removed = () => {
    try {
      return readFileSync(place('removed'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  const nodes = (id: string) => ['console', 'vfb'].map((kind) => `/local/domain/0/backend/${kind}/${id}`);

  async function start(text: string, args: readonly string[]) {
    writeFileSync(place('qemu-dm-citrixpv'), text, { mode: 0o755 });
    const environment = { PATH: `${folder}:${process.env.PATH}` };
    const pty = new PtyProcess({ program: place('qemu-dm-citrixpv'), args, folder: '/', environment, cols: 80, rows: 24 });
    let said = '';
    pty.onData((bytes) => {
      said += bytes.toString();
    });
    const { status } = await new Promise<{ status: number }>((resolve) => pty.onExit(resolve));
    const [pid = '', ...words] = readFileSync(place('started'), 'utf8').trim().split('\n');
    return { status, said, words, same: pid === `pid ${pty.pid}` };
  }
  const told = ['-domain-name', 'Windows Server 2008', '-vnc', '127.0.0.1:1, password="a  b"', '-d', '12', '', '$(touch x)', '*'];

  it('hands every argument on as it came, becomes the device model itself, and takes the nodes out twice', async () => {
    const { status, said, words, same } = await start(wrapperText(deviceModel(), 1), told);
    expect([status, said, same]).toEqual([7, '', true]);
    expect(words).toEqual(told.map((word) => `<${word}>`));
    expect(removed()).toEqual(nodes('12'));
    await expect.poll(removed, { timeout: 10_000 }).toEqual([...nodes('12'), ...nodes('12')]);
  });

  it('finds the id that newer device models are given', async () => {
    await start(wrapperText(deviceModel(), 30), ['-xen-domid', '4', '-d', 'in_asm']);
    expect(removed()).toEqual(nodes('4'));
  });

  it('takes nothing out without an id, says so, and starts the device model anyway', async () => {
    const { status, said, words } = await start(wrapperText(deviceModel(), 1), ['-d', '../../vbd', '-vnc', ':1']);
    expect([status, words.length, removed()]).toEqual([7, 4, []]);
    expect(said).toContain('no domain id');
  });

  it('would lose the spaces the way of the source (negative control)', async () => {
    const source = `#!/bin/sh\nxenstore-rm /local/domain/0/backend/console/$2\nexec '${deviceModel()}' $*\n`;
    const { words } = await start(source, told);
    expect(words).not.toEqual(told.map((word) => `<${word}>`));
    expect(removed()).toEqual(['/local/domain/0/backend/console/Windows']);
  });
});

if (whyNoXenServer) console.log(`xenstore is not tried on a Xen server: ${whyNoXenServer}.`);

describe.skipIf(whyNoXenServer)('on a (virtual) Xen server, over its console', () => {
  // Wrapper and configuration are as after the steps that edit them: what is edited over a line that carries 800 bytes a second takes minutes.
  const config = 'type = "hvm"\ndevice_model_override = "/usr/lib/xen/bin/qemu-dm-citrixpv"\n';
  const edited = ['wrap', 'config-domain-0'];
  let folder: string;
  let server: XenServer;
  let runs: Rehearsal;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-xen-'));
    server = new XenServer(folder, { 'etc/xen/windows.cfg': config, 'usr/lib/xen/bin/qemu-dm': '#!/bin/sh\n' });
    runs = new Rehearsal();
  });
  afterEach(async () => {
    await runs.end();
    await server.cutPower();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs it, with root logged in when it is asked for, and these steps left out. */
  async function run(without: readonly string[]): Promise<RunState> {
    const target: TargetRef = { kind: 'console', console: { way: { by: 'fifo', path: server.place }, dialect: 'login' } };
    let state = await runs.startOn(target, 'xen-citrix-pv', { toolstack: 'xl', domains: 'Domain-0 /etc/xen/windows.cfg', delay: '2' });
    const { runId } = state;
    const told = new Set<string>();
    const typed: Record<string, string> = { 'way-login': 'root\r', 'way-password': 'open\r' };
    runs.client.on('runs.changed', ({ runId: of, prompt }) => {
      const data = of === runId && prompt && !told.has(prompt.id) ? typed[prompt.id] : undefined;
      if (!prompt || data === undefined) return;
      told.add(prompt.id);
      void runs.api.terminal.write({ runId, data });
    });
    while (state.status === 'waiting' && state.current !== null && !state.trouble) {
      const { current } = state;
      state = without.includes(current)
        ? await runs.after(runId, runs.api.runs.skip({ runId, stepId: current, reason: 'Left out by a test.' }))
        : await runs.take(state, offerOf(state, 'advance'));
    }
    recordSeen('xen-citrix-pv', state);
    return state;
  }
  const lines = (state: RunState, step: string) => state.steps.find(({ id }) => id === step)?.verdicts.map(({ line }) => line) ?? [];

  it('takes both nodes out of its xenstore, and sees that they are gone', { timeout: 600_000 }, async () => {
    // A restart wants a processor that QEMU does not emulate well enough.
    const left = await run([...edited, 'free', 'restart-domain-0']);
    expect(left.current, JSON.stringify([left.trouble, left.steps.flatMap(({ verdicts }) => verdicts)])).toBe('check');
    expect(lines(left, 'look').join()).toContain('Domain-0 id=0 console=yes vfb=yes hangs=0 config=wrapped');
    expect(
      left.steps
        .at(-1)
        ?.verdicts.filter(({ kind }) => kind === 'failure')
        .map(({ rule }) => rule),
    ).toEqual(['free-domain-0']);
    await runs.api.runs.leave({ runId: left.runId });

    const done = await run([...edited, 'restart-domain-0']);
    expect(done.says, JSON.stringify([done.trouble, done.steps.flatMap(({ verdicts }) => verdicts)])).toBe('Done; some steps were skipped.');
    expect(lines(done, 'look').join()).toContain('console=yes vfb=yes hangs=0 config=wrapped');
    expect(lines(done, 'check').join()).toContain('console=no vfb=no hangs=0 config=wrapped');
  });
});
