/** Exit statuses of the terminal command; documented in README.md. */
import { WrenchbookError } from '../../shared/api/error.ts';

export const exitStatus = {
  /** Done and verified. */
  done: 0,
  /** A defect of Wrenchbook, or its storage failed. */
  trouble: 1,
  /** Usage, unknown names, bad parameters. */
  usage: 2,
  /** Stopped by a failure. */
  failure: 3,
  /** The procedure does not apply here. */
  doesNotApply: 4,
  interrupted: 5,
  /** The ledger of the data folder is damaged. */
  ledgerDamaged: 6,
} as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

export function statusOfError(thrown: unknown): ExitStatus {
  if (!(thrown instanceof WrenchbookError)) return exitStatus.trouble;
  switch (thrown.code) {
    case 'bad-message':
    case 'bad-parameters':
    case 'not-found':
    case 'not-confirmed':
    case 'wrong-state':
      return exitStatus.usage;
    case 'not-intact':
      return exitStatus.failure;
    case 'ledger-damaged':
      return exitStatus.ledgerDamaged;
    case 'does-not-apply':
      return exitStatus.doesNotApply;
    case 'cancelled':
      return exitStatus.interrupted;
    case 'session':
      return process.platform === 'win32' ? exitStatus.doesNotApply : exitStatus.failure;
    default:
      return exitStatus.trouble;
  }
}
