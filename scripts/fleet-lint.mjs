/** Compiles every procedure that can be, and asks ansible-playbook --syntax-check and ansible-lint (profile production). Both have to be installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runnerImport } from 'vite';

const folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-lint-'));
const { module } = await runnerImport(path.resolve('electron/backend/fleet/compile/compiled-all.test-kit.ts'), { configFile: false });
const inventory = path.join(folder, 'inventory.ini');
writeFileSync(inventory, '[client]\nc1\n[server]\ns1\n[proxy]\np1\n[head]\nh1\n[node]\nn1\n');
let findings = 0;
for (const book of await module.compileAll(folder)) {
  const asked = [
    ['ansible-playbook', '-i', inventory, 'site.yml', '--syntax-check'],
    ['ansible-playbook', '-i', inventory, 'undo.yml', '--syntax-check'],
    ['ansible-lint', '--offline', '-p', '--nocolor'],
  ];
  const failed = asked.flatMap(([program, ...words]) => {
    const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: book, encoding: 'utf8' });
    return status === 0 ? [] : [`${program}: ${error?.message ?? stdout + stderr}`];
  });
  findings += failed.length;
  console.log(`${failed.length === 0 ? 'good' : 'BAD '} ${path.basename(book)}`, ...failed);
}
rmSync(folder, { recursive: true, force: true });
process.exit(findings === 0 ? 0 : 1);
