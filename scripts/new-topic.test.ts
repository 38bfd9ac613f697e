/** docs/adding-a-topic.md, followed to the letter in a copy of the project: what it begins with is red, what it ends with is green. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const copied = [
  '.gitignore',
  'assets',
  'e2e',
  'electron',
  'electron.vite.config.ts',
  'renderer',
  'scripts',
  'shared',
  'biome.json',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
];
const copy = mkdtempSync(path.join(tmpdir(), 'wb-new-topic-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Files of the walk-through: blocks whose first line names one. */
function filesOf(guide: string): Map<string, { text: string; mode: number }> {
  const blocks = guide.matchAll(/^ {3}```\w+\n {3}(?:\/\/|#) (\S+)( \(executable\))?\n([\s\S]*?)^ {3}```$/gm);
  return new Map(
    Array.from(blocks, ([, name = '', executable, body = '']) => [name, { text: body.replace(/^ {3}/gm, ''), mode: executable === undefined ? 0o644 : 0o755 }]),
  );
}
function run(program: string, ...args: string[]): { status: number | null; text: string } {
  // Vitest of the copy is one of its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: 'utf8', env: { ...env, CI: '' } });
  return { status, text: stdout + stderr };
}

it('leads from an empty topic to a green one', () => {
  for (const name of copied) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const made = run('npm', 'run', 'new:topic', '--', 'motd-line');
  expect(made.status, made.text).toBe(0);
  const conformance = () => run('npm', 'run', 'topic', '--', 'motd-line');
  const before = conformance();
  expect(before.text).toMatch(/first-step is proved/);
  expect(before.status).not.toBe(0);

  const files = filesOf(readFileSync(path.join(root, 'docs/adding-a-topic.md'), 'utf8'));
  expect([...files.keys()]).toEqual([
    ...['steps', 'probe', 'topic', 'lab'].map((part) => `shared/topics/motd-line/${part}.ts`),
    'assets/lab/motd-line/lab-motd-hand',
    'shared/topics/motd-line/topic.test.ts',
    'shared/topics/motd-line/search.ts',
  ]);
  for (const [name, { text, mode }] of files) {
    mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
    writeFileSync(path.join(copy, name), text, { mode });
  }
  for (const [program, ...args] of [
    ['npx', 'vitest', 'run', 'shared/topics/motd-line'],
    ['npx', 'biome', 'check', 'shared/topics/motd-line'],
    ['node', 'node_modules/typescript-7/bin/tsc', '--build', 'shared'],
  ] as const) {
    const done = run(program, ...args);
    expect(done.status, done.text).toBe(0);
  }
  const after = conformance();
  expect(after.status, after.text).toBe(0);
  expect(after.text).toMatch(/Tests .* passed/);
  expect(after.text).toMatch(/motd-line is complete when it has:\n {2}yes {2}tests above/);
}, 900_000);
