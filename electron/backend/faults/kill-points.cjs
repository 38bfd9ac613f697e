/**
 * Loaded into the terminal command by a test (`node --require`), to end it as kill -9 does at a chosen write to a journal
 * and to note what is on disk, so that a power loss can be acted out afterwards. Plain JavaScript: Node loads it as it is.
 *
 * FAULT_NOTES: file the notes go to, a JSON line each: {created}, {synced, size}, {renamed, to}, {folderSynced}.
 * FAULT_AT: number of the journal's write, from 1, at which it ends; nothing: never.
 * FAULT_PHASE: before | torn (half of it written) | written (and not on disk yet) | synced (on disk, not told anybody yet).
 */
const fs = require('node:fs');

const notes = fs.openSync(process.env.FAULT_NOTES, 'a');
const at = Number(process.env.FAULT_AT ?? 0);
const phase = process.env.FAULT_PHASE;
const { openSync, closeSync, writeSync, fsyncSync, fstatSync, renameSync } = fs;
const names = new Map();
let writes = 0;

const note = (what) => writeSync(notes, `${JSON.stringify(what)}\n`);
const die = () => process.kill(process.pid, 'SIGKILL');

fs.openSync = (name, ...rest) => {
  const before = fs.existsSync(name);
  const fd = openSync(name, ...rest);
  if (!before) note({ created: String(name) });
  names.set(fd, String(name));
  return fd;
};
fs.closeSync = (fd) => {
  names.delete(fd);
  closeSync(fd);
};
fs.writeSync = (fd, data, ...rest) => {
  if (!names.get(fd)?.endsWith('journal.jsonl')) return writeSync(fd, data, ...rest);
  writes += 1;
  if (writes !== at) return writeSync(fd, data, ...rest);
  if (phase === 'before') die();
  if (phase === 'torn') {
    writeSync(fd, data, 0, Math.floor(data.length / 2));
    die();
  }
  const count = writeSync(fd, data, ...rest);
  if (phase === 'written') die();
  return count;
};
fs.fsyncSync = (fd) => {
  fsyncSync(fd);
  const name = names.get(fd);
  if (name === undefined) return;
  note(fstatSync(fd).isDirectory() ? { folderSynced: name } : { synced: name, size: fstatSync(fd).size });
  if (name.endsWith('journal.jsonl') && writes === at && phase === 'synced') die();
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  note({ renamed: String(from), to: String(to) });
};
