import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderScript, sh } from '../script.ts';
import { findSystemShell, systemShells } from './system-shell.ts';

describe('the UEFI shell of the system', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'wb-shell-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const find = () => {
    const script = renderScript(sh`${findSystemShell}\necho "found $shell"`, (place) => `${root}${place}`);
    const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    return { said: stdout.trim(), status };
  };

  it('is said to be missing where there is none', () => {
    expect(find()).toEqual({ said: 'This system has no UEFI shell installed.', status: 1 });
  });

  it.each(systemShells.map(({ path: place }) => place))('is found as %s', (place) => {
    mkdirSync(path.dirname(`${root}${place}`), { recursive: true });
    writeFileSync(`${root}${place}`, 'MZ');
    expect(find()).toEqual({ said: `found ${root}${place}`, status: 0 });
  });
});
