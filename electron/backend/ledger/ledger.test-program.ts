/** Appends to the ledger again and again, and prints what was acknowledged. */
import { writeSync } from 'node:fs';
import { KeyRing } from '../keys/key-ring.ts';
import { appendToLedger } from './ledger-file.ts';

const [data = '', name = '', times = '0'] = process.argv.slice(2);
const keys = new KeyRing(data);
for (let time = 0; time < Number(times); time++) {
  const text = `${name}-${time}`;
  appendToLedger(data, keys, { type: 'note', text });
  writeSync(1, `${text}\n`);
}
