import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findAnsible } from './find-ansible.ts';

let folder = '';
const file = (name: string) => path.join(folder, name);
/** An ansible-playbook that counts how often it is asked. */
function write(version: string, where = '  ansible python module location = LIBRARY\n'): void {
  writeFileSync(
    file('bin/ansible-playbook'),
    `#!/bin/sh\necho x >>'${file('asked')}'\nprintf '%s\\n' 'ansible-playbook [core ${version}]' '${where.replace('LIBRARY', file('ansible')).trimEnd()}'\n`,
  );
  chmodSync(file('bin/ansible-playbook'), 0o755);
}
const asked = () => readFileSync(file('asked'), 'utf8').length / 2;
const version = async () => (await findAnsible(file('data'))).ansible?.version;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-known-ansible-'));
  for (const name of ['bin', 'data', 'ansible']) mkdirSync(file(name));
  writeFileSync(file('ansible/release.py'), "__version__ = '2.14.18'\n");
  vi.stubEnv('PATH', `${file('bin')}:/usr/bin:/bin`);
  write('2.14.18');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('asks once, and again whenever the program, its library or where Python looks is another', async () => {
  expect([await version(), await version(), asked()]).toEqual(['2.14.18', '2.14.18', 1]);
  write('2.15.0');
  expect([await version(), await version(), asked()]).toEqual(['2.15.0', '2.15.0', 2]);
  writeFileSync(file('ansible/release.py'), "__version__ = '2.15.1'\n");
  expect([await version(), asked()]).toEqual(['2.15.0', 3]);
  // As long as before, and as old: when it was changed tells.
  const long = readFileSync(file('bin/ansible-playbook'), 'utf8');
  utimesSync(file('bin/ansible-playbook'), new Date(1e12), new Date(1e12));
  await version();
  writeFileSync(file('bin/ansible-playbook'), long.replace('2.15.0', '2.16.0'));
  utimesSync(file('bin/ansible-playbook'), new Date(1e12), new Date(1e12));
  expect(await version()).toBe('2.16.0');
  const before = asked();
  vi.stubEnv('PYTHONPATH', '/elsewhere');
  expect([await version(), asked()]).toEqual(['2.16.0', before + 1]);
  rmSync(file('ansible/release.py'));
  expect([await version(), asked()]).toEqual(['2.16.0', before + 2]);
});

it('keeps nothing of one that does not say where its library is, is damaged, or can’t be written', async () => {
  write('2.14.18', 'nothing');
  expect([await version(), await version(), asked()]).toEqual(['2.14.18', '2.14.18', 2]);
  write('2.14.18');
  await version();
  writeFileSync(file('data/ansible-version.json'), '{');
  expect([await version(), asked()]).toEqual(['2.14.18', 4]);
  rmSync(file('data'), { recursive: true });
  expect([await version(), await version(), asked()]).toEqual(['2.14.18', '2.14.18', 6]);
});
