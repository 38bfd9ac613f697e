#!/usr/bin/env node
/** `npm run first-load`: how large the window's first load is, of the app as it was built last. Exit status 1 above the limit. */
import path from 'node:path';
import { firstLoad, firstLoadText } from './test/first-load.mjs';

const { ok, text } = firstLoadText(firstLoad(path.resolve(import.meta.dirname, '../out/renderer')));
console.log(text);
if (!ok) console.error('Load a page, a drawing or a library only where it is shown: import() instead of import.');
process.exitCode = ok ? 0 : 1;
