/** Matchers turn what a step's terminal showed into verdicts. Pure. */
import type { Verdict } from '../api/run.ts';

interface MatcherText {
  /** Stable name of the rule, unique in its step. */
  id: string;
  /** What the line means, in plain words. */
  means: string;
  /** What to do next; needed for warnings and failures. */
  next?: string;
  /** Ids of the topic's remedies that are offered. */
  remedies?: readonly string[];
  /** The way back is gone; the run ends here, and `means` says so. */
  noWayBack?: boolean;
}
/** A line that may be there. `text` is how it is announced in the plan, where it differs from the pattern's source. */
export interface LineMatcher extends MatcherText {
  kind: 'harmless' | 'warning' | 'failure';
  pattern: RegExp;
  text?: string;
  /** It says all there is to say, e.g. that there was nothing to judge: where it hits, no other verdict is given. */
  alone?: true;
}
/** A line that must be there: its absence is a failure with `missing` as its meaning. */
export interface ExpectedMatcher extends MatcherText {
  kind: 'expected';
  pattern: RegExp;
  missing: string;
}
/** A value in the output (first group of `pattern`) that must equal a saved fact or a fixed text. */
export interface EqualMatcher extends MatcherText {
  kind: 'equal';
  pattern: RegExp;
  to: { fact: string } | { text: string };
  /** What it means when the value is another one or is not there. */
  differs: string;
}
export type Matcher = LineMatcher | ExpectedMatcher | EqualMatcher;

export interface Observation {
  /** What the terminal showed, as plain lines: escape sequences taken out, carriage returns resolved. */
  output: string;
  exitStatus: number;
  facts: Readonly<Record<string, string>>;
}

/**
 * Characters of a line that matchers see: a target can print a line without end, and each pattern goes over all of it.
 * Longer lines are judged by their beginning.
 */
export const matchedCharacters = 8192;

/** Lines as matchers see them, cut. */
export const matchedLines = (text: string): string[] => text.split('\n').map((line) => line.slice(0, matchedCharacters));

/** Words that make a line look like an error; such a line that no matcher knows stops the run. */
const looksLikeError = /\b(error|fail(ed|ure)?|fault|fatal|cannot|can't|unable|denied|not found|no such)\b/i;

/**
 * Judges one step. Verdicts come in the order of the lines they are about, missing ones last.
 * An exit status other than 0 is a failure unless another failure explains it; status 0 proves nothing by itself.
 */
export function judge(matchers: readonly Matcher[], seen: Observation): Verdict[] {
  const lines = matchedLines(seen.output).map((line) => line.trim());
  const verdicts: { at: number; verdict: Verdict }[] = [];
  const explained = new Set<number>();

  for (const matcher of matchers) {
    const hits = lines.flatMap((line, at) => (matcher.pattern.test(line) ? [at] : []));
    for (const at of hits) explained.add(at);
    const first = hits[0];
    const line = first === undefined ? '' : (lines[first] ?? '');
    const place = first ?? lines.length;
    if (matcher.kind === 'equal') verdicts.push({ at: place, verdict: judgeEqual(matcher, line, seen.facts) });
    else if (matcher.kind === 'expected')
      verdicts.push({ at: place, verdict: line ? say('expected', matcher, line) : { ...say('failure', matcher, ''), means: matcher.missing } });
    else if (first !== undefined) verdicts.push({ at: place, verdict: say(matcher.kind, matcher, line) });
  }
  const alone = matchers.find((matcher) => 'alone' in matcher && lines.some((line) => matcher.pattern.test(line)));
  if (alone) return verdicts.map(({ verdict }) => verdict).filter(({ rule }) => rule === alone.id);
  lines.forEach((line, at) => {
    if (!explained.has(at) && looksLikeError.test(line)) verdicts.push({ at, verdict: unknownError(line) });
  });
  verdicts.sort((a, b) => a.at - b.at);
  const result = verdicts.map((entry) => entry.verdict);
  if (seen.exitStatus !== 0 && !result.some((verdict) => verdict.kind === 'failure')) result.push(badStatus(seen.exitStatus));
  return result;
}

export const isFailure = (verdicts: readonly Verdict[]) => verdicts.some((verdict) => verdict.kind === 'failure');

function say(kind: Verdict['kind'], matcher: MatcherText, line: string): Verdict {
  return {
    kind,
    rule: matcher.id,
    line,
    means: matcher.means,
    // What an expected or equal rule says to do is for the case that it is not met.
    next: kind === 'expected' ? '' : (matcher.next ?? ''),
    remedies: kind === 'expected' ? [] : [...(matcher.remedies ?? [])],
    noWayBack: kind !== 'expected' && (matcher.noWayBack ?? false),
  };
}

function judgeEqual(matcher: EqualMatcher, line: string, facts: Observation['facts']): Verdict {
  const wanted = 'fact' in matcher.to ? facts[matcher.to.fact] : matcher.to.text;
  const got = matcher.pattern.exec(line)?.[1];
  if (got !== undefined && got === wanted) return say('expected', matcher, line);
  return { ...say('failure', matcher, line), means: `${matcher.differs} Expected ${wanted ?? 'a value that was never read'}, seen ${got ?? 'nothing'}.` };
}

const unknownError = (line: string): Verdict => ({
  kind: 'failure',
  rule: 'unknown-error',
  line,
  means: 'This line looks like an error that this procedure does not know.',
  next: 'Read the lines around it in the terminal. Run the step again, or skip it with a reason if you are sure that it is harmless.',
  remedies: [],
  noWayBack: false,
});

const badStatus = (status: number): Verdict => ({
  kind: 'failure',
  rule: 'exit-status',
  line: `exit status ${status}`,
  means: status === 130 ? 'The command was stopped with Ctrl-C.' : 'The command said that it did not succeed.',
  next: 'Read its output in the terminal, put the cause right and run the step again.',
  remedies: [],
  noWayBack: false,
});
