#!/usr/bin/env node
/** `npm run soak [-- NAME]`: the tests that go round often, at full length. They are those that import `rounds`; NAME takes the files whose path has it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const names = process.argv.slice(2);
const tracked = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '*.test.ts'], { cwd: root, encoding: 'utf8' });
const files = tracked.stdout
  .split('\n')
  .filter((file) => file !== '' && readFileSync(path.join(root, file), 'utf8').includes('/rounds.test-kit.ts'))
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
if (files.length === 0) {
  console.error('No file goes round often whose path has that name.');
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', ...files], { cwd: root, stdio: 'inherit', env: { ...process.env, WRENCHBOOK_SOAK: '1' } });
process.exit(status ?? 1);
