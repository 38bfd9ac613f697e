/**
 * ttyd: the one that is installed, or Debian's from the suite that has it, unpacked into a folder of the benchmark's own.
 * That is done with lists and a package state of its own; the machine's sources and packages stay as they are.
 */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { folder } from '../workspace.ts';
import { type Peer, pourProgram, startServer } from './peer.ts';

const run = promisify(execFile);
/** Debian 12 and 13 have no ttyd. */
const suite = 'sid';

/** The command to start it with, and what its environment needs. */
interface Command {
  words: string[];
  environment: NodeJS.ProcessEnv;
}

/** Throws with the reason where it can't be had. */
export async function findTtyd(): Promise<Peer> {
  const { words, environment } = installed() ?? (await unpacked());
  const [program = '', ...before] = words;
  // Without a graphics processor its default, WebGL, is the slowest way to draw; this is the fastest it can do here.
  const look = ['-t', 'rendererType=dom', '-t', 'fontSize=13'];
  return {
    name: 'ttyd',
    start: (load) => startServer(program, (port) => [...before, '-i', '127.0.0.1', '-p', String(port), '-W', ...look, pourProgram(load)], environment),
  };
}

function installed(): Command | null {
  try {
    return { words: [execFileSync('sh', ['-c', 'command -v ttyd'], { encoding: 'utf8' }).trim()], environment: process.env };
  } catch {
    return null;
  }
}

/** The unpacked ttyd with the loader and libraries of its own suite. */
async function unpacked(): Promise<Command> {
  const home = folder('ttyd');
  const image = path.join(home, 'root');
  const program = path.join(image, 'usr', 'bin', 'ttyd');
  if (!existsSync(program)) await fetchAndUnpack(home, image);
  const inside = (name: RegExp) =>
    readdirSync(image, { recursive: true, encoding: 'utf8' })
      .filter((file) => name.test(path.basename(file)))
      .map((file) => path.join(image, file));
  const [loader] = inside(/^ld-linux.*\.so/);
  const [plugin] = inside(/^libwebsockets-evlib_uv\.so$/);
  const [library] = inside(/^libwebsockets\.so/);
  if (!loader || !plugin || !library) throw new Error('the unpacked packages lack a loader or libwebsockets');
  // libwebsockets looks for its plugin here. A folder with nothing else in it, as what ttyd starts uses the machine's libraries.
  const plugins = folder('ttyd', 'plugins');
  copyFileSync(plugin, path.join(plugins, path.basename(plugin)));
  return { words: [loader, '--library-path', path.dirname(library), program], environment: { ...process.env, LD_LIBRARY_PATH: plugins } };
}

async function fetchAndUnpack(home: string, image: string): Promise<void> {
  const sites = (await run('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'])).stdout.split('\n');
  const mirror = sites.find((site) => site.endsWith('/debian'));
  if (!mirror) throw new Error('apt is not set up with a Debian mirror');
  for (const name of ['lists/partial', 'cache/archives/partial']) mkdirSync(path.join(home, name), { recursive: true });
  rmSync(image, { recursive: true, force: true });
  writeFileSync(path.join(home, 'sources.list'), `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`);
  writeFileSync(path.join(home, 'status'), '');
  const settings = {
    'Dir::Etc::sourcelist': path.join(home, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': path.join(home, 'lists'),
    'Dir::State::status': path.join(home, 'status'),
    'Dir::Cache': path.join(home, 'cache'),
    'Acquire::Languages': 'none',
    'Debug::NoLocking': '1',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...options, 'update'], { timeout: 120_000 });
  await run('apt-get', [...options, '-y', '--no-install-recommends', '--download-only', 'install', 'ttyd', 'libwebsockets-evlib-uv'], { timeout: 120_000 });
  const archives = path.join(home, 'cache', 'archives');
  for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) await run('dpkg-deb', ['-x', path.join(archives, name), image]);
}
