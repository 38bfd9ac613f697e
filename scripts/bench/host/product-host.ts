/** Entry of the process that plays the product's main side: real runs, served to pages over a loopback WebSocket. */
import { statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { Session } from '../../../electron/backend/sessions/session.ts';
import { toWireError } from '../../../shared/api/error.ts';
import { type Handlers, serve } from '../../../shared/wire/dispatcher.ts';
import { carrierOverSocket } from '../carrier-websocket.ts';
import { root } from '../workspace.ts';
import { startBareRun } from './bare-run.ts';
import { type BenchRun, startRun } from './bench-run.ts';
import { connectTimes } from './connect-times.ts';
import { doctorTimes } from './doctor-times.ts';
import { fileTimes } from './file-times.ts';
import type { HostCalls, HostRequest } from './host-calls.ts';

const runs = new Map<string, BenchRun>();
function runOf(runId: string): BenchRun {
  const run = runs.get(runId);
  if (!run) throw new Error(`There is no run ${runId}.`);
  return run;
}

const mostUnread = new Map<string, number>();
function watchUnread({ runId, feed }: BenchRun): void {
  const push = feed.push.bind(feed);
  feed.push = (bytes) => {
    push(bytes);
    mostUnread.set(runId, Math.max(mostUnread.get(runId) ?? 0, feed.unread));
  };
}

type TerminalMethod = 'terminal.attach' | 'terminal.detach' | 'terminal.write' | 'terminal.resize' | 'terminal.acknowledge';
const handlers: Handlers<TerminalMethod> = {
  'terminal.attach': ({ runId }, caller) => runOf(runId).feed.attach(caller, (offset, bytes) => caller.emit('terminal.data', { runId, offset, bytes })),
  'terminal.detach': ({ runId }, caller) => {
    runs.get(runId)?.feed.detach(caller);
    return {};
  },
  'terminal.write': ({ runId, data }) => {
    runOf(runId).type(data);
    return {};
  },
  'terminal.resize': ({ runId, cols, rows }) => {
    runs.get(runId)?.resize(cols, rows);
    return {};
  },
  'terminal.acknowledge': ({ runId, offset }, caller) => {
    if (runs.get(runId)?.feed.acknowledge(caller, offset) === false) throw new Error('This page was cut off.');
    return {};
  },
};

const calls: HostCalls = {
  listen: () =>
    new Promise((resolve) => {
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
      server.on('listening', () => resolve((server.address() as AddressInfo).port));
      server.on('connection', (socket) =>
        serve(
          carrierOverSocket(socket),
          'window',
          handlers,
          (line) => console.error(`bench: ${line}`),
          (caller) => caller.onGone(() => runs.forEach(({ feed }) => void feed.detach(caller))),
        ),
      );
    }),
  async start(script, way = 'kept') {
    const run = way === 'kept' ? startRun(script) : await startBareRun(script);
    runs.set(run.runId, run);
    watchUnread(run);
    return run.runId;
  },
  async printed(runId, text) {
    const { feed } = runOf(runId);
    const watcher = {};
    for (let shown = false; !shown; feed.detach(watcher)) {
      shown = Buffer.from(feed.attach(watcher, () => undefined).bytes).includes(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
  type: async (runId, data) => runOf(runId).type(data),
  settled: (runId) => runOf(runId).settled,
  mostUnread: async (runId) => mostUnread.get(runId) ?? 0,
  madeInLab: async (runId, name) => statSync(path.join(runOf(runId).lab, name), { throwIfNoEntry: false })?.mtimeMs ?? null,
  async end(runId) {
    const run = runs.get(runId);
    runs.delete(runId);
    await run?.end();
  },
  memory: async () => ({ now: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 }),
  async stepTimes(count) {
    const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin' };
    const helper = path.join(root, 'assets', 'helper', 'session.sh');
    const { session } = await Session.open({ helper, shell: ['/bin/sh'], folder: root, environment, cols: 100, rows: 30 });
    const times: number[] = [];
    for (let step = 0; step < count; step++) {
      const from = performance.now();
      await session.run('true');
      times.push(performance.now() - from);
    }
    await session.close();
    return times;
  },
  fileTimes,
  connectTimes,
  doctorTimes,
};

process.on('message', (raw) => {
  const { id, call, args } = raw as HostRequest;
  (calls[call] as (...given: unknown[]) => Promise<unknown>)(...args).then(
    (result) => process.send?.({ id, result }),
    (thrown: unknown) => process.send?.({ id, error: toWireError(thrown).message }),
  );
});
process.on('disconnect', () => {
  void Promise.allSettled([...runs.values()].map((run) => run.end())).then(() => process.exit(0));
});
