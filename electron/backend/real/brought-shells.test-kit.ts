/** Before all tests: shells that this machine does not have, unpacked and put behind its own on the path. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

/** What each is called, and the file of which package is it. */
const shells: Readonly<Record<string, readonly [packageName: string, file: string]>> = {
  busybox: ['busybox-static', 'usr/bin/busybox'],
  ksh93: ['ksh93u+m', 'usr/bin/ksh93'],
  ksh: ['ksh93u+m', 'usr/bin/ksh93'],
  zsh: ['zsh-static', 'usr/bin/zsh-static'], // the other one looks for its modules where it would be installed
};

export function setup(): void {
  const missing = Object.entries(shells).filter(([name]) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length === 0) return;
  try {
    const files = unpackedPackages('shells', [...new Set(Object.values(shells).map(([name]) => name))].sort());
    const folder = path.resolve('.cache', 'real', 'shell-names');
    mkdirSync(folder, { recursive: true });
    for (const [name, [, file]] of missing) {
      rmSync(path.join(folder, name), { force: true });
      symlinkSync(path.join(files, file), path.join(folder, name));
    }
    process.env.PATH = `${process.env.PATH}:${folder}`;
  } catch (thrown) {
    console.log(`Shells that are not on this machine are not tried (${missing.map(([name]) => name).join(', ')}): ${(thrown as Error).message}.`);
  }
}
