/** docs/security.md names tests as proof: they have to be there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

/** `file.test.ts` “name”, “another name of it”; … */
function claimsOf(text: string): { file: string; names: string[] }[] {
  return [...text.matchAll(/`([^`]+\.(?:test|spec)\.tsx?)`((?:,? “[^”]+”)+)/g)].map(([, file = '', names = '']) => ({
    file,
    names: [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
  }));
}
/** Names of a file's tests, as they are written in it. */
const testsOf = (file: string): string[] =>
  [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(/\b(?:it|test)\b[^'"`\n]*\(?\s*(['"`])((?:(?!\1).)+)\1/g),
    ...readFileSync(path.join(root, file), 'utf8').matchAll(/\)\(\s*(['"`])((?:(?!\1).)+)\1/g),
  ].map(([, , name = '']) => name);

it('names a proof for each defence, and each of them exists', () => {
  const claims = claimsOf(page);
  expect(claims.length).toBeGreaterThan(25);
  const missing = claims.flatMap(({ file, names }) =>
    existsSync(path.join(root, file)) ? names.filter((name) => !testsOf(file).includes(name)).map((name) => `${file}: ${name}`) : [file],
  );
  expect(missing).toEqual([]);
  // Each row of a table of defences ends in a proof.
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (defence|what|between) \|/.test(line));
  const proved = page
    .split('\n| defence | proved by |\n')
    .slice(1)
    .flatMap((part) => part.split('\n\n')[0]?.split('\n').slice(1) ?? []);
  expect(proved.filter((row) => claimsOf(row).length === 0)).toEqual([]);
  expect(proved.length).toBeLessThan(rows.length);
});

it('would miss one that is not there', () => {
  expect(claimsOf('| x | `scripts/security-page.test.ts` “no such test” |')).toEqual([{ file: 'scripts/security-page.test.ts', names: ['no such test'] }]);
  expect(testsOf('scripts/security-page.test.ts')).toContain('would miss one that is not there');
  expect(testsOf('scripts/security-page.test.ts')).not.toContain('nothing of the kind');
});
