/** wetty, from the npm registry, on demand, in a folder of its own. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { folder, root } from '../workspace.ts';
import { type Peer, pourProgram, startServer } from './peer.ts';

const version = '3.2.0';

/** Throws with the reason where it can't be had. */
export async function findWetty(): Promise<Peer> {
  if (process.getuid?.() !== 0) throw new Error('wetty starts a program without ssh only for root');
  const home = folder('wetty');
  const entry = path.join(home, 'node_modules', 'wetty', 'build', 'main.js');
  if (!existsSync(entry)) await install(home);
  return {
    name: 'wetty',
    start: (load) =>
      startServer(process.execPath, (port) => [
        entry,
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--base',
        '/',
        '--command',
        pourProgram(load),
        '--log-level',
        'error',
      ]),
  };
}

async function install(home: string): Promise<void> {
  const ours = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  // Our node-pty in place of its own, which would have to be compiled; the interface is the same.
  const manifest = { private: true, dependencies: { wetty: version }, overrides: { 'node-pty': ours.dependencies['node-pty'] } };
  writeFileSync(path.join(home, 'package.json'), JSON.stringify(manifest));
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home, timeout: 180_000 });
}
