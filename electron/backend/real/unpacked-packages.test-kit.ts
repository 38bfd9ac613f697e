/** Debian packages unpacked into a folder below .cache, never installed: programs for tests against real software. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const cache = path.resolve('.cache', 'real');

/** The folder with the packages' files. Throws with the reason where they can't be had. */
export function unpackedPackages(name: string, packages: readonly string[]): string {
  // Other packages, another folder: what an earlier version unpacked is not taken for this.
  const folder = path.join(cache, `${name}-${createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 8)}`);
  return unpackedInto(folder, (debs) => {
    const download = () => run('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', ...packages], debs);
    if (download() === '') return '';
    run('apt-get', ['update'], debs);
    return download();
  });
}

/** `fetch` brings the packages into a folder, and says what went wrong. */
function unpackedInto(folder: string, fetch: (debs: string) => string): string {
  if (existsSync(folder)) return folder;
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) throw new Error('the packages are Debian’s');
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  try {
    const debs = path.join(draft, 'debs');
    const files = path.join(draft, 'files');
    for (const made of [debs, files]) mkdirSync(made);
    const said = fetch(debs);
    if (said !== '') throw new Error(`apt-get download failed: ${said}`);
    for (const deb of readdirSync(debs).filter((each) => each.endsWith('.deb'))) run('dpkg', ['-x', path.join(debs, deb), files], debs);
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

/**
 * The same with all that these packages need and this machine does not have installed. What their scripts would do on
 * installation (users, folders) is not done.
 */
export function unpackedWithNeeds(name: string, packages: readonly string[]): string {
  const folder = path.join(cache, `${name}-needs-${createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 8)}`);
  return unpackedInto(folder, (debs) => {
    mkdirSync(path.join(debs, 'partial'));
    const get = () =>
      run(
        'apt-get',
        ['install', '--yes', '--no-install-recommends', '--download-only', '-o', `Dir::Cache::archives=${debs}`, '-o', 'Debug::NoLocking=1', ...packages],
        debs,
      );
    return get() === '' ? '' : run('apt-get', ['update'], debs) || get();
  });
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
