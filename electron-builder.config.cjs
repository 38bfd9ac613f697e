const path = require('node:path');

const root = __dirname;
const legalFolder = path.join(root, 'release', 'legal');

/**
 * How the app is packaged. Everything but node-pty and SQLite is bundled into out/, so app.asar holds out/, package.json,
 * the one prebuilt terminal library the platform needs, and SQLite as WebAssembly, which fits every platform.
 * @type {import('electron-builder').Configuration}
 */
module.exports = {
  appId: 'invalid.wrenchbook',
  productName: 'Wrenchbook',
  directories: { output: 'release', buildResources: 'assets/icons' },
  files: [
    'out/**',
    'package.json',
    '!**/*.map',
    // The terminal command needs a Node of its own; the packaged app has none (see runAsNode).
    '!out/main/cli.cjs',
    '!node_modules/node-addon-api{,/**}',
    '!node_modules/node-pty/{src,deps,third_party,scripts,typings,build,binding.gyp,README.md}{,/**}',
    '!node_modules/node-pty/**/*.{d.ts,pdb,test.js}',
    '!node_modules/node-sqlite3-wasm/{*.d.ts,README.md}',
    '!node_modules/node-pty/prebuilds/**',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders.
    'node_modules/node-pty/prebuilds/${platform}-${arch}/**',
  ],
  asar: true,
  // A library is loaded, and a helper run, by the operating system, which can't look into the archive. Windows' terminal
  // library looks for ConPTY beside itself; what lies in third_party is the same once more.
  asarUnpack: ['**/*.node', '**/node-pty/**/spawn-helper', '**/node-pty/prebuilds/win32-*/conpty/**'],
  // Files that are handed to a shell or a lab: real files too. The icons are for the packager.
  extraResources: [
    { from: 'assets', to: 'assets', filter: ['**/*', '!icons{,/**}', '!lab/*/seen.txt'] },
    { from: legalFolder, to: 'legal' },
  ],
  // The bill of materials and the licences are of the lockfile and the sources as they are now.
  beforePack: async () => {
    const { writeLegalFiles } = await import('./scripts/package/legal-files.mjs');
    writeLegalFiles(root, legalFolder);
  },
  // node-pty's prebuilt library speaks N-API: it fits every Electron.
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Looked at by macOS and Windows; Linux has no place for the archive's hash.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'System',
    executableName: 'wrenchbook',
    icon: 'icon.png',
    maintainer: 'The Wrenchbook authors <wrenchbook@wrenchbook.invalid>',
  },
  mac: { target: ['dmg'], category: 'public.app-category.utilities', icon: 'icon.png' },
  win: { target: ['nsis'], icon: 'icon.png' },
  publish: null,
};
