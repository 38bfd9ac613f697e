/** Makes the plan of a run: every step rendered to the text that will run, before anything runs. Pure. */
import type { Plan, PlannedPrompt, PlannedStep } from '../api/plan.ts';
import { secretMark } from '../api/secret-mark.ts';
import type { TargetRef } from '../api/topic.ts';
import { renderConsole } from './console-dialect.ts';
import { quote, renderScript, type Script } from './script.ts';
import type { EditStep, Prompt, Proof, Step } from './step.ts';
import type { Topic } from './topic.ts';

/** How a target renders scripts. `mapFile` says where an absolute path lies on it; consoles of a rehearsal run in its shell. */
export interface Rendering {
  label: string;
  rehearsal: boolean;
  mapFile(path: string): string;
  /** Whether a text holds a secret's value, in whatever writing. */
  holdsSecret?(text: string): boolean;
}

/** The plan for already validated parameters. Steps without commands have null scripts. */
export function makePlan(topic: Topic, parameters: Record<string, unknown>, target: TargetRef, rendering: Rendering): Plan {
  const steps = topic.steps(parameters, { target, rehearsal: rendering.rehearsal });
  const plan = {
    topicId: topic.id,
    target: rendering.label,
    rehearsal: rendering.rehearsal,
    steps: steps.map((step, index) => ({ ...planStep(step, index + 1, rendering), hold: holdInForce(steps.slice(0, index + 1)) })),
  };
  for (const step of plan.steps) refuseSecrets(step, rendering);
  return plan;
}

/** A script goes to a command line, the journal and the screen: a secret has no place in it. Throws TypeError. */
function refuseSecrets({ number, title, script, verifyScript, undoScript, edit }: PlannedStep, { holdsSecret }: Rendering): void {
  const text = [script, verifyScript, undoScript, edit?.place].join('\n');
  if (text.includes(secretMark) || holdsSecret?.(text))
    throw new TypeError(`the command of step ${number}, "${title}", would hold a secret, or what the procedure marks as one`);
}

/** A hold lasts from the step that sets it to the one that clears it with null. */
const holdInForce = (upTo: readonly Step[]): string | null => upTo.findLast((step) => step.hold !== undefined)?.hold ?? null;

function planStep(step: Step, number: number, rendering: Rendering): Omit<PlannedStep, 'hold'> {
  const render = (script: Script | undefined) => (script ? renderScript(script, rendering.mapFile) : null);
  const proof: Proof = step.kind === 'verify' ? {} : step.kind === 'edit' ? { ...(step.verify && { verify: step.verify }) } : step;
  const matchers = step.kind === 'command' || step.kind === 'console' ? step.matchers : [];
  const prompts = step.kind === 'command' || step.kind === 'console' ? (step.prompts ?? []) : [];
  return {
    id: step.id,
    number,
    title: step.title,
    intro: step.intro,
    kind: step.kind,
    danger: step.danger,
    runsOn: step.runsOn,
    asUser: step.asUser ?? (step.needsRoot ? 'root' : '–'),
    needsRoot: step.needsRoot ?? false,
    script: stepScript(step, rendering),
    verifyScript: render(proof.verify?.script),
    undoScript: render(proof.undo),
    irreversible: proof.irreversible ?? null,
    edit: step.kind === 'edit' ? planEdit(step, rendering) : null,
    instructions: step.kind === 'manual' ? [...step.instructions] : [],
    confirm: step.confirm
      ? {
          object: step.confirm.object,
          type: 'text' in step.confirm.type ? step.confirm.type.text : null,
          fact: 'fact' in step.confirm.type ? step.confirm.type.fact : null,
          ask: step.confirm.ask,
        }
      : null,
    prompts: prompts.map(planPrompt),
    mayShow: matchers.flatMap((matcher) => (matcher.kind === 'harmless' ? [{ text: matcher.text ?? matcher.pattern.source, means: matcher.means }] : [])),
    minutes: step.minutes ?? 1,
  };
}

/** Throws TypeError for a path or a mode that is none. */
function planEdit({ file, followLinks, create }: EditStep, { mapFile }: Rendering): NonNullable<PlannedStep['edit']> {
  if (!file.startsWith('/') || file.endsWith('/') || file.includes('\n')) throw new TypeError(`"${file}" is no absolute path of a file`);
  if (create && !/^0[0-7]{3}$/.test(create.mode)) throw new TypeError(`"${create.mode}" is no mode of a file such as 0644`);
  quote(file); // refuses other control characters
  return { file, place: mapFile(file), follow: followLinks ?? false, createMode: create?.mode ?? null };
}

/** A secret answer is offered as its mark: what is typed in its place is known to the backend alone. */
export function planPrompt({ id, question, explanation, answers, recommended, secret, answerFrom }: Prompt): PlannedPrompt {
  if (!secret) return { id, question, explanation, answers: [...answers], recommended };
  const offered = answerFrom ? [{ value: secretMark, label: 'Type the secret', means: 'Types what you gave for it. It is not recorded.' }] : [];
  return { id, question, explanation, answers: offered, recommended: answerFrom ? secretMark : '' };
}

/** The shell text of a step, or null where none runs. */
export function stepScript(step: Step, rendering: Rendering): string | null {
  switch (step.kind) {
    case 'command':
      return renderScript(step.script, rendering.mapFile);
    case 'console':
      return renderConsole(step, rendering);
    case 'manual':
      return rendering.rehearsal && step.lab ? renderScript(step.lab, rendering.mapFile) : null;
    case 'edit':
    case 'verify':
      return null;
  }
}
