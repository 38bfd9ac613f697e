/** `wrenchbook fleet compile` as built: what it writes, what it leaves alone, and what it says of answers that are wrong. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const command = path.resolve('out/main/cli.cjs');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-compile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const compile = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'fleet', 'compile', ...args], {
    env: { ...process.env, HOME: folder, WRENCHBOOK_DATA: path.join(folder, 'data') },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const book = () => path.join(folder, 'book');
const text = (name: string) => readFileSync(path.join(book(), name), 'utf8');

describe('wrenchbook fleet compile', () => {
  it('writes a folder that plays by itself, and replaces it by another compilation', () => {
    const first = compile('page-cache-backup', '--to', book(), '--json');
    expect(first.status, first.stderr).toBe(0);
    const { files } = JSON.parse(first.stdout) as { files: string[] };
    const there = readdirSync(book(), { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [path.relative(book(), path.join(entry.parentPath, entry.name))] : [],
    );
    expect(there.sort()).toEqual([...files].sort());
    expect(text('site.yml')).toContain('page_cache_backup');
    expect(text('roles/page_cache_backup/files/rules.mjs')).not.toBe('');

    const other = compile('openmpi-infiniband', '--to', book(), '--serial', '2,25%', '--max-fail', '10');
    expect(other.status, other.stderr).toBe(0);
    expect(existsSync(path.join(book(), 'roles/page_cache_backup'))).toBe(false);
    expect(text('site.yml')).toContain('hosts: head[0]');
    expect(text('site.yml')).toMatch(/serial:\n\s+- 2\n\s+- 25%\n\s+max_fail_percentage: 10/);
    const stops = compile('page-cache-backup', '--to', book(), '--stop-at', '3');
    expect([stops.status, text('site.yml')], stops.stderr).toEqual([0, expect.stringMatching(/vars:\n\s+page_cache_backup_stop_at: 3\n/)]);
    expect([text('site.yml'), text('undo.yml')].join()).not.toContain('max_fail_percentage');
    const both = compile('page-cache-backup', '--to', book(), '--stop-at', '3', '--max-fail', '50');
    expect([both.status, text('site.yml')], both.stderr).toEqual([0, expect.stringContaining('max_fail_percentage: 50')]);
    const alone = compile('openmpi-infiniband', '--to', book(), '--without', 'head');
    expect([alone.status, text('site.yml').includes('head')], alone.stderr).toEqual([0, false]);
  });

  it('refuses a folder with anything else in it, and leaves that as it is', () => {
    mkdirSync(book());
    writeFileSync(path.join(book(), 'notes.txt'), 'mine');
    const { status, stderr } = compile('page-cache-backup', '--to', book());
    expect([status, stderr]).toEqual([2, expect.stringContaining('"notes.txt" in it is not part of a compiled procedure')]);
    expect(readdirSync(book())).toEqual(['notes.txt']);
  });

  it('names each answer that is wrong, what cannot be compiled, and machines that there are not, and writes nothing', () => {
    const answers = path.join(folder, 'answers.yml');
    writeFileSync(answers, 'parameters:\n  registerable: many\n');
    const wrong = compile('openmpi-infiniband', '--to', book(), '--answers', answers, '--set', 'params=etc/x');
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/registerable: .*[\s\S]*params: /)]);
    const unknown = compile('openmpi-infiniband', '--to', book(), '--set', 'colour=red');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('colour')]);
    const machine = compile('openmpi-infiniband', '--to', book(), '--without', 'node');
    expect([machine.status, machine.stderr]).toEqual([2, expect.stringContaining('Can be left out: head.')]);
    const share = compile('openmpi-infiniband', '--to', book(), '--max-fail', '101');
    expect([share.status, share.stderr]).toEqual([2, expect.stringContaining('from 0 to 100')]);
    const count = compile('openmpi-infiniband', '--to', book(), '--stop-at', '0');
    expect([count.status, count.stderr]).toEqual([2, expect.stringContaining('Give a number of hosts, such as 3.')]);
    const impossible = compile('zsh-migration', '--to', book(), '--set', 'home=/home/wren');
    expect([impossible.status, impossible.stderr]).toEqual([4, expect.stringMatching(/Nothing was written\.\n[\s\S]*is done by hand, and changes something/)]);
    expect(existsSync(book())).toBe(false);
  });
});
