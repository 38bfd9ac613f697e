/** Reads the result files of the test runners. A missing file counts as one failure: the runner did not come to its end. */
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const broken = (file) => ({ passed: 0, failed: 1, skipped: 0, reasons: [], failures: [`${file} is not there: the runner did not come to its end`] });
const firstLine = (text) =>
  stripVTControlCharacters(text ?? '')
    .split('\n')
    .find((line) => line.trim() !== '') ?? '';
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

export function countVitest(file) {
  const result = read(file);
  if (!result) return broken(file);
  const tests = result.testResults.flatMap((one) => one.assertionResults);
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'skipped' || status === 'todo');
  const failed = tests.filter(({ status }) => status === 'failed');
  const notRun = result.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return {
    passed: result.numPassedTests,
    failed: failed.length + notRun.length,
    failures: [
      ...failed.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0])}`),
      ...notRun.map(({ name, message }) => `${name}: ${firstLine(message)}`),
    ],
    skipped: skipped.length,
    // The title of a skipped test says what it would need; what is only in the soak lacks nothing here.
    reasons: skipped.filter(({ fullName }) => !fullName.includes('in the soak: ')).map(({ fullName }) => `not on this machine: ${fullName}`),
  };
}

export function countPlaywright(file) {
  const result = read(file);
  if (!result) return broken(file);
  const reasons = new Set();
  const failures = [];
  const visit = (suite) => {
    for (const child of suite.suites ?? []) visit(child);
    for (const { title, file, tests } of suite.specs ?? []) {
      for (const { status, projectName, annotations, results } of tests) {
        if (status === 'unexpected') failures.push(`${projectName}: ${file}: ${title}: ${firstLine(results.at(-1)?.error?.message)}`);
        if (status === 'skipped') reasons.add(`${projectName}: ${annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'}`);
      }
    }
  };
  for (const suite of result.suites) visit(suite);
  const { expected, unexpected, flaky, skipped } = result.stats;
  failures.push(...result.errors.map(({ message }) => firstLine(message)));
  return { passed: expected + flaky, failed: unexpected + result.errors.length, skipped, reasons: [...reasons], failures };
}

export const sum = (parts) => ({
  passed: parts.reduce((total, part) => total + part.passed, 0),
  failed: parts.reduce((total, part) => total + part.failed, 0),
  skipped: parts.reduce((total, part) => total + part.skipped, 0),
  reasons: parts.flatMap((part) => part.reasons),
  failures: parts.flatMap((part) => part.failures),
});
