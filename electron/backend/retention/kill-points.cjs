/**
 * Loaded into a test's program (`node --require`), to end it as kill -9 does at a chosen change of the file system.
 *
 * FAULT_AT: number of the change, from 1, before which it ends; nothing: never, and their number is printed at the end.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const at = Number(process.env.FAULT_AT ?? 0);
let changes = 0;
const die = () => process.kill(process.pid, 'SIGKILL');
const counted = (target, name) => {
  const real = target[name];
  target[name] = function (...args) {
    changes += 1;
    if (changes === at) die();
    return real.apply(this, args);
  };
};
for (const name of [
  'writeSync',
  'fsyncSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
  'linkSync',
  'symlinkSync',
  'chmodSync',
  'utimesSync',
  'writeFileSync',
  'ftruncateSync',
])
  counted(fs, name);
// Asynchronous ones too: writing an archive, unpacking it, and taking a folder away file by file.
for (const name of ['write', 'writev', 'fsync', 'unlink', 'rmdir']) counted(fs, name);
for (const name of ['open', 'rm']) counted(fs.promises, name);
syncBuiltinESMExports();
process.on('exit', () => {
  if (at === 0) fs.writeSync(2, `changes ${changes}\n`);
});
