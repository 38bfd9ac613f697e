/** Another web terminal that the product is compared with: its own server and page, in the same browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { renderScript } from '../../../shared/topic-kit/index.ts';
import type { Load } from '../loads.ts';
import { pourScript } from '../pour-script.ts';
import { folder } from '../workspace.ts';

export interface PeerServer {
  url: string;
  stop(): void;
}
export interface Peer {
  name: 'ttyd' | 'wetty';
  /** Serves one terminal in which the load is poured once Enter is pressed. */
  start(load: Load): Promise<PeerServer>;
}

/** An executable that does what the product's run does, and then waits so that the page stays. */
export function pourProgram(load: Load): string {
  const program = path.join(folder('peers'), `pour-${load.kind}`);
  writeFileSync(program, `#!/bin/sh\n${renderScript(pourScript(load.file), (file) => file)}\nexec sleep 600\n`, { mode: 0o700 });
  return program;
}

/** Starts a server on loopback and waits until it accepts connections. Throws with its messages when it ends before. */
export async function startServer(program: string, args: (port: number) => string[], environment: NodeJS.ProcessEnv = process.env): Promise<PeerServer> {
  const port = await freePort();
  const child = spawn(program, args(port), { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder('peers'), env: environment });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said = (said + bytes).slice(-2000)));
  const url = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; attempt < 200; attempt++) {
    if (hasEnded(child)) throw new Error(`${path.basename(program)} ended at once: ${said.trim()}`);
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { url, stop: () => void child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`${path.basename(program)} did not answer: ${said.trim()}`);
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
