/** Takes the lock again and again; while it has it, nobody else may be in the folder. Prints how often it had it. */
import { mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { lockRun } from './run-lock.ts';

const [folder = '', rounds = '0'] = process.argv.slice(2);
const inside = path.join(folder, 'inside');
let held = 0;
for (let round = 0; round < Number(rounds); round++) {
  let giveBack: () => void;
  try {
    giveBack = lockRun(folder);
  } catch {
    continue; // somebody else has it
  }
  mkdirSync(inside); // throws when somebody is in there
  held++;
  rmdirSync(inside);
  // Every third time it leaves as a crash does: the lock stays behind.
  if (held % 3 === 0) break;
  giveBack();
}
console.log(held);
