/** Walks through the topic's steps in a lab on disk without the run engine: same plan, same scripts, same judge. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Verdict } from '../../api/run.ts';
import { isFailure, judge, type Matcher, makePlan, renderScript, renderText } from '../../topic-kit/index.ts';
import { LabOnDisk } from './lab-tools.test-kit.ts';
import { labDefaults, parameters } from './parameters.ts';
import { remedies } from './remedies.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';

export interface Stop {
  step: string;
  verdicts: Verdict[];
}

const rendering = { label: 'lab', rehearsal: true, mapFile: (file: string) => `root${file}` };
const target = { kind: 'lab' } as const;

export class Rehearsal {
  readonly lab: LabOnDisk;
  readonly facts: Record<string, string> = {};
  readonly done: string[] = [];
  private readonly steps;
  private readonly plan;
  private next = 0;

  constructor(failure: string | null = null, values: Record<string, string | boolean> = {}) {
    this.lab = new LabOnDisk(failure);
    const parsed = parameters.parse({ ...labDefaults, ...values });
    this.steps = steps(parsed, true);
    this.plan = makePlan(topic, parsed, target, rendering).steps;
  }

  /** Goes on until a step fails; null when the end is reached, or the step `before`. Every question is answered as recommended. */
  goOn(before = ''): Stop | null {
    for (; this.next < this.steps.length; this.next++) {
      const step = this.steps[this.next];
      if (!step || step.id === before) break;
      const verdicts = this.perform(this.next);
      if (isFailure(verdicts)) return { step: step.id, verdicts };
      this.done.push(step.id);
    }
    return null;
  }

  again(id: string): void {
    this.next = this.steps.findIndex((step) => step.id === id);
  }

  /** What a step says of what is there, without hands before it. */
  judgeOnly(id: string): Verdict[] {
    const step = this.steps.find((candidate) => candidate.id === id);
    if (step?.kind !== 'command') throw new Error(`${id} is no command`);
    return this.run(renderScript(step.script, rendering.mapFile), step.matchers);
  }

  skip(): void {
    this.next += 1;
  }

  /** Runs a remedy as a rehearsal does, and goes to where it leads. */
  remedy(id: string): Verdict[] {
    const remedy = remedies.find((candidate) => candidate.id === id);
    if (!remedy) throw new Error(`There is no remedy ${id}`);
    const verdicts: Verdict[] = [];
    if (remedy.lab) verdicts.push(...this.run(renderScript(remedy.lab, rendering.mapFile), []));
    if (remedy.script) verdicts.push(...this.run(renderText(remedy.script(this.facts), rendering).script, remedy.matchers ?? []));
    const { afterwards } = remedy;
    if (afterwards !== 'retry') this.next = this.steps.findIndex((step) => step.id === afterwards.again);
    return verdicts;
  }

  /** Takes the finished steps back, last one first, up to the one that can't be. Returns the ids of those taken back. */
  undo(): string[] {
    const undone: string[] = [];
    for (const id of this.done.toReversed()) {
      const step = this.plan.find((planned) => planned.id === id);
      if (step?.irreversible) break;
      if (!step?.undoScript) continue;
      const { output, status } = this.lab.script(step.undoScript);
      if (status !== 0) throw new Error(`Taking back ${id} failed: ${output}`);
      undone.push(id);
    }
    return undone;
  }

  private perform(at: number): Verdict[] {
    const step = this.steps[at];
    const planned = this.plan[at];
    if (!step || !planned) return [];
    if (step.kind === 'verify') {
      return step.files.flatMap((check) => {
        const { problem } = check.inspect(readFileSync(path.join(this.lab.folder, check.path.replace('lab:', 'downloads/'))));
        return problem ? [{ kind: 'failure' as const, line: check.path, noWayBack: false, ...problem, remedies: [...(problem.remedies ?? [])] }] : [];
      });
    }
    const input = 'prompts' in step ? (step.prompts ?? []).map((prompt) => `${prompt.recommended}\n`).join('') : '';
    const saves = 'saves' in step ? (step.saves ?? []) : [];
    const verdicts = planned.script === null ? [] : this.run(planned.script, 'matchers' in step ? step.matchers : [], { input, saves });
    if (planned.verifyScript && step.verify && !isFailure(verdicts)) verdicts.push(...this.run(planned.verifyScript, step.verify.matchers));
    return verdicts;
  }

  private run(script: string, matchers: readonly Matcher[], { input = '', saves = [] as readonly { id: string; pattern: RegExp }[] } = {}): Verdict[] {
    const { output, status } = this.lab.script(script, input);
    for (const { id, pattern } of saves) {
      const value = output.split('\n').flatMap((line) => pattern.exec(line)?.[1] ?? [])[0];
      if (value !== undefined) this.facts[id] = value;
    }
    return judge(matchers, { output, exitStatus: status ?? 137, facts: this.facts });
  }
}
