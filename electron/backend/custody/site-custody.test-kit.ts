/** Keys, ledger and custody of a data folder, for tests that open it without a backend. */
import { KeyRing } from '../keys/key-ring.ts';
import { Ledger } from '../ledger/ledger.ts';
import { RunCustody } from './run-custody.ts';

export function siteCustody(dataFolder: string): { keys: KeyRing; ledger: Ledger; custody: RunCustody } {
  const keys = new KeyRing(dataFolder);
  const log = () => undefined;
  const ledger = new Ledger(dataFolder, keys, log);
  return { keys, ledger, custody: new RunCustody({ dataFolder, keys, ledger, log }) };
}
