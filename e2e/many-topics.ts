/** The built app with one procedure more: a copy whose title is as long as titles may come. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from './app-fixture.ts';

const root = path.resolve(import.meta.dirname, '..');

/** 130 characters, with a word that has no place to break. */
export const longTitle = 'Moves an old directory server with all its users, groups, home folders and printers to abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq';

const clones = `topics.concat(Array.from({ length: 1 }, (_, at) => {
  const of = topics[at % topics.length];
  return { ...of, id: of.id + '-copy-' + at, title: ${JSON.stringify(longTitle)}, symptoms: [], alsoCalled: [], about: [], asked: [], nearMisses: [] };
}))`;

export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  appFolder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-many-'));
    cpSync(path.join(root, 'out'), path.join(folder, 'out'), { recursive: true });
    cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
    for (const name of ['node_modules', 'assets']) symlinkSync(path.join(root, name), path.join(folder, name));
    addClones(path.join(folder, 'out/main/chunks'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});
export { expect } from '@playwright/test';

function addClones(chunks: string): void {
  const declared = /\b(?:var|const) catalogue = topics;/;
  const files = readdirSync(chunks).map((name) => path.join(chunks, name));
  const file = files.find((each) => declared.test(readFileSync(each, 'utf8')));
  if (!file) throw new Error('The built app does not declare its catalogue as it used to.');
  writeFileSync(file, readFileSync(file, 'utf8').replace(declared, `var catalogue = ${clones};`));
}
