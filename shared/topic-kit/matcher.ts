/** Matchers turn what a step's terminal showed into verdicts. Pure. */
import type { Verdict } from '../api/run.ts';
import { looksLikeError } from './error-words.ts';
import { type Hit, hitsOf, matchedLines } from './output-lines.ts';

interface MatcherText {
  /** Stable name of the rule, unique in its step. */
  id: string;
  /** What the line means, in plain words. */
  means: string;
  /** What to do next; needed for warnings and failures. */
  next?: string;
  /** Ids of the topic's remedies that are offered. */
  remedies?: readonly string[];
  /** The undo is gone; the run ends here, and `means` says so. */
  noWayBack?: boolean;
  /** Only lines of such a part count: from a line like `from`, with it, up to one like `to`, without it. */
  within?: { from: RegExp; to: RegExp };
}
/** A line that may be there. `text` is how it is announced in the plan, where it differs from the pattern's source. */
export interface LineMatcher extends MatcherText {
  kind: 'harmless' | 'warning' | 'failure';
  pattern: RegExp;
  text?: string;
  /** It says all there is to say, e.g. that there was nothing to judge: where it hits, no other verdict is given. */
  alone?: true;
  /** It counts only where a line like this is there as well, before or after it. */
  given?: RegExp;
  /** It does not count where a line like this is there. */
  unless?: RegExp;
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
/** A value in the output (first group of `pattern`) that must not be the one that was saved, such as the process of a service that was restarted. */
export interface ChangedMatcher extends MatcherText {
  kind: 'changed';
  pattern: RegExp;
  from: { fact: string };
  /** What it means when the value is the same, or is not there. */
  same: string;
}
/** No line like this may be there, and `looked` shows that there would have been one: that nothing was found proves nothing where nothing was looked at. */
export interface AbsentMatcher extends MatcherText {
  kind: 'absent';
  pattern: RegExp;
  looked: RegExp;
  /** What it means when such a line is there. */
  found: string;
  /** What it means when `looked` is not. */
  missing: string;
}
export type Matcher = LineMatcher | ExpectedMatcher | EqualMatcher | ChangedMatcher | AbsentMatcher;

export interface Observation {
  /** What the terminal showed, as plain lines: escape sequences taken out, carriage returns resolved. */
  output: string;
  exitStatus: number;
  facts: Readonly<Record<string, string>>;
  /** Lines that the same script printed before the step, trimmed as `judge` sees them: they are not held against it. */
  before?: ReadonlySet<string>;
  /** The program's exit status can be trusted: with 0, a line that looks like an error and is not known is only a warning. */
  statusTells?: boolean;
  /** It is a rehearsal: a program that is not found is one that the lab does not have. */
  rehearsal?: boolean;
}

/**
 * Judges one step. Verdicts come in the order of the lines they are about, missing ones last.
 * An exit status other than 0 is a failure unless another failure explains it; status 0 proves nothing by itself.
 * A line that must be there is not missed where a failure says why it is not.
 */
export function judge(matchers: readonly Matcher[], seen: Observation): Verdict[] {
  const lines = matchedLines(seen.output).map((line) => line.trim());
  const hits = new Map(matchers.map((matcher) => [matcher, counts(matcher, lines) ? hitsWithin(matcher, lines) : []]));
  const alone = matchers.find((matcher) => 'alone' in matcher && hits.get(matcher)?.length);
  const verdicts: Placed[] = [];
  const missing: Placed[] = [];
  for (const matcher of alone ? [alone] : matchers) {
    const found = hits.get(matcher) ?? [];
    const hit = found.find(({ text }) => !seen.before?.has(text)) ?? found[0];
    const at = hit?.from ?? lines.length;
    if (matcher.kind === 'changed') (hit ? verdicts : missing).push({ at, verdict: judgeChanged(matcher, hit?.text ?? '', seen.facts) });
    else if (matcher.kind === 'absent') {
      const looked = hitsOf(matcher.looked, lines)[0];
      (hit || looked ? verdicts : missing).push({ at: hit?.from ?? looked?.from ?? at, verdict: judgeAbsent(matcher, hit?.text, looked?.text) });
    } else if (matcher.kind === 'equal') (hit ? verdicts : missing).push({ at, verdict: judgeEqual(matcher, hit?.text ?? '', seen.facts) });
    else if (matcher.kind === 'expected' && !hit) missing.push({ at, verdict: { ...say('failure', matcher, ''), means: matcher.missing } });
    else if (hit) verdicts.push({ at, verdict: sayOf(matcher, hit.text, seen) });
  }
  if (alone) return verdicts.map(({ verdict }) => verdict);
  const explained = new Set(
    [...hits.values()].flatMap((found) => found.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, more) => from + more))),
  );
  lines.forEach((line, at) => {
    if (!explained.has(at) && looksLikeError(line)) verdicts.push({ at, verdict: unknownError(line, seen) });
  });
  const known = verdicts.some(({ verdict: { kind, rule } }) => kind === 'failure' && matchers.some(({ id, kind: of }) => id === rule && of === 'failure'));
  const result = [...verdicts, ...(known ? [] : missing)].sort((a, b) => a.at - b.at).map(({ verdict }) => verdict);
  if (seen.exitStatus !== 0 && !isFailure(result)) result.push(badStatus(seen.exitStatus));
  return result;
}

function hitsWithin({ pattern, within }: Matcher, lines: readonly string[]): Hit[] {
  if (!within) return hitsOf(pattern, lines);
  let inside = false;
  const counted = lines.map((line) => {
    if (within.from.test(line)) inside = true;
    else if (within.to.test(line)) inside = false;
    return inside;
  });
  return hitsOf(pattern, lines).filter(({ from, to }) => counted[from] && counted[to]);
}

function counts(matcher: Matcher, lines: readonly string[]): boolean {
  const { given, unless } = matcher as LineMatcher;
  return (given === undefined || hitsOf(given, lines).length > 0) && (unless === undefined || hitsOf(unless, lines).length === 0);
}

interface Placed {
  at: number;
  verdict: Verdict;
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

/** What stood there before the step is not held against it. */
function sayOf(matcher: LineMatcher | ExpectedMatcher, line: string, { before }: Observation): Verdict {
  if (matcher.kind === 'harmless' || matcher.kind === 'expected' || !before?.has(line)) return say(matcher.kind, matcher, line);
  return { ...say('harmless', matcher, line), means: `${matcher.means} ${stoodBefore}`, noWayBack: false };
}
const stoodBefore = 'It was there before this step too, so it is not counted against it.';

function judgeEqual(matcher: EqualMatcher, line: string, facts: Observation['facts']): Verdict {
  const wanted = 'fact' in matcher.to ? facts[matcher.to.fact] : matcher.to.text;
  const got = matcher.pattern.exec(line)?.[1];
  if (got !== undefined && got === wanted) return say('expected', matcher, line);
  return { ...say('failure', matcher, line), means: `${matcher.differs} Expected ${wanted ?? 'a value that was never read'}, seen ${got ?? 'nothing'}.` };
}

function judgeChanged(matcher: ChangedMatcher, line: string, facts: Observation['facts']): Verdict {
  const before = facts[matcher.from.fact];
  const got = matcher.pattern.exec(line)?.[1];
  if (got !== undefined && before !== undefined && got !== before) return say('expected', matcher, line);
  return { ...say('failure', matcher, line), means: `${matcher.same} Before ${before ?? 'a value that was never read'}, now ${got ?? 'nothing'}.` };
}

function judgeAbsent(matcher: AbsentMatcher, line: string | undefined, looked: string | undefined): Verdict {
  if (line === undefined && looked !== undefined) return say('expected', matcher, looked);
  return { ...say('failure', matcher, line ?? ''), means: line === undefined ? matcher.missing : matcher.found };
}

/** As shells say it: dash, bash, zsh, busybox. */
const notFound = /(?:^|[\s:])([\w.+-]+): (?:command )?not found$|command not found: ([\w.+-]+)$/;

function unknownError(line: string, { before, statusTells, exitStatus, rehearsal }: Observation): Verdict {
  const [, program = notFound.exec(line)?.[2]] = notFound.exec(line) ?? [];
  const verdict: Verdict = {
    kind: 'failure',
    rule: 'unknown-error',
    line,
    means: 'This line looks like an error that this procedure does not know.',
    next: 'Read the lines around it in the terminal. Run the step again, or skip it with a reason if you are sure that it is harmless.',
    remedies: [],
    noWayBack: false,
  };
  if (rehearsal && program !== undefined)
    return {
      ...verdict,
      rule: 'not-in-lab',
      means: `${program} is not part of this lab.`,
      next: 'This is a fault of the procedure’s rehearsal. Please report it.',
    };
  if (before?.has(line)) return { ...verdict, kind: 'harmless', means: stoodBefore, next: '' };
  if (!statusTells || exitStatus !== 0) return verdict;
  return {
    ...verdict,
    kind: 'warning',
    means: 'This line looks like an error, but the program reports success.',
    next: 'Read the lines around it in the terminal.',
  };
}

const badStatus = (status: number): Verdict => ({
  kind: 'failure',
  rule: 'exit-status',
  line: `exit status ${status}`,
  means: status === 130 ? 'The command was stopped with Ctrl-C.' : 'The command reports failure.',
  next: 'Read its output in the terminal, fix the cause and run the step again.',
  remedies: [],
  noWayBack: false,
});
