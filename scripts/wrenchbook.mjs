#!/usr/bin/env node
/** The command `wrenchbook`: the built terminal command. */
import path from 'node:path';
import { refuseOldNode } from './start/node-version.mjs';

refuseOldNode();
import('./start/terminal-command.mjs')
  .then(({ runCommand }) => runCommand(path.resolve(import.meta.dirname, '..'), process.argv.slice(2)))
  .catch((thrown) => {
    console.error(thrown.message);
    process.exitCode = 1;
  });
