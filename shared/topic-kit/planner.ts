/** Makes the plan of a run: every step rendered to the text that will run, before anything runs. Pure. */

import { type ConsoleDialectName, dialectTitles } from '../api/console.ts';
import { machinesLabel } from '../api/machine.ts';
import { cardFile, type Plan, type PlannedFact, type PlannedPrompt, type PlannedStep, type TypedText } from '../api/plan.ts';
import { secretMark } from '../api/secret-mark.ts';
import type { TargetRef } from '../api/topic.ts';
import { renderCommandPrompt } from './command-prompt.ts';
import { isCommandPrompt, isConsoleLine, renderForConsole, renderForLab, typedScript } from './console-dialect.ts';
import { factMarker } from './filled-facts.ts';
import { type FactMark, quote, renderScript, renderSealed, sh } from './script.ts';
import type { EditStep, Prompt, Proof, Step, StepCard, StepText } from './step.ts';
import type { Topic, TopicContext } from './topic.ts';

/** How a target renders scripts. `mapFile` says where an absolute path lies on it; consoles of a rehearsal run in its shell. */
export interface Rendering {
  label: string;
  rehearsal: boolean;
  /** What the target's console speaks, where it is one. */
  console?: ConsoleDialectName;
  /** The admin types it all, on a machine that Wrenchbook does not reach. */
  byHand?: boolean;
  mapFile(path: string): string;
  /** Whether a text holds a secret's value, in whatever writing. */
  holdsSecret?(text: string): boolean;
}

/** Where one machine of a topic with several is in a run. */
export interface PlaceOfMachine {
  id: string;
  title: string;
  rendering: Rendering;
}

/**
 * The plan for already validated parameters. Steps without commands have null scripts. `machines`: where each one is that takes part, of a
 * topic with several; `rendering` is that of the first.
 */
export function makePlan(
  topic: Topic,
  parameters: Record<string, unknown>,
  target: TargetRef,
  rendering: Rendering,
  machines: readonly PlaceOfMachine[] = [],
): Plan {
  const { rehearsal } = rendering;
  const steps = stepsFor(topic, parameters, { target, rehearsal, ...(machines.length > 0 && { machines: machines.map(({ id }) => id) }) });
  const plan = {
    topicId: topic.id,
    target: machines.length > 0 ? labelOf(machines, rendering) : rendering.label,
    rehearsal,
    ...(machines.length > 0 && { machines: machines.map(({ id, title, rendering: { label } }) => ({ id, title, label })) }),
    steps: steps.map((step, index) => {
      const machine = machines.find(({ id }) => id === (step.on ?? machines[0]?.id));
      return { ...planStep(step, index, steps, machine?.rendering ?? rendering, machine), hold: holdInForce(steps.slice(0, index + 1)) };
    }),
  };
  for (const step of plan.steps) refuseSecrets(step, rendering);
  return plan;
}

/** In a rehearsal the lab is all of them. */
const labelOf = (machines: readonly PlaceOfMachine[], { rehearsal, label }: Rendering): string =>
  rehearsal ? label : machinesLabel(machines.map(({ title, rendering: { label: where } }) => ({ title, label: where })));

/** A topic's steps without those on a machine that takes no part. Throws TypeError for one on a machine that the topic does not have. */
export function stepsFor(topic: Pick<Topic, 'steps' | 'machines'>, parameters: Record<string, unknown>, context: TopicContext): readonly Step[] {
  const steps = topic.steps(parameters, context);
  const known = topic.machines?.map(({ id }) => id) ?? [];
  const stranger = steps.find(({ on }) => on !== undefined && !known.includes(on));
  if (stranger) throw new TypeError(`step "${stranger.title}" is on "${stranger.on}", which is not a machine of the procedure`);
  const there = context.machines ?? known;
  return steps.filter(({ on }) => on === undefined || there.includes(on));
}

/** A script goes to a command line, the journal and the screen: a secret has no place in it. Throws TypeError. */
function refuseSecrets(
  { number, title, script, beforeScript, afterwardsScript, verifyScript, undoScript, undoneScript, edit }: PlannedStep,
  { holdsSecret }: Rendering,
): void {
  const text = [script, beforeScript, afterwardsScript, verifyScript, undoScript, undoneScript, edit?.place, edit?.find].join('\n');
  if (text.includes(secretMark) || holdsSecret?.(text))
    throw new TypeError(`the command of step ${number}, "${title}", would hold a secret, or what the procedure marks as one`);
}

/** A hold lasts from the step that sets it to the one that clears it with null. */
const holdInForce = (upTo: readonly Step[]): string | null => upTo.findLast((step) => step.hold !== undefined)?.hold ?? null;

function planStep(step: Step, index: number, steps: readonly Step[], rendering: Rendering, machine?: PlaceOfMachine): Omit<PlannedStep, 'hold'> {
  const facts: PlannedFact[] = [];
  const marker = factMarker(steps, index, facts);
  const earlier = marker(false);
  const rendered = (script: StepText | undefined, mark = marker(true)) => (script ? renderText(script, rendering, mark) : null);
  const proof: Proof = step.kind === 'verify' ? {} : step;
  const matchers = step.kind === 'command' || step.kind === 'console' ? step.matchers : [];
  const prompts = 'prompts' in step ? (step.prompts ?? []) : [];
  const before = 'before' in step ? rendered(step.before?.script, earlier) : null;
  const readAgain = 'before' in step && step.before?.saves.some(({ eachTime }) => eachTime);
  const script = stepText(step, rendering, earlier);
  const real = rendering.rehearsal ? realText(step, rendering, earlier) : null;
  const watched = !rendering.rehearsal && !rendering.byHand;
  const afterwards = step.kind === 'edit' ? rendered(step.afterwards?.script) : null;
  const verify = rendered(proof.verify?.script);
  const undo = rendered(proof.undo);
  const undone = proof.undone && 'matchers' in proof.undone ? rendered(proof.undone.script ?? proof.verify?.script) : null;
  const typed = { script: script?.typed ?? null, verify: verify?.typed ?? null, undo: undo?.typed ?? null, ...(undone?.typed && { undone: undone.typed }) };
  const edit = step.kind === 'edit' ? planEdit(step, rendering, earlier) : null;
  return {
    id: step.id,
    number: index + 1,
    title: step.title,
    intro: step.intro,
    kind: step.kind,
    ...(step.act && { act: step.act }),
    danger: step.danger,
    runsOn: step.runsOn ?? machine?.title ?? '',
    ...(machine && { on: machine.id }),
    asUser: step.asUser ?? (step.needsRoot ? 'root' : '–'),
    needsRoot: step.needsRoot ?? false,
    ...(step.kind === 'command' && step.writer && { writer: true }),
    script: script?.script ?? null,
    ...(real !== null && { real }),
    kept: step.kind === 'command' && step.long === true && watched,
    restarts: step.kind === 'command' && step.restarts && watched ? { within: step.restarts.within } : null,
    ...(before && { beforeScript: before.script }),
    ...(readAgain && { beforeEachTime: true as const }),
    ...(facts.length > 0 && { facts }),
    ...(afterwards && { afterwardsScript: afterwards.script }),
    verifyScript: verify?.script ?? null,
    undoScript: undo?.script ?? null,
    ...(proof.verify?.baseline && { baseline: true }),
    ...(undone && { undoneScript: undone.script }),
    ...(Object.values(typed).some((text) => text !== null) && { typed }),
    irreversible: proof.irreversible ?? null,
    edit,
    instructions: step.kind === 'manual' ? [...step.instructions] : [],
    cards: step.kind === 'manual' ? (step.cards ?? []).map(planCard) : [],
    confirm: step.confirm
      ? {
          object: step.confirm.object,
          type: 'text' in step.confirm.type ? step.confirm.type.text : null,
          fact: 'fact' in step.confirm.type ? step.confirm.type.fact : null,
          ask: step.confirm.ask,
          ...(step.confirm.where && { where: step.confirm.where }),
        }
      : null,
    prompts: prompts.map(planPrompt),
    mayShow: matchers.flatMap((matcher) => (matcher.kind === 'harmless' ? [{ text: matcher.text ?? matcher.pattern.source, means: matcher.means }] : [])),
    minutes: step.minutes ?? 1,
  };
}

/** Throws TypeError for a file that Windows' command prompt could not read as it is. */
function planCard({ title, lines, note = '', file }: StepCard): PlannedStep['cards'][number] {
  if (file !== undefined && !cardFile.safeParse(file).success) throw new TypeError(`"${file}" is not a name that every file system accepts`);
  const strange = file === undefined ? undefined : lines.find((line) => !/^[\x20-\x7e]*$/.test(line));
  if (strange !== undefined) throw new TypeError(`A line of ${file} is not in ASCII: ${strange}`);
  return { title, lines: [...lines], note, ...(file !== undefined && { file }) };
}

/** Throws TypeError for a path or a mode that is none. */
function planEdit(step: EditStep, { mapFile, rehearsal }: Rendering, mark: FactMark): NonNullable<PlannedStep['edit']> {
  if (step.files !== undefined) {
    if (step.file ?? step.followLinks ?? step.create ?? step.secrets)
      throw new TypeError(`The edit ${step.id} finds its files: what is for one file is not for it`);
    return {
      file: step.files.what,
      place: '',
      find: (rehearsal ? renderSealed : renderScript)(step.files.find, mapFile, mark),
      follow: false,
      createMode: null,
    };
  }
  const { file, followLinks, create, secrets = [] } = step;
  if (file === undefined) throw new TypeError(`The edit ${step.id} has neither a file nor files`);
  if (!file.startsWith('/') || file.endsWith('/') || file.includes('\n')) throw new TypeError(`"${file}" is not an absolute path of a file`);
  if (create && !/^0[0-7]{3}$/.test(create.mode)) throw new TypeError(`"${create.mode}" is not a file mode such as 0644`);
  quote(file); // refuses other control characters
  return {
    file,
    place: mapFile(file),
    follow: followLinks ?? false,
    createMode: create?.mode ?? null,
    ...(create?.folder && { createFolder: true }),
    ...(secrets.length > 0 && { secrets: [...secrets] }),
  };
}

/** A secret answer is offered as its mark: what is typed in its place is known to the backend alone. */
export function planPrompt({ id, question, explanation, answers, recommended, secret, answerFrom }: Prompt): PlannedPrompt {
  if (!secret) return { id, question, explanation, answers: [...answers], recommended };
  const offered = answerFrom ? [{ value: secretMark, label: 'Type the secret', means: 'Types what you gave for it. It is not recorded.' }] : [];
  return { id, question, explanation, answers: offered, recommended: answerFrom ? secretMark : '' };
}

/** A text as it is shown and kept, and where it is typed at a console: how. */
export interface RenderedText {
  script: string;
  typed: TypedText | null;
}

/** Throws TypeError for a console line where there is no such console. */
type RenderedFor = Pick<Rendering, 'rehearsal' | 'console' | 'byHand' | 'mapFile'>;
export function renderText(text: StepText, { rehearsal, console, byHand, mapFile }: RenderedFor, mark?: FactMark): RenderedText {
  if (isCommandPrompt(text)) {
    if (rehearsal) return { script: renderSealed(text.lab, mapFile), typed: null };
    if (byHand) return { script: text.lines.map((line) => renderCommandPrompt(line, 'prompt')).join('\n'), typed: null };
    throw new TypeError('it is typed at a Windows command prompt, and this target has none');
  }
  if (!isConsoleLine(text)) return { script: (rehearsal ? renderSealed : renderScript)(text, mapFile, mark), typed: null };
  if (rehearsal) return { script: renderForLab(text, mapFile), typed: null };
  if (byHand) return { script: typedScript(renderForConsole(text)), typed: null };
  if (console !== text.dialect)
    throw new TypeError(`it is typed at a ${dialectTitles[text.dialect]}, and this target ${console ? `is a ${dialectTitles[console]}` : 'has none'}`);
  const typed = renderForConsole(text);
  return { script: typedScript(typed), typed };
}

/** What a real machine is told, where the lab plays something else; null where it is told the same, or nothing. */
function realText(step: Step, { mapFile }: Rendering, mark: FactMark): string | null {
  if (step.kind === 'command') return step.lab ? renderScript(step.script, mapFile, mark) : null;
  if (step.kind !== 'console') return null;
  if (isCommandPrompt(step)) return renderText(step, { rehearsal: false, byHand: true, mapFile }).script;
  return step.lab ? typedScript(renderForConsole(step)) : null;
}

/** What a step runs or types, or null where it does neither. */
function stepText(step: Step, rendering: Rendering, mark: FactMark): RenderedText | null {
  switch (step.kind) {
    case 'command':
      return renderText(rendering.rehearsal && step.lab ? sh`${step.lab} || exit\n${step.script}` : step.script, rendering, mark);
    case 'console':
      return renderText(step, rendering);
    case 'manual':
      return rendering.rehearsal && step.lab ? renderText(step.lab, rendering) : null;
    case 'edit':
    case 'verify':
      return null;
  }
}
