/** The page the product's terminal is measured in. The benchmark calls `window.bench`. */
import '../../../shared/wire/zod-without-eval.ts';
import '@xterm/xterm/css/xterm.css';
import { TerminalPane } from '../../../renderer/components/terminal/terminal-pane.ts';
import type { TerminalSource } from '../../../renderer/components/terminal/terminal-source.ts';
import { makeClient } from '../../../shared/wire/client.ts';
import { carrierOverSocket } from '../carrier-websocket.ts';
import type { BenchPage } from './bench-page-api.ts';
import { EchoWatch } from './echo-watch.ts';
import { sourceFromMemory } from './memory-source.ts';
import { sourceOfRun } from './run-source.ts';

let echoes: EchoWatch | null = null;
let echo: Promise<number> | null = null;

async function show(source: TerminalSource): Promise<void> {
  const container = document.body.appendChild(document.createElement('div'));
  const watch = new EchoWatch();
  const pane = new TerminalPane(watch.tap(source), { scheme: 'dark' });
  pane.open(container);
  watch.observe(pane);
  await pane.attach();
  pane.focus();
  echoes = watch;
  Object.assign(window, { benchTerminal: pane.terminal });
}

const bench: BenchPage = {
  async showRun(port, runId) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    await show(sourceOfRun(makeClient(carrierOverSocket(socket)), runId));
  },
  async showFromMemory(url) {
    const response = await fetch(url);
    await show(sourceFromMemory(new Uint8Array(await response.arrayBuffer())));
  },
  awaitEcho: () => {
    echo = echoes?.next() ?? Promise.reject(new Error('No terminal is shown.'));
  },
  echo: () => echo ?? Promise.reject(new Error('No echo is awaited.')),
};
Object.assign(window, { bench });
