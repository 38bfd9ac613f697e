/** What goes into the package beside the app: a bill of materials (CycloneDX 1.6) and the licences of what is bundled. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { licenceText, shippedLibraries } from './shipped-libraries.mjs';

/** `pkg:npm/%40scope/name@1.0.0` */
const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const hashOf = (integrity) => ({ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') });
const licenceOf = (license) => (/^[A-Za-z0-9.+-]+$/.test(license) ? { license: { id: license } } : { expression: license });

/** The same for the same lockfile: nothing in it is of the time or the machine. */
export function billOfMaterials(manifest, libraries) {
  const component = (library) => ({
    type: 'library',
    'bom-ref': library.place,
    name: library.name,
    version: library.version,
    purl: purl(library),
    licenses: [licenceOf(library.license)],
    hashes: [hashOf(library.integrity)],
  });
  const { name, version, license } = manifest;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': name, name, version, licenses: [licenceOf(license)] } },
    components: libraries.map(component),
    dependencies: [{ ref: name, dependsOn: libraries.filter(({ direct }) => direct).map(({ place }) => place) }],
  };
}

export function licencesText(root, libraries) {
  const parts = libraries.map((library) => {
    const text = licenceText(root, library) ?? `Brings no text of its licence with it: ${library.license}.`;
    return `${library.name} ${library.version} (${library.license})\n\n${text}`;
  });
  const rule = `\n\n${'-'.repeat(100)}\n\n`;
  return ['Wrenchbook is made with these libraries. Electron’s and Chromium’s own licences lie beside the program.', ...parts].join(rule).concat('\n');
}

/** Writes both into `folder`. */
export function writeLegalFiles(root, folder) {
  const libraries = shippedLibraries(root);
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(manifest, libraries), null, 2)}\n`);
  writeFileSync(path.join(folder, 'THIRD-PARTY-LICENCES.txt'), licencesText(root, libraries));
}
