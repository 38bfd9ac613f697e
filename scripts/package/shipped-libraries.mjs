/** The libraries that are in the package: what the product's sources import, and what that needs in turn, by the lockfile. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const productFolders = ['electron', 'renderer', 'shared'];
const isProduct = (file) => /\.(tsx?|css)$/.test(file) && !/\.(test|test-kit|test-program)\.tsx?$|\.d\.ts$/.test(file);
const importing = /(?:^(?:import|export)\s[^'"`;]*?from\s|^import\s|\bimport\(|^@import\s)\s*['"]((?:@[\w.-]+\/)?\w[\w.-]*)(?:\/[^'"]*)?['"]/gm;

function importedBy(root) {
  const names = new Set();
  for (const folder of productFolders)
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }))
      if (isProduct(file))
        for (const [, specifier] of readFileSync(path.join(root, folder, file), 'utf8').matchAll(importing))
          if (!builtinModules.includes(specifier)) names.add(specifier);
  return names;
}

/**
 * `{ place, name, version, license, integrity, direct }`, sorted. Bundling may leave out what is not reached, so it is at most
 * these. Throws Error for an import that the lockfile does not know.
 */
export function shippedLibraries(root) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const direct = importedBy(root);
  const found = new Map();
  /** As Node looks: beside the one that wants it, then one folder up. */
  const placeOf = (name, from) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const place = `${at ? `${at}/` : ''}node_modules/${name}`;
      if (packages[place]) return place;
      if (at === '') return null;
    }
  };
  const take = (name, from, optional) => {
    const place = placeOf(name, from);
    if (place === null) {
      if (optional) return;
      throw new Error(`${name} is imported, and package-lock.json does not have it. Run npm install.`);
    }
    // Types are read by the compiler and are in nothing that is shipped.
    if (found.has(place) || name.startsWith('@types/')) return;
    const entry = packages[place];
    found.set(place, { place, name: entry.name ?? name, version: entry.version, license: entry.license, integrity: entry.integrity, direct: from === '' });
    // Electron is shipped as what it is; the packages that fetch it are not.
    if (name === 'electron') return;
    for (const needed of Object.keys(entry.dependencies ?? {})) take(needed, place, false);
    for (const needed of Object.keys({ ...entry.peerDependencies, ...entry.optionalDependencies })) take(needed, place, true);
  };
  for (const name of direct) take(name, '', false);
  return [...found.values()].sort((a, b) => a.place.localeCompare(b.place));
}

/** The licence's text as the library brings it; null where it brings none. */
export function licenceText(root, { place }) {
  const folder = path.join(root, place);
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name));
  const texts = files.sort().map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  return texts.length > 0 ? texts.join('\n\n') : null;
}
