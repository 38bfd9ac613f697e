/** docs/trials.md says which test tries what: each one that it names is there, and each row names one or says why not. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What is wrong with a table of trials; `source` gives a test file's text, or null where there is none. */
function untrue(table: string, source: (file: string) => string | null): string[] {
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what |'));
  return rows.flatMap((row) => {
    const [what = '', how = '', tests = '', ...more] = row.split(/ ?\| ?/).slice(1, -1);
    if (more.length > 0) return [`${what}: has more than three columns`];
    const cited = [...tests.matchAll(/`([^`]+)`((?:,? "[^"]+")+)/g)];
    if (cited.length === 0) return /^not tried: ./.test(how) && tests === '' ? [] : [`${what}: names no test, and no reason`];
    return cited.flatMap(([, file = '', titles = '']) => {
      const text = source(file);
      if (text === null) return [`${what}: there is no ${file}`];
      return [...titles.matchAll(/"([^"]+)"/g)].flatMap(([, title = '']) => (hasTest(text, title) ? [] : [`${what}: ${file} has no test "${title}"`]));
    });
  });
}

/** As the first argument of a call, as `it('…', …)` and `it.each(…)('…', …)` have it, and not put aside. */
const hasTest = (text: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => {
    const at = text.indexOf(`${quote}${title}${quote},`);
    return at !== -1 && /\(\s*$/.test(text.slice(0, at)) && !/\.(skip|todo)\(\s*$/.test(text.slice(0, at));
  });

const read = (file: string) => (/^(electron|shared|e2e)\/[\w./-]+\.(test|spec)\.ts$/.test(file) && existsSync(file) ? readFileSync(file, 'utf8') : null);

it('what docs/trials.md names as tried has its test', () => {
  const table = readFileSync('docs/trials.md', 'utf8');
  expect(table.match(/^\| /gm)?.length).toBeGreaterThan(50);
  expect(untrue(table, read)).toEqual([]);
});

it.each([
  ['a test that is there', '| key | real | `a.test.ts` "does it" |', []],
  ['a title that is not', '| key | real | `a.test.ts` "does it not" |', ['key: a.test.ts has no test "does it not"']],
  ['the second of two titles that is not', '| key | real | `a.test.ts` "does it", "nor this" |', ['key: a.test.ts has no test "nor this"']],
  ['a file that is not', '| key | real | `b.test.ts` "does it" |', ['key: there is no b.test.ts']],
  ['a test that is put aside', '| key | real | `a.test.ts` "does it later" |', ['key: a.test.ts has no test "does it later"']],
  ['words in a comment only', '| key | real | `a.test.ts` "a comment" |', ['key: a.test.ts has no test "a comment"']],
  ['nothing', '| key | real | |', ['key: names no test, and no reason']],
  ['a reason', '| key | not tried: no key | |', []],
])('is checked for %s', (_, row, wrong) => {
  const text = "// 'a comment',\nit.each([1])('does it', () => go());\nit.skip('does it later', () => go());";
  expect(untrue(`| what | how | test |\n|---|---|---|\n${row}`, (file) => (file === 'a.test.ts' ? text : null))).toEqual(wrong);
});
