/** Appends to the ledger again and again, and prints what was acknowledged. */
import { writeSync } from 'node:fs';
import { appendToLedger } from './ledger-file.ts';

const [data = '', name = '', times = '0'] = process.argv.slice(2);
for (let time = 0; time < Number(times); time++) {
  const text = `${name}-${time}`;
  appendToLedger(data, { type: 'note', text });
  writeSync(1, `${text}\n`);
}
