/** shellcheck over scripts of ours, where it can be had: the one of this machine, else Debian's package unpacked. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

const program = findShellcheck();
/** Why scripts can't be looked through; null where they can. */
export const whyNoShellcheck: string | null = program === null ? 'shellcheck can’t be had here' : null;

function findShellcheck(): string | null {
  if (spawnSync('shellcheck', ['--version']).status === 0) return 'shellcheck';
  try {
    return path.join(unpackedPackages('shellcheck', ['shellcheck']), 'usr/bin/shellcheck');
  } catch {
    return null;
  }
}

/** What it says of them, with file and line; empty where it finds nothing. What they read is found beside them. */
export function shellFindings(scripts: readonly string[]): string {
  if (program === null || scripts.length === 0) return '';
  const { stdout, stderr } = spawnSync(program, ['--external-sources', '--source-path=SCRIPTDIR', '--shell=sh', '--format=gcc', ...scripts], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return stdout + stderr;
}
