/** Debian packages unpacked into a folder below .cache, never installed: programs for tests against real software. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const cache = path.resolve('.cache', 'real');

/** The folder with the packages' files. Throws with the reason where they can't be had. */
export function unpackedPackages(name: string, packages: readonly string[]): string {
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) throw new Error('the packages are Debian’s');
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(path.join(cache, `${name}-`));
  try {
    const debs = path.join(draft, 'debs');
    const files = path.join(draft, 'files');
    for (const made of [debs, files]) mkdirSync(made);
    const download = () => run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', ...packages], debs);
    if (download() !== '') {
      run('apt-get', ['update'], debs);
      const said = download();
      if (said !== '') throw new Error(`apt-get download failed: ${said}`);
    }
    for (const deb of readdirSync(debs)) run('dpkg', ['-x', path.join(debs, deb), files], debs);
    mergeUsr(files);
    try {
      renameSync(files, folder);
    } catch {
      if (!existsSync(folder)) throw new Error(`${folder} could not be made`); // else another test was faster
    }
    return folder;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Empty where it went well, else the last lines of what it said. */
function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? stderr.trim().split('\n').slice(-2).join(' '));
}

/** Where the machine's /lib is a link into /usr, a folder of that name on top of it would hide it. */
function mergeUsr(files: string): void {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const folder = path.join(files, name);
    if (!existsSync(folder)) continue;
    cpSync(folder, path.join(files, 'usr', name), { recursive: true, verbatimSymlinks: true }); // else links are made to lead into the draft
    rmSync(folder, { recursive: true });
  }
}
