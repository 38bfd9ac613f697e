/** How a part of an edit step ended. */
import type { Verdict } from '../../../shared/api/run.ts';
import { FileTrouble } from '../sessions/files/file-trouble.ts';

/** What came of it; `shown` where the admin's word is wanted next. */
export type EditOutcome = Failed | 'shown';

export interface Failed {
  verdicts: Verdict[];
}

export const failed = (rule: string, means: string, next: string, remedies: readonly string[] = []): { verdicts: Verdict[] } => ({
  verdicts: [{ kind: 'failure', rule, line: '', means, next, remedies: [...remedies], noWayBack: false }],
});
export const expected = (rule: string, means: string): { verdicts: Verdict[] } => ({
  verdicts: [{ kind: 'expected', rule, line: '', means, next: '', remedies: [], noWayBack: false }],
});

/** What is wrong with a file is a verdict; everything else is thrown on. */
export async function judged(work: () => Promise<EditOutcome>): Promise<EditOutcome> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof FileTrouble)) throw thrown;
    return failed(`file-${thrown.problem}`, thrown.message, thrown.next);
  }
}
