import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstLoad, firstLoadText } from './first-load.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-first-load-'));
  mkdirSync(path.join(folder, 'assets'));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write(
    'index.html',
    '<script type="module" src="./assets/index.js"></script><link rel="stylesheet" href="./assets/index.css"><link rel="icon" href="data:,">',
  );
  write('assets/index.css', 'a{}');
  write('assets/index.js', 'import{a}from"./shared.js";import"./side.js";const later=()=>import("./later.js");export{a,later};');
  write('assets/shared.js', 'import { b } from "./deep.js";export const a=b;');
  write('assets/side.js', '');
  write('assets/deep.js', 'export const b=1;');
  write('assets/later.js', 'export const c=1;');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the first load', () => {
  it('is what the page names and what that imports at once, not what comes later', () =>
    expect(
      firstLoad(folder)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['assets/deep.js', 'assets/index.css', 'assets/index.js', 'assets/shared.js', 'assets/side.js']));

  it('names every file, and the sum against the limit', () => {
    const files = firstLoad(folder);
    const sum = files.reduce((total, { gzip }) => total + gzip, 0);
    expect(firstLoadText(files, sum).ok).toBe(true);
    const { ok, text } = firstLoadText(files, sum - 1);
    expect(ok).toBe(false);
    for (const { file } of files) expect(text).toContain(file);
  });

  it('does not count a build that is cut off as small', () => {
    rmSync(path.join(folder, 'assets/deep.js'));
    expect(() => firstLoad(folder)).toThrow('assets/deep.js');
  });
});
