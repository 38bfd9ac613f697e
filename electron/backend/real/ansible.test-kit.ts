/** Debian's ansible-core, unpacked and never installed, against scratch machines. */
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ScratchMachine } from './scratch-machine.test-kit.ts';
import { unpackedWithNeeds } from './unpacked-packages.test-kit.ts';

const unpacked = () => unpackedWithNeeds('ansible', ['ansible-core']);

export const whyNoAnsible: string | null = (() => {
  try {
    unpacked();
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
})();

export interface Recap {
  ok: number;
  changed: number;
  unreachable: number;
  failed: number;
}
export interface Played {
  status: number | null;
  said: string;
  hosts: Record<string, Recap>;
}

/** An inventory of these machines; `more`: groups, as INI. */
export function inventoryOf(folder: string, machines: Readonly<Record<string, ScratchMachine>>, more = ''): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'inventory.ini');
  const lines = Object.entries(machines).map(
    ([name, { address, port, folder: keys, knownHosts }]) =>
      `${name} ansible_host=${address} ansible_port=${port} ansible_ssh_private_key_file=${path.join(keys, 'key')} ansible_ssh_common_args='-F none -o UserKnownHostsFile=${knownHosts} -o IdentitiesOnly=yes'`,
  );
  writeFileSync(file, `${lines.join('\n')}\n${more}\n[all:vars]\nansible_user=wren\nansible_python_interpreter=/usr/bin/python3\n`);
  return file;
}

/** Runs a program of ansible-core in a folder. Nothing of this user's configuration is read. */
export const ansible = (program: string, folder: string, words: readonly string[]): Promise<Played> =>
  run(unpacked(), [path.join(unpacked(), 'usr/bin', program), ...words], folder);

/**
 * Lets ansible-runner, by which AWX plays its projects, play a compiled folder as it would a job of AWX: the project, an inventory and the survey's
 * answers, each in its place below `folder`. Throws where it cannot be had.
 */
export function playAsJob(folder: string, { project, inventory, answers, playbook }: Job): Promise<Played> {
  const root = unpackedWithNeeds('ansible-runner', ['python3-ansible-runner', 'ansible-core']);
  for (const place of ['env', 'inventory', 'bin']) mkdirSync(path.join(folder, place), { recursive: true });
  cpSync(project, path.join(folder, 'project'), { recursive: true });
  copyFileSync(inventory, path.join(folder, 'inventory/hosts'));
  writeFileSync(path.join(folder, 'env/extravars'), JSON.stringify(answers));
  for (const program of ['ansible-playbook', 'ansible-inventory', 'ansible'])
    writeFileSync(path.join(folder, 'bin', program), `#!/bin/sh\nexec /usr/bin/python3 ${path.join(root, 'usr/bin', program)} "$@"\n`, { mode: 0o755 });
  return run(root, [path.join(root, 'usr/bin/ansible-runner'), 'run', folder, '-p', playbook], folder);
}
export interface Job {
  /** The compiled folder. */
  project: string;
  inventory: string;
  answers: Readonly<Record<string, unknown>>;
  playbook: string;
}

function run(root: string, words: readonly string[], folder: string): Promise<Played> {
  const env = {
    PATH: `${path.join(folder, 'bin')}:/usr/bin:/bin:/usr/sbin:/sbin`,
    PYTHONPATH: path.join(root, 'usr/lib/python3/dist-packages'),
    LC_ALL: 'C.UTF-8',
    HOME: folder,
    WRENCHBOOK_NODE: process.execPath,
    ANSIBLE_CONFIG: path.join(folder, 'none.cfg'),
    ANSIBLE_PIPELINING: '1',
    ANSIBLE_LOCALHOST_WARNING: '0',
    ANSIBLE_SSH_CONTROL_PATH_DIR: path.join(folder, 'cp'),
    ANSIBLE_NOCOLOR: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/python3', words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said, hosts: recapOf(said) }));
  });
}

function recapOf(said: string): Record<string, Recap> {
  const lines = said.matchAll(/^(\S+)\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)/gm);
  return Object.fromEntries(
    [...lines].map(([, host = '', ok, changed, unreachable, failed]) => [
      host,
      { ok: Number(ok), changed: Number(changed), unreachable: Number(unreachable), failed: Number(failed) },
    ]),
  );
}
