/**
 * What a compiled role asks of the procedure's own rules while it runs: does it apply, what does an output mean, what should a file hold.
 * Bundled into the role (rules-bundle.ts); the same functions judge a run in the app. Pure.
 */
import { judge, type Matcher, matchedLines, type SavedFact, type Step, stepsFor, type Topic, whyNotOn } from '../../../../shared/topic-kit/index.ts';
import { plainText } from '../../sessions/terminal-text.ts';
import { systemFacts } from './system-facts.ts';

/** Which text of a step printed it. */
export type Part = 'find' | 'before' | 'script' | 'afterwards' | 'baseline' | 'verify' | 'undo' | 'undone';
interface Seen {
  output: string;
  exitStatus: number;
}
export type Question =
  | { ask: 'system'; machine?: string; output: string }
  | { ask: 'verdict'; seen: Readonly<Record<string, Seen>> }
  | { ask: 'judge'; step: string; part: Part; seen: Seen; facts: Readonly<Record<string, string>>; baseline?: readonly string[]; known?: boolean }
  | { ask: 'edit'; step: string; facts: Readonly<Record<string, string>>; files: readonly { path: string; text: string }[] };

/** The form, and which machines take part: files/values.json of a role. */
export interface Given {
  values: Record<string, unknown>;
  machines: readonly string[];
}
export interface Judged {
  failed: boolean;
  /** What failed, what it means, and what comes next. */
  words: string;
  facts: Record<string, string>;
  /** Of `baseline`: lines that are not held against the step. */
  lines: string[];
  /** Of `find`. */
  paths: string[];
}
export type Edited = { text: string } | { refused: string };

/** `topic.probe` is not asked where there is none. Throws TypeError for a step that the plan does not have. */
export function answer(topic: Topic, given: Given, question: Question): unknown {
  switch (question.ask) {
    case 'system':
      return { because: whyNotHere(topic, question) };
    case 'verdict':
      return verdictOf(topic, given, question.seen);
    case 'judge':
      return judged(stepOf(topic, given, question.step), question);
    case 'edit': {
      const step = stepOf(topic, given, question.step);
      if (step.kind !== 'edit') throw new TypeError(`${step.id} edits no file`);
      return { files: question.files.map(({ path, text }) => editedText(step.edit(text, question.facts, path))) };
    }
  }
}

function stepOf(topic: Topic, { values, machines }: Given, id: string): Step {
  const context = { target: { kind: 'ssh' as const, host: 'fleet' }, rehearsal: false, ...(machines.length > 0 && { machines }) };
  const step = stepsFor(topic, values, context).find((each) => each.id === id);
  if (!step) throw new TypeError(`There is no step ${id}`);
  return step;
}

const plain = (text: string) => plainText(text.replaceAll('\r\n', '\n'));

/** Empty where it may run there. */
function whyNotHere(topic: Topic, { machine, output }: { machine?: string; output: string }): string {
  const systems = topic.machines?.find(({ id }) => id === machine)?.systems ?? topic.systems ?? {};
  const why = whyNotOn(systems, systemFacts(plain(output)));
  return why ? `${why.message} ${why.next}` : '';
}

function verdictOf({ probe, machines }: Topic, { values }: Given, seen: Readonly<Record<string, Seen>>) {
  if (!probe) throw new TypeError('The procedure has no check');
  const shown = Object.entries(seen).map(([id, { output, exitStatus }]) => [id, { output: `${plain(output)}\n`, exitStatus }] as const);
  const { verdict, because, next } = probe.judge(
    {
      output: shown.map(([, { output }]) => output).join(''),
      exitStatus: shown.find(([, { exitStatus }]) => exitStatus !== 0)?.[1].exitStatus ?? 0,
      ...(machines && { machines: Object.fromEntries(shown) }),
    },
    Object.fromEntries(probe.uses.map((name) => [name, values[name]])),
  );
  return { verdict, words: `${because} ${next}`.trim() };
}

function judged(step: Step, { part, seen, facts, baseline, known = false }: Extract<Question, { ask: 'judge' }>): Judged {
  const output = plain(seen.output);
  const lines = output.split('\n');
  const { matchers, saves: all, statusTells } = expectationOf(step, part);
  // What was read before the step first began is not read again, but for what is different each time.
  const saves = part === 'before' && known ? all.filter(({ eachTime }) => eachTime) : all;
  const verdicts = judge(matchers, {
    output: part === 'find' ? lines.filter((line) => !line.startsWith('/')).join('\n') : output,
    exitStatus: part === 'before' ? 0 : seen.exitStatus,
    facts,
    ...(baseline && { before: new Set(baseline) }),
    ...(statusTells && { statusTells }),
  });
  const counts = part === 'undo' || (part === 'before' && (known || matchers.length === 0)) ? [] : verdicts.filter(({ kind }) => kind === 'failure');
  const found = foundFacts(saves, output);
  const unread = part === 'before' ? saves.find(({ id }) => found[id] === undefined) : undefined;
  const words = [
    ...counts.map(({ means, next, line }) => `${means} ${next}${line ? ` It said: ${line}` : ''}`.trim()),
    ...(unread ? [`"${unread.title}" could not be read, so the undo could not restore it. The step was not run.`] : []),
    ...(part === 'undo' && seen.exitStatus !== 0 ? [`The undo ended with status ${seen.exitStatus}.`] : []),
  ];
  return {
    failed: words.length > 0,
    words: words.join(' '),
    facts: found,
    lines:
      part === 'baseline' ? [...new Set(verdicts.filter(({ kind, line }) => /^(?:failure|warning)$/.test(kind) && line !== '').map(({ line }) => line))] : [],
    paths: part === 'find' ? lines.filter((line) => line.startsWith('/')) : [],
  };
}

interface Expectation {
  matchers: readonly Matcher[];
  saves: readonly SavedFact[];
  statusTells?: true | undefined;
}
function expectationOf(step: Step, part: Part): Expectation {
  const none = { matchers: [], saves: [] };
  if (step.kind === 'verify') return none;
  const edit = step.kind === 'edit' ? step : null;
  switch (part) {
    case 'find':
      return { ...none, matchers: edit?.files?.matchers ?? [] };
    case 'afterwards':
      return { ...none, matchers: edit?.afterwards?.matchers ?? [] };
    case 'before':
      return 'before' in step && step.before ? { matchers: step.before.matchers ?? [], saves: step.before.saves } : none;
    case 'script':
      return step.kind === 'command' ? { matchers: step.matchers, saves: step.saves ?? [], statusTells: step.statusTells } : none;
    case 'baseline':
    case 'verify':
      return { ...none, matchers: step.verify?.matchers ?? [], statusTells: step.verify?.statusTells };
    case 'undone':
      return { ...none, matchers: step.undone && 'matchers' in step.undone ? step.undone.matchers : [] };
    case 'undo':
      return none;
  }
}

function foundFacts(saves: readonly SavedFact[], output: string): Record<string, string> {
  const lines = matchedLines(output);
  return Object.fromEntries(
    saves.flatMap(({ id, pattern }) => {
      const [value] = lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

const editedText = (text: ReturnType<Extract<Step, { kind: 'edit' }>['edit']>): Edited =>
  typeof text === 'string' ? { text } : { refused: `${text.means} ${text.next}` };
