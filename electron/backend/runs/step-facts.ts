/** What steps read and later texts use: a planned step's texts with it filled in, and what of an output is kept. */
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { type FactProblem, matchedLines, type RenderedText, type SavedFact } from '../../../shared/topic-kit/index.ts';
import { factError, filledText } from './filled-step.ts';
import type { RunEventBody } from './run-event.ts';
import type { RunRecord } from './run-fold.ts';

type Which = 'before' | 'script' | 'afterwards' | 'verify' | 'undo' | 'undone';

interface Around {
  record(): RunRecord;
  note(...events: RunEventBody[]): void;
}

export class StepFacts {
  private readonly around: Around;

  constructor(around: Around) {
    this.around = around;
  }

  /** A text of the step as it runs now. Throws `wrong-state` where it needs what was not read. */
  text(planned: PlannedStep, which: Which): RenderedText | null {
    const problem = this.problemOf(planned, which);
    if (problem) throw factError(planned, problem);
    const text = textOf(planned, which);
    return text && { ...text, script: this.filled(text.script, planned).text };
  }
  filled(text: string, planned: PlannedStep | undefined): ReturnType<typeof filledText> {
    return planned ? filledText(text, planned, this.around.record()) : { text, problem: null };
  }

  /** The first thing that one of these texts needs and that was not read, or can't stand in it. */
  problemOf(planned: PlannedStep, ...which: Which[]): FactProblem | null {
    const texts = which.flatMap((one) => textOf(planned, one)?.script ?? []);
    return texts.map((text) => this.filled(text, planned).problem).find((problem) => problem !== null) ?? null;
  }

  /** Before the step begins. Throws `wrong-state` where it needs what was not read. */
  check(planned: PlannedStep): void {
    const own = this.problemOf(planned, 'before', 'script') ?? this.filled(planned.edit?.find ?? '', planned).problem;
    const proof = this.problemOf(planned, 'afterwards', 'verify');
    // What the step itself reads is not known before it has run.
    const problem = own ?? (proof && proof.step < planned.number ? proof : null);
    if (problem) throw factError(planned, problem);
  }

  /** Facts of a step's `before` that are still to be read, or again. */
  toRead(stepId: string, saves: readonly SavedFact[]): readonly SavedFact[] {
    return this.around.record().remembered.has(stepId) ? saves.filter(({ eachTime }) => eachTime) : saves;
  }

  /** Returns the first that is not there. With `before` all are saved, or none. */
  save(stepId: string, saves: readonly SavedFact[], text: string, before = false): SavedFact | null {
    const lines = matchedLines(text);
    const found = saves.map((saved) => ({ saved, value: lines.flatMap((line) => saved.pattern.exec(line)?.[1] ?? [])[0] }));
    const missing = found.find(({ value }) => value === undefined)?.saved ?? null;
    if (before && missing) return missing;
    const events = found.flatMap(({ saved: { id, title }, value }) =>
      value === undefined ? [] : [{ type: 'fact-saved' as const, stepId, id, title, value, ...(before && { before: true as const }) }],
    );
    if (events.length > 0) this.around.note(...events);
    return missing;
  }
}

/** With the marks of facts in it. */
export function textOf(step: PlannedStep, which: Which): RenderedText | null {
  const { beforeScript: before, script, afterwardsScript: afterwards, verifyScript: verify, undoScript: undo, undoneScript: undone } = step;
  const text = { before, script, afterwards, verify, undo, undone }[which] ?? null;
  return text === null ? null : { script: text, typed: which === 'afterwards' || which === 'before' ? null : (step.typed?.[which] ?? null) };
}
