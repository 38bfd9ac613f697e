/** The gate: all checks and their sum. The windows are looked at beside the unit tests: either waits part of its time. */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { buildApp } from '../start/built-app.mjs';
import { installDependencies } from '../start/dependencies.mjs';
import { ensureChromium } from '../start/preview-browser.mjs';
import { changedFiles, selectTests } from './changed.mjs';
import { countPlaywright, countVitest, sum } from './counts.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const results = path.join(root, '.cache', 'test');
const unitResults = path.join(results, 'unit.json');
const e2eResults = path.join(results, 'e2e.json');

/** Resolves with whether everything passed. `words`: `--changed` or `--changed=COMMIT` for what a change can touch. */
export async function runGate(words = []) {
  const changed = words.find((word) => /^--changed(=.+)?$/.test(word));
  if (words.length > (changed ? 1 : 0)) throw new Error('npm test takes --changed or --changed=COMMIT, or nothing.');
  const selected = selection(changed);
  installDependencies(root);
  try {
    ensureChromium(root);
  } catch (thrown) {
    console.log(`Without Chromium the tests that need it are skipped: ${thrown.message}`);
  }
  buildApp(root);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const first = [
    ['types', ['npm', 'run', '--silent', 'types']],
    ['lint', ['npm', 'run', '--silent', 'lint']],
    ['import table', ['npm', 'run', '--silent', 'imports']],
    ['unused code', ['npm', 'run', '--silent', 'unused']],
    ['first load of the window', ['npm', 'run', '--silent', 'first-load']],
  ];
  const windows = selected.specs === null ? null : windowCheck(selected.specs);
  const failed = [];
  const run = async (checks, output) => {
    for (const check of checks) if (!(await runCheck(check, output))) failed.push(check[0]);
  };
  await run(first);
  const beside = windows && runBeside(windows, run);
  await run(unitChecks(selected));
  await beside?.();
  const checks = [...first, ...unitChecks(selected), ...(windows ? [windows] : [])];

  const counts = sum([...unitChecks(selected).map(([, , , file]) => countVitest(file)), ...(selected.specs === null ? [] : [countPlaywright(e2eResults)])]);
  if (counts.reasons.length > 0) console.log(`\nSkipped, because:\n${counts.reasons.map((reason) => `  ${reason}`).join('\n')}`);
  // At the end, as often only the end of a long output is kept.
  if (counts.failures.length > 0) console.log(`\nFailed:\n${counts.failures.map((failure) => `  ${failure}`).join('\n')}`);
  console.log(failed.length === 0 ? `\nAll ${checks.length} checks went well.` : `\nNot well: ${failed.join(', ')}.`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return failed.length === 0 && counts.failed === 0 && (counts.passed > 0 || !selected.all);
}

function selection(changed) {
  const everything = { all: true, specs: [], folders: [] };
  if (!changed) return everything;
  const base = changed.split('=')[1] ?? 'HEAD';
  const files = changedFiles(root, base);
  const chosen = selectTests(files);
  console.log(`Changed since ${base}: ${files.length} files. ${chosen.all ? 'They can touch everything.' : 'Only what they can touch is run.'}`);
  return chosen.all ? everything : { ...chosen, base };
}

/** With a change: the tests that import what changed, and those that read it. Each with the file of its results. */
function unitChecks({ all, base, folders }) {
  const vitest = (file, ...more) => ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...more];
  if (all) return [['unit, conformance and package layout', vitest(unitResults), {}, unitResults]];
  const beside = path.join(results, 'unit-beside.json');
  return [
    ['unit tests of what changed', vitest(unitResults, '--changed', base, '--passWithNoTests'), {}, unitResults],
    ...(folders.length > 0 ? [['unit tests that read what changed', vitest(beside, ...folders, '--passWithNoTests'), {}, beside]] : []),
  ];
}

const windowCheck = (specs) => [
  'end to end',
  ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts', ...specs, '--reporter=list,json'],
  { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eResults },
];

/** Starts a check whose output is kept. What it returns waits for its end, and then shows that output. */
function runBeside(check, run) {
  console.log(`\n== ${check[0]} has begun; its output comes when the checks beside it are over`);
  const kept = path.join(results, 'beside.log');
  const output = createWriteStream(kept);
  const ended = run([check], output).then(() => finished(output.end()));
  return async () => {
    await ended;
    await pipeline(createReadStream(kept), process.stdout, { end: false });
  };
}

/** `output`: a stream that takes what it prints, in place of this terminal. */
function runCheck([name, [program, ...args], environment = {}], output = process.stdout) {
  output.write(`\n== ${name}\n`);
  const startedAt = Date.now();
  const kept = output !== process.stdout;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', kept ? 'pipe' : 'inherit', kept ? 'pipe' : 'inherit'],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  for (const from of [child.stdout, child.stderr]) from?.pipe(output, { end: false });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      output.write(`== ${name}: ${status === 0 ? 'well' : 'NOT WELL'} after ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
      resolve(status === 0);
    });
  });
}
