import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TargetEntry, targetEntry } from '../../../../shared/api/target.ts';
import { bundleProgram } from '../../faults/child-program.test-kit.ts';
import { TargetBook } from './target-book.ts';
import { targetSlug } from './target-slug.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-book-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const entry = (name: string, more: Partial<TargetEntry> = {}): TargetEntry => ({
  name,
  connection: { kind: 'ssh', host: 'db1' },
  root: 'none',
  group: '',
  tags: [],
  note: '',
  ...more,
});

describe('the book of targets', () => {
  it('keeps what is added, changed and removed', () => {
    const book = new TargetBook(path.join(folder, 'data'));
    expect(book.list()).toEqual([]);
    expect(book.add([entry('Größe 1'), entry('Größe 1')]).map(({ id }) => id)).toEqual(['gro-e-1', 'gro-e-1-2']);
    book.edit('gro-e-1', { root: 'sudo', note: undefined });
    book.remove('gro-e-1-2');
    expect(new TargetBook(path.join(folder, 'data')).list()).toEqual([{ id: 'gro-e-1', ...entry('Größe 1', { root: 'sudo' }) }]);
    expect(() => book.remove('gro-e-1-2')).toThrow(/no target/);
    expect(readdirSync(path.join(folder, 'data')).sort()).toEqual(['targets.json', 'targets.lock']);
  });

  it('is read although a name in it is too long, as an import once let in', () => {
    const book = new TargetBook(folder);
    const name = 'a'.repeat(100);
    writeFileSync(
      book.file,
      JSON.stringify({
        version: 1,
        targets: [
          { id: 'a', ...entry(name) },
          { id: 'b', ...entry('b') },
        ],
      }),
    );
    expect(book.list().map((each) => each.name)).toEqual([name.slice(0, 80), 'b']);
    // Its long name stays in the file until somebody changes it.
    book.edit('b', { group: 'x' });
    expect(JSON.parse(readFileSync(book.file, 'utf8')).targets[0].name).toBe(name);
    book.edit('a', { group: 'x' });
    expect(JSON.parse(readFileSync(book.file, 'utf8')).targets[0].name).toBe(name.slice(0, 80));
  });

  it('keeps the mark of a target for production, and takes it away again', () => {
    const book = new TargetBook(folder);
    book.add([entry('db', { production: true })]);
    expect(new TargetBook(folder).get('db').production).toBe(true);
    book.edit('db', { note: 'x' });
    expect(book.get('db').production).toBe(true);
    book.edit('db', { production: false });
    expect(new TargetBook(folder).get('db').production).toBe(false);
    // A change that does not speak of it does not touch it.
    expect(targetEntry.partial().parse({ note: 'y' })).toEqual({ note: 'y' });
  });

  it('refuses a change of something that was changed meanwhile', () => {
    const book = new TargetBook(folder);
    const { id, ...before } = book.add([entry('a', { connection: { kind: 'ssh', host: 'h', port: 22, user: 'u' } })])[0] as TargetEntry & { id: string };
    const shuffled = { ...before, connection: { kind: 'ssh', user: 'u', port: 22, host: 'h' } } as const;
    book.edit(id, { group: 'x' }, shuffled);
    expect(() => book.edit(id, { group: 'y' }, before)).toThrow(/changed elsewhere/);
    expect(book.get(id).group).toBe('x');
  });

  it.each([
    ['{"version":1,"targets":{}}', /targets: It has to be a list/],
    ['{"version":2,"targets":[]}', /newer/],
    ['{"version":1,"targ', /not JSON/],
    ['', /not JSON/],
  ])('says that %s is damaged, and leaves it as it is', (text, message) => {
    writeFileSync(path.join(folder, 'targets.json'), text);
    const book = new TargetBook(folder);
    expect(() => book.list()).toThrow(message);
    expect(() => book.add([entry('a')])).toThrow(message);
    expect(readFileSync(book.file, 'utf8')).toBe(text);
  });

  it('hides an entry that can’t be used, says which and why, and keeps it in the file as it was', () => {
    const book = new TargetBook(folder);
    const bad = [
      { id: 'a', name: 'Web A', connection: { kind: 'ssh', host: 'a', port: 70_000 }, root: 'none', group: '', tags: [], note: '' },
      { id: 'ok', ...entry('Again') },
      'nothing',
      { id: 'c', ...entry('From tomorrow'), colour: 'red' },
    ];
    writeFileSync(book.file, JSON.stringify({ version: 1, targets: [bad[0], { id: 'ok', ...entry('Good') }, ...bad.slice(1)] }));
    expect(book.list().map(({ name }) => name)).toEqual(['Good']);
    expect(book.hidden()).toEqual([
      { number: 1, name: 'Web A', why: 'Port has to be at most 65535. Example: 22.' },
      { number: 3, name: 'Again', why: 'Another entry has the id "ok" already.' },
      { number: 4, name: '', why: 'The entry: It has to be a group of values.' },
      { number: 5, name: 'From tomorrow', why: 'The entry: It has a part that this Wrenchbook does not know: colour.' },
    ]);
    // The id of a hidden one is not given away.
    expect(book.add([entry('C')])[0]?.id).toBe('c-2');
    book.edit('ok', { group: 'Rack 1' });
    const kept = JSON.parse(readFileSync(book.file, 'utf8')).targets;
    expect(kept).toEqual([bad[0], { id: 'ok', ...entry('Good', { group: 'Rack 1' }) }, ...bad.slice(1), { id: 'c-2', ...entry('C') }]);
    book.remove('ok');
    expect(book.list().map(({ name }) => name)).toEqual(['Again', 'C']);
  });

  it('writes nothing that could not be read again', () => {
    const book = new TargetBook(folder);
    const [first] = book.add([entry('web1')]);
    const before = readFileSync(book.file, 'utf8');
    expect(() => book.add([entry('fine'), entry('a'.repeat(100))])).toThrow(/"a{100}" was not written\. Name is too long: 100 characters, at most 80\./);
    expect(() => book.edit(first?.id ?? '', { connection: { kind: 'ssh', host: '-oProxyCommand=x' } })).toThrow(
      /"web1" was not written\. Host: Give a host name/,
    );
    expect(readFileSync(book.file, 'utf8')).toBe(before);
    // One that fits is written, so what was refused was refused for its name.
    book.add([entry('a'.repeat(80))]);
    expect(book.list()).toHaveLength(2);
  });

  it('moves a damaged file away, and never one that can be read', () => {
    const book = new TargetBook(folder);
    expect(() => book.moveAway()).toThrow(/not moved away/);
    book.add([entry('a')]);
    expect(() => book.moveAway()).toThrow(/not moved away/);
    writeFileSync(book.file, '{"version":1,"targ');
    const aside = book.moveAway();
    expect(readFileSync(aside, 'utf8')).toBe('{"version":1,"targ');
    expect(path.dirname(aside)).toBe(folder);
    expect(book.list()).toEqual([]);
    expect(book.add([entry('b')])).toHaveLength(1);
  });

  it('loses nothing where several processes add at once', async () => {
    const program = await bundleProgram(path.join(import.meta.dirname, 'add-targets.test-program.ts'));
    await Promise.all(
      ['a', 'b', 'c'].map(
        (name) =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(process.execPath, [program, folder, name, '15'], {
              stdio: ['ignore', 'ignore', 'inherit'],
            });
            child.once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${name} ended with ${status}`))));
          }),
      ),
    );
    rmSync(path.dirname(program), { recursive: true });
    expect(new TargetBook(folder).list()).toHaveLength(45);
  });
});

describe('what a target may be', () => {
  it.each(['-oProxyCommand=touch x', 'a b', 'a\nb', '', 'a;b', '$(x)'])('takes no host %j', (host) =>
    expect(targetEntry.safeParse(entry('a', { connection: { kind: 'ssh', host } })).success).toBe(false),
  );
  it.each(['db1', 'db1.example', '192.0.2.7', 'fe80::1%eth0', '_jump'])('takes the host %s', (host) =>
    expect(targetEntry.safeParse(entry('a', { connection: { kind: 'ssh', host } })).success).toBe(true),
  );
  it('takes no user that is an option, and no name of two lines', () => {
    expect(targetEntry.safeParse(entry('a', { connection: { kind: 'ssh', host: 'h', user: '-x' } })).success).toBe(false);
    expect(targetEntry.safeParse(entry('a\u001bb')).success).toBe(false);
  });
});

it.each([
  ['Rack 2 / DB', 'rack-2-db'],
  ['日本', 'target'],
  ['x', 'x-2'],
])('the id of %s is %s', (name, id) => expect(targetSlug(name, new Set(['x']))).toBe(id));
