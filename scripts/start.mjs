#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to an open window. `npm start -- cli …`: the same, to the terminal command.
 * Everything before the version check has to be readable to an old Node, so the work is in start/launch.mjs.
 */
import { refuseOldNode } from './start/node-version.mjs';

refuseOldNode();
import('./start/launch.mjs')
  .then(({ launch }) => launch(process.argv.slice(2)))
  .catch((thrown) => {
    console.error(thrown.message);
    process.exitCode = 1;
  });
