'use strict';
/** node [--inspect=…] run.cjs <electron's own arguments>: runs an app's main script with the stand-in as 'electron'. */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { makeElectron } = require('./electron-module.cjs');

/** Chromium's switches that Playwright and the project's scripts pass; any other is refused rather than ignored. */
function readArguments(values) {
  const known = { appPath: null, debuggingPort: undefined, userDataArgument: undefined };
  for (const value of values) {
    const [name, setting = ''] = value.split(/=(.*)/s);
    if (!value.startsWith('-')) known.appPath ??= path.resolve(value);
    else if (name === '--remote-debugging-port') known.debuggingPort = setting;
    else if (name === '--user-data-dir') known.userDataArgument = setting;
    else if (name !== '--inspect' && name !== '--no-sandbox') throw new Error(`electron stand-in: the argument ${name} is not implemented (run.cjs).`);
  }
  if (known.appPath === null) throw new Error('electron stand-in: name the folder of an app.');
  return known;
}

/** Electron's version as the app has it installed, marked so that nobody takes this for the real one. */
function standInVersion(appPath, preview) {
  const manifest = path.join(appPath, 'node_modules/electron/package.json');
  const version = fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')).version : '0.0.0';
  return `${version}-${preview ? 'preview' : 'stand-in'}`;
}

const preview = process.env.WRENCHBOOK_PREVIEW === '1';
const { appPath, debuggingPort, userDataArgument } = readArguments(process.argv.slice(2));
const manifest = JSON.parse(fs.readFileSync(path.join(appPath, 'package.json'), 'utf8'));
const versions = { ...process.versions, electron: standInVersion(appPath, preview), chrome: '' };
Object.defineProperty(process, 'versions', { value: versions });
Object.defineProperty(process, 'type', { value: 'browser' });
process.argv.splice(1, 1);

const { electron, start } = makeElectron({ manifest, appPath, versions, preview, debuggingPort, userDataArgument });
const load = Module._load;
Module._load = function loadWithElectron(request, ...rest) {
  return request === 'electron' || request === 'electron/main' ? electron : load.call(this, request, ...rest);
};
require(path.resolve(appPath, manifest.main));
setImmediate(() => {
  start().catch((thrown) => {
    console.error(thrown);
    process.exit(1);
  });
});
