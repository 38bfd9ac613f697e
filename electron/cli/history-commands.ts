/** Looking back from the terminal: which runs there were, and what differs between two. */
import { setTimeout } from 'node:timers/promises';
import type { RunSearch, SearchResult } from '../../shared/api/history.ts';
import type { RunStatus, RunSummary } from '../../shared/api/run.ts';
import type { Api, MethodInput } from '../../shared/api.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { comparisonReport } from './comparison-report.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';

export interface ListOptions {
  search?: string;
  topic?: string;
  host?: string;
  outcome?: RunStatus;
  from?: string;
  to?: string;
  json?: boolean;
}
type Hit = SearchResult['hits'][number];

const pageSize = 100;
const askAgainMs = 100;

export async function listTranscripts({ client, signal }: Surroundings, options: ListOptions): Promise<ExitStatus> {
  const api = makeApi(client.call);
  const { json, search = '', topic, host, outcome, from, to } = options;
  const filters = Object.fromEntries(Object.entries({ topicId: topic, host, outcome, from, to }).filter(([, value]) => value !== undefined));
  if (search === '' && Object.keys(filters).length === 0) {
    const runs = await api.runs.list({});
    if (json) print(JSON.stringify(runs, null, 2));
    else if (runs.length === 0) tell('No runs yet. Start a rehearsal: wrenchbook run perc-h200-crossflash --target lab');
    else for (const run of runs) print(runLine(run));
    return exitStatus.done;
  }
  const hits = await findAll(api, { text: search, ...filters }, signal);
  if (json)
    print(
      JSON.stringify(
        hits.map(({ run, matches }) => ({ ...run, matches })),
        null,
        2,
      ),
    );
  else if (hits.length === 0) tell('No matching run. Use fewer words or filters; "wrenchbook transcripts list" names all runs.');
  else for (const hit of hits) print([runLine(hit.run), ...hit.matches.map(matchLine)].join('\n'));
  return exitStatus.done;
}

export async function compareTranscripts({ client }: Surroundings, left: string, right: string, options: { json?: boolean }): Promise<ExitStatus> {
  const comparison = await makeApi(client.call).runs.compare({ left, right });
  print(options.json ? JSON.stringify(comparison, null, 2) : comparisonReport(comparison));
  return exitStatus.done;
}

/** A script wants all of it and only once it is complete: waits until every run is in the index. */
async function findAll(api: Api, search: Omit<MethodInput<'runs.search'>, 'limit' | 'offset'>, signal: AbortSignal): Promise<Hit[]> {
  const page = (offset: number): Promise<SearchResult> => api.runs.search({ ...search, limit: pageSize, offset } satisfies RunSearch);
  let first = await page(0);
  for (let told = 0; first.indexed < first.of; first = await page(0)) {
    if (first.indexed - told >= 1000 || told === 0) tell(`Reading the runs: ${first.indexed} of ${first.of}`);
    told = Math.max(1, first.indexed);
    await setTimeout(askAgainMs, undefined, { signal });
  }
  const hits = [...first.hits];
  while (hits.length < first.total) {
    const { hits: more } = await page(hits.length);
    if (more.length === 0) break; // some were deleted meanwhile
    hits.push(...more);
  }
  return hits;
}

const runLine = (run: RunSummary) =>
  `${run.runId}  ${run.status}  ${run.stepsDone}/${run.stepsTotal}  ${run.targetLabel}  ${run.topicTitle}${run.fleet ? ' (fleet run)' : ''}`;
const matchLine = ({ title, before, match, after }: Hit['matches'][number]) => `    ${title}: ${before}[${match}]${after}`;
