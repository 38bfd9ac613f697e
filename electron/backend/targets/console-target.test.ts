/** Consoles of the book of targets: who may put a program there, and what a run's record keeps of an entry. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { consoleRef } from '../../../shared/api/console.ts';
import { type TargetEntry, targetEntry } from '../../../shared/api/target.ts';
import { carrierPair } from '../../../shared/wire/carrier.ts';
import { makeApi, makeClient } from '../../../shared/wire/client.ts';
import { createBackend } from '../backend.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { TargetBook } from './book/target-book.ts';
import { runConsole } from './console-target.ts';
import { settledTarget } from './settled-target.ts';

const entry = (name: string, connection: TargetEntry['connection']): TargetEntry => ({ name, connection, root: 'none', group: '', tags: [], note: '' });
const program = (...words: string[]) => entry('A program', { kind: 'console', way: { by: 'command', words }, dialect: 'uefi-shell' });

let runs: Rehearsal;
beforeEach(() => {
  runs = new Rehearsal();
});
afterEach(() => runs.end());

it('takes a program from the terminal command, and from a page neither new nor changed', async () => {
  const added = await runs.api.targets.add(program('conserver-console', '-M', 'host', 'web 1'));
  expect(added.connection).toEqual({ kind: 'console', way: { by: 'command', words: ['conserver-console', '-M', 'host', 'web 1'] }, dialect: 'uefi-shell' });
  const backend = createBackend({ dataFolder: runs.data, assetsFolder: path.resolve('assets'), version: 'test', log: () => undefined });
  const [here, there] = carrierPair();
  backend.serve(there, 'window');
  const page = makeApi(makeClient(here).call);
  await expect(page.targets.add(program('sh', '-c', 'touch x'))).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(page.targets.edit({ targetId: added.id, change: { connection: program('sh').connection } })).rejects.toMatchObject({ code: 'not-allowed' });
  const { id: _id, facts: _facts, ...same } = added;
  expect((await page.targets.edit({ targetId: added.id, change: { ...same, note: 'in rack 2' } })).note).toBe('in rack 2');
  await expect(
    page.topics.check({ topicId: 'perc-h200-crossflash', target: { kind: 'console', console: { way: program('sh').connection } } as never, parameters: {} }),
  ).rejects.toMatchObject({
    code: 'bad-message',
  });
  await backend.close();
});

it('keeps a way of checked values in the record of a run, and of a program the name only', () => {
  const book = new TargetBook(runs.data);
  const [serial, own] = book.add([
    entry('Serial', { kind: 'console', way: { by: 'serial', device: '/dev/ttyS0', speed: 9600 }, dialect: 'uefi-shell' }),
    program('conserver-console', 'web1'),
  ]);
  expect(settledTarget({ kind: 'console', console: { entry: serial?.id ?? '' } }, book).target).toEqual({
    kind: 'console',
    console: { way: { by: 'serial', device: '/dev/ttyS0', speed: 9600 }, dialect: 'uefi-shell' },
  });
  const settled = settledTarget({ kind: 'console', console: { entry: own?.id ?? '' } }, book).target;
  expect(settled).toEqual({ kind: 'console', console: { entry: 'a-program', dialect: 'uefi-shell', text: 'conserver-console web1' } });
  expect(() => settledTarget({ kind: 'console', console: { entry: 'nobody' } }, book)).toThrow(/no target "nobody"/);
});

it('opens a program only while its entry is what it was', async () => {
  const book = new TargetBook(runs.data);
  book.add([program('false')]);
  const { open } = runConsole({ entry: 'a-program', dialect: 'uefi-shell', text: 'false' }, book);
  await (await open()).close();
  book.edit('a-program', { connection: program('true').connection });
  await expect(open()).rejects.toThrow(/now leads elsewhere than when this run started/);
  book.remove('a-program');
  await expect(open()).rejects.toThrow(/no target "a-program"/);
});

it.each([
  { by: 'serial', device: '/etc/../dev/ttyS0', speed: 9600 },
  { by: 'serial', device: '/dev/ttyS0', speed: 42 },
  { by: 'fifo', path: 'relative' },
  { by: 'ipmi', host: '-f/etc/shadow', user: 'admin' },
  { by: 'virsh', domain: 'a b' },
  { by: 'virsh', domain: 'a', connection: '-r' },
  { by: 'virsh', domain: 'a', connection: 'qemu+ext:///system?command=/tmp/x' },
  { by: 'virsh', domain: 'a', connection: 'qemu+ssh://host/system?command=/tmp/x' },
  { by: 'virsh', domain: 'a', connection: 'qemu+ssh://-oProxyCommand=x/system' },
  { by: 'xl', domain: '-t' },
  { by: 'command', words: ['sh'] },
])('takes no way %j for a run', (way) => {
  expect(consoleRef.safeParse({ way, dialect: 'uefi-shell' }).success).toBe(false);
});

it.each(['qemu:///system', 'qemu+ssh://root@kvm-1.example:22/system', 'xen:///', 'qemu+tls://[2001:db8::7]/system', 'lxc:///'])(
  'takes the connection %s',
  (connection) => {
    expect(consoleRef.safeParse({ way: { by: 'virsh', domain: 'a', connection }, dialect: 'login' }).success).toBe(true);
  },
);

it('keeps an entry in the file as it was typed', async () => {
  await runs.api.targets.add(program('a', '', ' b '));
  expect(JSON.parse(readFileSync(path.join(runs.data, 'targets.json'), 'utf8')).targets[0].connection.way.words).toEqual(['a', '', ' b ']);
  expect(targetEntry.safeParse(program('a\nb')).success).toBe(false);
});
