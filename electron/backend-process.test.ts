/** A backend that hangs: noticed, ended, told of, and started again. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type BackendProcess, startBackend } from './backend-process.ts';

/** Electron's ports on Node's. */
class PlayedPort {
  readonly port: MessagePort;
  constructor(port: MessagePort) {
    this.port = port;
  }
  postMessage = (message: unknown) => this.port.postMessage(message);
  on = (event: string, listener: (value: unknown) => void) => this.port.on(event, (data) => listener(event === 'message' ? { data } : data));
  start = () => this.port.start();
  close = () => this.port.close();
}
/** Answers calls; `hang` in the data folder's name: the first of them is never answered, and its thread never rests. */
const program = `const { parentPort } = require('node:worker_threads');
let hangs = false;
parentPort.on('message', ({ message, port }) => {
  if (message.kind === 'start') hangs = message.dataFolder === 'hang';
  port?.on('message', ({ id }) => {
    if (hangs) for (;;);
    port.postMessage({ kind: 'result', id, output: { version: '1', platform: 'linux', dataFolder: '/data' } });
  });
});`;
class PlayedProcess extends EventEmitter {
  private readonly worker = new Worker(program, { eval: true });
  constructor() {
    super();
    this.worker.on('exit', (code) => this.emit('exit', code));
  }
  postMessage(message: unknown, [port]: PlayedPort[] = []): void {
    this.worker.postMessage({ message, port: port?.port }, port ? [port.port] : []);
  }
  kill = () => void this.worker.terminate();
}
const started: PlayedProcess[] = vi.hoisted(() => []);
vi.mock('electron', () => ({
  MessageChannelMain: class {
    port1: PlayedPort;
    port2: PlayedPort;
    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.port1 = new PlayedPort(port1);
      this.port2 = new PlayedPort(port2);
    }
  },
  utilityProcess: {
    fork() {
      const child = new PlayedProcess();
      started.push(child);
      return child;
    },
  },
}));

let backend: BackendProcess;
const told: string[] = [];
const start = (dataFolders: string[]) => {
  const options = { modulePath: '', assetsFolder: '', version: '1', signingKeyPem: () => null, beatMs: 20 };
  let current = dataFolders[0] ?? '';
  backend = startBackend({
    ...options,
    get dataFolder() {
      return current;
    },
    onStarted: () => void told.push('started'),
    onHung() {
      told.push('hung');
      current = dataFolders[1] ?? current;
    },
    onGivenUp: () => void told.push('given up'),
  });
};
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  told.length = 0;
  started.length = 0;
});
afterEach(async () => {
  const stopped = backend.stop();
  for (const child of started) child.kill();
  await stopped;
});

it('is ended and started again, and the admin is told', async () => {
  start(['hang', 'sound']);
  await expect.poll(() => told, { timeout: 20_000 }).toEqual(['started', 'hung', 'started']);
  expect(await backend.client().call('app.info', {})).toMatchObject({ version: '1' });
});

it('is left alone while it answers', async () => {
  start(['sound']);
  for (let beats = 0; beats < 40; beats++) await backend.client().call('app.info', {});
  expect(told).toEqual(['started']);
});
