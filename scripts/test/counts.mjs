/** Reads the result files of the test runners. A missing file counts as one failure: the runner did not come to its end. */
import { existsSync, readFileSync } from 'node:fs';

const broken = { passed: 0, failed: 1, skipped: 0, reasons: [] };
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

export function countVitest(file) {
  const result = read(file);
  if (!result) return broken;
  const tests = result.testResults.flatMap((one) => one.assertionResults);
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'skipped' || status === 'todo');
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length,
    skipped: skipped.length,
    // The title of a skipped test says what it would need.
    reasons: skipped.map(({ fullName }) => `not on this machine: ${fullName}`),
  };
}

export function countPlaywright(file) {
  const result = read(file);
  if (!result) return broken;
  const reasons = new Set();
  const visit = (suite) => {
    for (const child of suite.suites ?? []) visit(child);
    for (const { tests } of suite.specs ?? []) {
      for (const { status, projectName, annotations } of tests) {
        if (status === 'skipped') reasons.add(`${projectName}: ${annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'}`);
      }
    }
  };
  for (const suite of result.suites) visit(suite);
  const { expected, unexpected, flaky, skipped } = result.stats;
  return { passed: expected + flaky, failed: unexpected + result.errors.length, skipped, reasons: [...reasons] };
}

export const sum = (parts) => ({
  passed: parts.reduce((total, part) => total + part.passed, 0),
  failed: parts.reduce((total, part) => total + part.failed, 0),
  skipped: parts.reduce((total, part) => total + part.skipped, 0),
  reasons: parts.flatMap((part) => part.reasons),
});
