/** No Windows runs this here. So what cmd.exe would stumble over is looked for: labels, quotes, brackets, variables, names. */
import { expect, it } from 'vitest';
import { letters, rescueScript } from './rescue-script.ts';

const script = rescueScript();
/** Each line without the words that `for` and `if` put in front, and without what is in quotation marks. */
const bare = (line: string) => line.replace(/"[^"]*"/g, '""');
const labels = script.flatMap((line) => /^:([a-z]+)$/.exec(line)?.[1] ?? []);

it('jumps to labels that there are, each there once and none that is not jumped to', () => {
  const jumps = new Set(script.flatMap((line) => [...bare(line).matchAll(/\b(?:goto |call :)([a-z]+)/g)].map(([, label]) => label)));
  const tasks = /in \(([a-z ]+)\) do if \/i/.exec(script.join('\n'))?.[1]?.split(' ') ?? [];
  expect(tasks).toEqual(['look', 'rename', 'back', 'restore', 'remove']);
  expect(new Set(labels).size).toBe(labels.length);
  expect([...new Set([...jumps, ...tasks])].sort()).toEqual([...labels].sort());
});

it('never falls through into a label: the line before ends or jumps', () => {
  script.forEach((line, index) => {
    if (!/^:[a-z]+$/.test(line)) return;
    const before = script[index - 1] ?? '';
    expect(before, line).toMatch(/^(exit \/b \S+|goto [a-z]+)$/);
  });
});

it('closes what it opens, sets what it reads, and uses commands that cmd.exe has', () => {
  const set = new Set(script.flatMap((line) => [...line.matchAll(/\bset (?:"|\/a )([A-Z]+)=/g)].map(([, name]) => name)));
  for (const line of script) {
    expect((line.match(/"/g) ?? []).length % 2, line).toBe(0);
    expect((bare(line).match(/\(/g) ?? []).length, line).toBe((bare(line).match(/\)/g) ?? []).length);
    for (const [, name] of line.replace(/%%[A-Z]/g, '').matchAll(/%([A-Z][A-Za-z]*)(?::~-3)?%/g))
      expect([...set, 'TEMP', 'ERRORLEVEL', 'SystemDrive'], line).toContain(name);
    const command = bare(line)
      .replace(/^(for %%[A-Z] in \([^)]*\) do |if (\/i |not )*(exist ""|defined \w+|""=="") )+/g, '')
      .split(/[ :]/)[0];
    if (!line.startsWith(':'))
      expect(['@echo', 'rem', 'setlocal', 'set', 'call', 'type', 'del', 'exit', 'echo', 'if', 'for', 'goto', 'dir', 'ren', 'start'], line).toContain(command);
  }
});

it('is ASCII, renames to names without a folder, deletes only numbered hives, and passes over X:', () => {
  for (const line of script) expect(line).toMatch(/^[\x20-\x7e]+$/);
  for (const line of script.filter((each) => each.startsWith('ren ')))
    expect(line).toMatch(/^ren "%CONFIG%\\(SOFTWARE|SYSTEM)[^"\\]*" (SOFTWARE|SYSTEM)(\.%NEXT%)?$/);
  const deleted = script.flatMap((line) => [...line.matchAll(/\bdel (.*)$/g)].map(([, files]) => files));
  expect([...new Set(deleted)].sort()).toEqual(['"%CONFIG%\\SOFTWARE.%OWN%"', '"%CONFIG%\\SYSTEM.%OWN%"', '"%NEW%"', '"%NOTE%"']);
  expect(letters.split(' ')).toHaveLength(23);
  expect(letters).not.toContain('X');
  expect(script.join('\n')).toContain(`set "ASKED=${letters}"`);
});

it.each([
  ['000', '001'],
  ['001', '002'],
  ['009', '010'],
  ['099', '100'],
  ['998', '999'],
])('numbers on from %s to %s, as its arithmetic says', (top, next) => {
  expect(script).toEqual(expect.arrayContaining(['set /a NEXT=1%TOP%-999', 'set "NEXT=00%NEXT%"', 'set "NEXT=%NEXT:~-3%"']));
  expect(`00${Number(`1${top}`) - 999}`.slice(-3)).toBe(next);
});
