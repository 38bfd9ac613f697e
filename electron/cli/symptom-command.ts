/** `wrenchbook symptoms`: which procedures a line, a text or a whole log is about. Offline, and nothing is kept. */
import { existsSync } from 'node:fs';
import { WrenchbookError } from '../../shared/api/error.ts';
import { quote } from '../../shared/topic-kit/index.ts';
import { topicSearch } from '../../shared/topic-search/topic-search.ts';
import type { FoundTopic } from '../backend/symptoms/found-symptoms.ts';
import { anySummary, catalogue, scanForTopics, searchTopics } from '../backend/topics/topic-registry.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { openLog } from './log-source.ts';
import { print, progress, tell } from './output.ts';

export interface ShownTopic extends Omit<FoundTopic, 'topicId'> {
  id: string;
  title: string;
  /** By a symptom's pattern; else by its words. */
  recognised: boolean;
  /** What leads on. */
  command: string;
}

/** So much of a log is also looked at as a text that somebody pasted. In bytes. */
const asText = 65_536;
const progressMs = 500;

/** Status 0: something is about it; 4: nothing is. */
export async function findSymptoms(what: string, options: { json?: boolean }, signal: AbortSignal): Promise<ExitStatus> {
  const isFile = what === '-' || existsSync(what);
  if (!isFile && looksLikePath(what))
    throw new WrenchbookError('not-found', `There is no file ${what}.`, 'Give the name of a log, - for standard input, or a line of it in quotes.');
  const { found, text } = isFile ? await inLog(what, signal) : { found: searchTopics(what), text: what };
  const byWords = text === null ? { hits: [], closest: [] } : topicSearch(catalogue.map(anySummary))(text, found);
  const hits = text === null ? found.map((one) => ({ ...one, recognised: true })) : byWords.hits;
  const shown = hits.map(({ topicId, because, recognised }) => shownTopic(found.find((one) => one.topicId === topicId) ?? none(topicId, because), recognised));
  if (options.json) print(JSON.stringify(shown, null, 2));
  else if (shown.length > 0) print(shown.map(toldTopic).join('\n'));
  else {
    tell('No procedure here is about this.');
    for (const { topicId } of byWords.closest) tell(`    Closest: ${topicId}, ${titleOf(topicId)}`);
  }
  return shown.length > 0 ? exitStatus.done : exitStatus.doesNotApply;
}

const looksLikePath = (what: string) => (what.includes('/') && /^[\w./~-]+$/.test(what)) || /^[\w-]+\.(?:log|txt|gz|xz|zst|bz2)$/.test(what);
const none = (topicId: string, because: string): FoundTopic => ({ topicId, because, captured: {}, line: '', count: 0 });
const titleOf = (topicId: string) => catalogue.find(({ id }) => id === topicId)?.title ?? topicId;

export function shownTopic(found: FoundTopic, recognised: boolean): ShownTopic {
  const { topicId: id, ...rest } = found;
  const topic = catalogue.find((one) => one.id === id);
  const command = topic?.kind === 'calculator' ? `wrenchbook calc ${id}` : topic?.probe ? `wrenchbook check ${id} --target TARGET` : `wrenchbook run ${id}`;
  return { id, title: titleOf(id), ...rest, recognised, command };
}

export function toldTopic({ id, title, because, recognised, captured, line, count, command }: ShownTopic): string {
  const values = Object.entries(captured).map(([name, value]) => `${name}: ${quote(value)}`);
  return [
    `${id}\n    ${title}`,
    ...(because ? [`    ${recognised ? 'Recognised' : 'Matches'}: ${because}`] : []),
    ...(line && count > 0 ? [`    ${count === 1 ? 'The line' : `The first of ${count} lines`}: ${line.slice(0, 300)}`] : []),
    ...(values.length > 0 ? [`    In the form: ${values.join(', ')}`] : []),
    `    Next: ${command}`,
  ].join('\n');
}

/** `text`: what there is, where it is short enough to be what somebody pasted. */
async function inLog(file: string, signal: AbortSignal): Promise<{ found: FoundTopic[]; text: string | null }> {
  const log = openLog(file);
  const scan = scanForTopics();
  let head: Buffer | null = Buffer.alloc(0);
  let told = Date.now();
  for await (const chunk of log.chunks) {
    signal.throwIfAborted();
    scan.push(chunk);
    if (head) head = head.length + chunk.length <= asText ? Buffer.concat([head, chunk]) : null;
    if (process.stderr.isTTY && log.size && Date.now() - told > progressMs) {
      progress(`${Math.floor((100 * log.read()) / log.size)} % read. Ctrl-C stops.`);
      told = Date.now();
    }
  }
  if (process.stderr.isTTY) progress('');
  const text = head?.toString() ?? null;
  return text === null ? { found: scan.end(), text } : { found: searchTopics(text), text: text.trim().split('\n').length <= 5 ? text : null };
}
