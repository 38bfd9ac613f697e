/** A P2000's console that a program plays on a terminal of its own (a PTY), and the set-up that is typed at it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunState } from '../../../shared/api/run.ts';
import { lab } from '../../../shared/topics/p2000-setup/lab.ts';
import { topic } from '../../../shared/topics/p2000-setup/topic.ts';
import { offerOf, type Rehearsal } from '../conformance/rehearsal.test-kit.ts';

export class ArraySetUp {
  private readonly runs: Rehearsal;
  private readonly folder: string;

  /** `folder`: where the array keeps its state; its files are those of the lab with this failure. */
  constructor(runs: Rehearsal, folder: string, failure: string | null = null) {
    this.runs = runs;
    this.folder = folder;
    for (const { path: name, content } of lab.files(failure)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
  }

  async begin(): Promise<RunState> {
    const words = ['env', `WRENCHBOOK_LAB=${this.folder}`, 'sh', path.resolve('assets/lab/p2000-setup/array')];
    const { id } = await this.runs.api.targets.add({
      name: 'The array',
      connection: { kind: 'console', way: { by: 'command', words }, dialect: 'array-cli' },
      root: 'none',
      group: '',
      tags: [],
      note: '',
    });
    return this.runs.startOn({ kind: 'console', console: { entry: id } }, 'p2000-setup', topic.labDefaults);
  }

  /** To its end, or to where it does not go on. */
  async go(state: RunState, without: readonly string[]): Promise<RunState> {
    let now = state;
    while (now.status === 'waiting' && now.current !== null && !now.trouble) {
      const { current, runId } = now;
      now = without.includes(current)
        ? await this.runs.after(runId, this.runs.api.runs.skip({ runId, stepId: current, reason: 'Left out by a test.' }))
        : await this.runs.take(now, offerOf(now, 'advance'));
    }
    return now;
  }
}
