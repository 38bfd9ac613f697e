'use strict';
/** app.requestSingleInstanceLock: a lock file with the holder's pid, and a drop folder through which the second one speaks. */
const fs = require('node:fs');
const path = require('node:path');

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Takes the lock of `folder`, or leaves a message for its holder and returns false. */
function takeLock(folder, onSecond) {
  const drop = path.join(folder, 'second-instances');
  const lock = path.join(folder, 'instance.pid');
  fs.mkdirSync(drop, { recursive: true });
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    if (isAlive(Number(fs.readFileSync(lock, 'utf8')))) {
      const unfinished = path.join(folder, `${process.pid}.json`);
      fs.writeFileSync(unfinished, JSON.stringify({ argv: process.argv, workingDirectory: process.cwd() }));
      fs.renameSync(unfinished, path.join(drop, `${process.pid}.json`));
      return false;
    }
    fs.writeFileSync(lock, String(process.pid));
  }
  const watcher = fs.watch(drop, () => {
    for (const name of fs.readdirSync(drop)) {
      const file = path.join(drop, name);
      const { argv, workingDirectory } = JSON.parse(fs.readFileSync(file, 'utf8'));
      fs.rmSync(file);
      onSecond(argv, workingDirectory);
    }
  });
  watcher.unref();
  process.on('exit', () => fs.rmSync(lock, { force: true }));
  return true;
}

module.exports = { takeLock };
