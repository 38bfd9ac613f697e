/** The gate: all checks, one after the other, and their sum. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
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
    ensureChromium(root, { preview: false });
  } catch (thrown) {
    console.log(`Without Chromium the tests that need it are skipped: ${thrown.message}`);
  }
  buildApp(root);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const checks = [
    ['types', ['npm', 'run', '--silent', 'types']],
    ['lint', ['npm', 'run', '--silent', 'lint']],
    ['import table', ['npm', 'run', '--silent', 'imports']],
    ['unused code', ['npm', 'run', '--silent', 'unused']],
    ['first load of the window', ['npm', 'run', '--silent', 'first-load']],
    ...unitChecks(selected),
    ...(selected.specs === null
      ? []
      : [
          [
            'end to end',
            ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts', ...selected.specs, '--reporter=list,json'],
            { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eResults },
          ],
        ]),
  ];
  const failed = checks.filter(([name, command, environment]) => !runCheck(name, command, environment)).map(([name]) => name);

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

function runCheck(name, [program, ...args], environment = {}) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  console.log(`== ${name}: ${status === 0 ? 'well' : 'NOT WELL'} after ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return status === 0;
}
