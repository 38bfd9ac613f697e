/** An edit that writes a secret: it stands in the file, and nowhere in what is kept of the run, nor anything it could be guessed from. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EditStep, secretIn } from '../../../shared/topic-kit/index.ts';
import { describeRun } from '../bundles/run-tar.ts';
import { readJournal } from '../runs/journal.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';

const password = 'k9-Quiet/River';
const old = 'user = backup\npassword = 1234\n';
const written = `user = backup\npassword = ${password}\n`;
const step: EditStep = {
  kind: 'edit',
  id: 'account',
  title: 'Enter the account',
  intro: '',
  danger: 'changes',
  runsOn: 'here',
  file: '/etc/app/account.conf',
  secrets: ['password'],
  edit: (text) => text.replace(/^password = .*$/m, `password = ${secretIn('password')}`),
};
let run: SmallRun;
let file = '';
beforeEach(() => {
  run = new SmallRun([step], undefined, undefined, { given: { password } });
  file = path.join(run.lab, 'root/etc/app/account.conf');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, old, { mode: 0o600 });
});
afterEach(() => run.end());

const go = () => run.act((controller) => controller.advance('account', { shown: run.state.offers.find(({ change }) => change)?.change?.shown }));
const back = () => run.act((controller) => controller.undo(''));
const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

/** All that is kept of the run on this machine but the lab, which plays the target: names, and contents. */
function kept(): string {
  const names = readdirSync(run.folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('lab'));
  return names
    .map((name) => (statSync(path.join(run.folder, name)).isFile() ? `${name}\n${readFileSync(path.join(run.folder, name), 'latin1')}` : name))
    .join('\n');
}
const backups = () => readdirSync(path.join(run.lab, 'root/var/lib/wrenchbook/backups', run.state.runId));
function expectNothingKept(): void {
  const all = `${kept()}\n${backups().join('\n')}`;
  expect(all).not.toContain(password);
  // What it could be guessed from: a digest of a content that is known but for the secret.
  for (const content of [old, written]) for (const algorithm of ['sha256', 'md5', 'sha1']) expect(all).not.toContain(hex(algorithm, content).slice(0, 12));
  expect(all).not.toMatch(/"sum":"\d/);
}

it('shows the change with its mark, writes it, and is taken back to the last byte', async () => {
  let state = await go();
  expect(state.offers[0]?.change?.diff).toContain('+password = ‹secret›');
  expect(state.offers[0]?.change?.diff).not.toContain(password);
  expect(readFileSync(file, 'utf8')).toBe(old);
  state = await go();
  expect([state.status, readFileSync(file, 'utf8')]).toEqual(['done', written]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expectNothingKept();
  expect(backups()).toHaveLength(1);
  expect((await describeRun(run.folder)).files.map((one) => one.path).filter((name) => name.includes('digest'))).toEqual([]);
  // The undo needs no secret: nobody has to know it any more.
  for (const name of Object.keys(run.given)) delete run.given[name];
  await run.reopen();
  state = await back();
  expect([state.status, readFileSync(file, 'utf8')]).toEqual(['undone', old]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('changes nothing the second time, and keeps away from what somebody else wrote meanwhile', async () => {
  await go();
  await go();
  writeFileSync(file, `${written}# by hand\n`);
  const state = await back();
  expect([state.status, readFileSync(file, 'utf8')]).toEqual(['failed', `${written}# by hand\n`]);
  expectNothingKept();
});

it('does not write what changed since it was shown', async () => {
  await go();
  writeFileSync(file, old.replace('1234', '12345'));
  const state = await go();
  expect([state.status, readFileSync(file, 'utf8')]).toEqual(['waiting', old.replace('1234', '12345')]);
});

it('says that the secret is gone where it is, and writes no mark in its place', async () => {
  for (const name of Object.keys(run.given)) delete run.given[name];
  await run.reopen();
  const state = await go();
  expect([state.status, state.steps[0]?.verdicts.map(({ rule }) => rule)]).toEqual(['failed', ['secret-missing']]);
  expect(readFileSync(file, 'utf8')).toBe(old);
});

it('puts back no backup that is another one', async () => {
  await go();
  await go();
  const [backup = ''] = backups();
  const place = path.join(run.lab, 'root/var/lib/wrenchbook/backups', run.state.runId, backup);
  writeFileSync(place, 'password = of somebody else\n');
  const state = await back();
  expect([state.status, readFileSync(file, 'utf8')]).toEqual(['failed', written]);
});

it('without that word in the step, a digest is the usual one (negative control)', async () => {
  const { secrets: _, ...unmarked } = step;
  const plain = new SmallRun([{ ...unmarked, edit: (text) => text.replace('1234', '99') }]);
  const there = path.join(plain.lab, 'root/etc/app/account.conf');
  mkdirSync(path.dirname(there), { recursive: true });
  writeFileSync(there, old);
  await plain.act((controller) => controller.advance('account'));
  expect(JSON.stringify(readJournal(plain.folder).events)).toContain(hex('sha256', old));
  await plain.end();
});
