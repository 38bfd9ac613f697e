#!/usr/bin/env node
/**
 * `npm test`: from a fresh clone to the verdict. Installs what it needs, runs every check even when one has failed, and
 * ends with how many tests ran. Exit status 1 when anything failed. `npm test -- --changed` runs what a change can touch.
 */
import { refuseOldNode } from './start/node-version.mjs';

refuseOldNode();
import('./test/gate.mjs')
  .then(({ runGate }) => runGate(process.argv.slice(2)))
  .then((ok) => {
    process.exitCode = ok ? 0 : 1;
  })
  .catch((thrown) => {
    console.error(thrown.message);
    process.exitCode = 1;
  });
