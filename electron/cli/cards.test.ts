/** `wrenchbook cards`, built, as a person or a script uses it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardLines } from '../../shared/api/card-text.ts';

let folder = '';
const cards = (topic: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('scripts/wrenchbook.mjs'), 'cards', topic, ...args], {
    env: { ...process.env, WRENCHBOOK_DATA: path.join(folder, 'data') },
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};
const windows = (...args: string[]) => cards('win11-critical-process-died', '--set', 'way=recovery', ...args);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-cards-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('wrenchbook cards', () => {
  it('prints the cards of a machine that is typed at by hand, with no run of it', () => {
    const { status, stdout } = windows();
    expect(status).toBe(0);
    expect(stdout).toContain('@echo off');
    expect(stdout.split('\n').length).toBeGreaterThan(20);
    const { cards: all } = JSON.parse(windows('--json').stdout) as { cards: { title: string; lines: string[]; note: string; file?: string }[] };
    for (const card of all) expect(stdout).toContain(cardLines(card).join('\n'));
    expect(readdirSync(folder).includes('data') ? readdirSync(path.join(folder, 'data', 'runs')) : []).toEqual([]);
  });

  it('saves the one that is a file, with the line ends of Windows', () => {
    const { status, stdout, stderr } = windows('--out', folder);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`Saved to ${path.join(folder, 'RESCUE.CMD')}`);
    const text = readFileSync(path.join(folder, 'RESCUE.CMD'), 'latin1');
    expect(text.startsWith('@echo off\r\n')).toBe(true);
    expect(text.match(/[^\r]\n|[\u0080-\u00ff]/g)).toBeNull();
  });

  it('names what is wrong, and saves nothing', () => {
    expect(windows('--set', 'drive=nonsense')).toMatchObject({ status: 2, stdout: '' });
    expect(windows('--set', 'wrong')).toMatchObject({ status: 2, stderr: expect.stringContaining('name=value') });
    expect(windows('--out', path.join(folder, 'none'))).toMatchObject({ status: 1, stderr: expect.stringContaining(path.join(folder, 'none')) });
    expect(cards('openvpn-tap-bridge', '--target', 'local')).toMatchObject({ status: 2, stderr: expect.stringContaining('has no cards') });
    expect(cards('xen-citrix-pv', '--target', 'lab', '--out', folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('is a file') });
    expect(cards('no-such-topic').status).toBe(2);
    expect(readdirSync(folder).filter((name) => name !== 'data')).toEqual([]);
  });
});
