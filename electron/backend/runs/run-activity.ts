/** The one thing of a run that takes time and is going on now. Its end, good or bad, is always recorded and told. */
import { toWireError, WrenchbookError } from '../../../shared/api/error.ts';
import type { RunState } from '../../../shared/api/run.ts';
import type { Journal } from './journal.ts';
import { checkRoom } from './room.ts';
import { foldRun } from './run-fold.ts';

interface ActivitySurroundings {
  folder: string;
  journal: Journal;
  log(line: string): void;
  /** Masks what is secret. */
  redact(text: string): string;
  onEnd(): void;
}

export class RunActivity {
  private readonly around: ActivitySurroundings;
  private current: Promise<void> | null = null;
  /** Why the last one did not come about; not part of the record. */
  trouble: RunState['trouble'] = null;

  constructor(around: ActivitySurroundings) {
    this.around = around;
  }

  get live(): boolean {
    return this.current !== null;
  }

  /** Throws `wrong-state` while something is going on. */
  begin(work: () => Promise<void>): void {
    if (this.current) throw new WrenchbookError('wrong-state', 'Something is still running.', 'Wait until it has finished, or stop it with Ctrl-C.');
    this.trouble = null;
    this.current = Promise.resolve()
      // Before a session is opened: its trouble would hide this one.
      .then(() => {
        this.around.journal.checkFile();
        checkRoom(this.around.folder);
      })
      .then(work)
      .catch((thrown: unknown) => this.recordTrouble(thrown))
      .finally(() => {
        this.current = null;
        this.around.onEnd();
      });
  }

  async ended(): Promise<void> {
    await this.current;
  }

  /** What is running in the record ends there, as its end was not seen. Throws `storage`. */
  noteInterruption(reason: string): void {
    const { underWay } = foldRun(this.around.journal.events);
    if (underWay) this.around.journal.append({ type: 'step-interrupted', stepId: underWay.stepId, reason });
  }

  private recordTrouble(thrown: unknown): void {
    const { journal, log, redact } = this.around;
    const { code, message, next } = toWireError(thrown);
    log(`${code}: ${message}`);
    this.trouble = { code, message: redact(message), next: redact(next) };
    try {
      this.noteInterruption(message);
      journal.append({ type: 'note', text: `${message} ${next}` });
    } catch (again) {
      log(`the trouble could not be recorded: ${toWireError(again).message}`);
    }
  }
}
