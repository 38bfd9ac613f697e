/** What is installed is what was agreed to: the lockfile fits package.json, and no library comes unchecked or runs a program unasked. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  license?: string;
}

/** Libraries whose own programs may run when they are installed. Whoever adds one has read what it does. */
const mayRunAtInstall = new Map([
  ['node_modules/node-pty', 'builds the terminal library where there is no prebuilt one'],
  ['node_modules/electron-winstaller', 'puts the 7-Zip of this architecture in its place; for Windows installers only'],
]);

describe('the lockfile', () => {
  const manifest = read('package.json');
  const { packages, lockfileVersion }: { packages: Record<string, Locked & Record<string, unknown>>; lockfileVersion: number } = read('package-lock.json');
  const { '': own, ...libraries } = packages;
  const entries = Object.entries(libraries);

  it('is that of package.json, with exact versions', () => {
    expect(lockfileVersion).toBe(3);
    expect(own).toMatchObject({
      name: manifest.name,
      version: manifest.version,
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
    for (const [name, wanted] of Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect({ name, wanted }).toEqual({ name, wanted: expect.stringMatching(/^(npm:[a-z-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/) });
      expect({ name, locked: packages[`node_modules/${name}`]?.version }).toEqual({ name, locked: wanted.replace(/^npm:.*@/, '') });
    }
  });

  it('has a strong digest of each library', () => {
    expect(entries.length).toBeGreaterThan(400);
    expect(entries.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')).map(([name]) => name)).toEqual([]);
  });

  it('names no place of its own to take one from', () => {
    expect(entries.filter(([, { resolved, link }]) => resolved !== undefined || link).map(([name]) => name)).toEqual([]);
  });

  it('lets only those on the list run a program when they are installed', () => {
    expect(
      entries
        .filter(([, { hasInstallScript }]) => hasInstallScript)
        .map(([name]) => name)
        .sort(),
    ).toEqual([...mayRunAtInstall.keys()].sort());
  });

  it('knows the licence of each library', () => {
    expect(entries.filter(([, { license }]) => !license).map(([name]) => name)).toEqual([]);
  });
});
