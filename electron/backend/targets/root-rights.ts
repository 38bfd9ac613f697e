/** Root's rights that were taken on a target for steps in a row: when they are given back. Taking and leaving them is the terminal's. */

export class RootRights {
  private readonly leave: () => Promise<void>;
  private readonly restMs: number;
  private readonly onTrouble: (thrown: unknown) => void;
  private held = false;
  private limit: NodeJS.Timeout | undefined;
  private leaving: Promise<void> = Promise.resolve();

  /** `restMs`: they are kept so long between two steps. `onTrouble`: with giving them back then, when nobody waits for it. */
  constructor(restMs: number, leave: () => Promise<void>, onTrouble: (thrown: unknown) => void) {
    this.restMs = restMs;
    this.leave = leave;
    this.onTrouble = onTrouble;
  }

  get taken(): boolean {
    return this.held;
  }
  /** They were taken. */
  take(): void {
    this.held = true;
  }
  /** The session that had them is gone, and a new one has none. */
  forget(): void {
    clearTimeout(this.limit);
    this.held = false;
  }

  /** Before something is done: no more are they given back in the background. */
  async settle(): Promise<void> {
    clearTimeout(this.limit);
    await this.leaving;
  }

  async giveBack(): Promise<void> {
    clearTimeout(this.limit);
    if (!this.held) return;
    this.held = false;
    const left = this.leave();
    // Whoever comes next waits for its end, and is not told of its trouble a second time.
    this.leaving = left.catch(() => undefined);
    await left;
  }

  /** For the next step; given back when it has not begun after a while. */
  keepForNext(): void {
    clearTimeout(this.limit);
    this.limit = setTimeout(() => void this.giveBack().catch(this.onTrouble), this.restMs);
    this.limit.unref();
  }
}
