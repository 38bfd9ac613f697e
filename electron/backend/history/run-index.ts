/** What the index holds of each run, and how it is asked. */
import { type RunFilters, type RunSearch, type SearchMatch, searchPlace } from '../../../shared/api/history.ts';
import type { RunStatus, RunSummary } from '../../../shared/api/run.ts';
import { type Database, IndexFile } from './index-file.ts';
import type { Section } from './run-sections.ts';
import { findPassage, fold, matchExpression, type Phrase, parseSearch, phrasePattern } from './search-text.ts';

export interface IndexedRun {
  runId: string;
  /** Says which state of the run's files this was made from. */
  stamp: string;
  /** Null for a run that can't be read: it is remembered, so that it is not tried again, and never shown. */
  summary: RunSummary | null;
  sections: readonly Section[];
}
export interface FoundRun {
  runId: string;
  summary: RunSummary;
  matches: SearchMatch[];
}
/** Outcomes of the runs that are open in this process: what the files say of them is behind. */
export type LiveOutcomes = Readonly<Record<string, RunStatus>>;

/** A letter of the private use area is a word of its own, so that no phrase reaches from one section into the next. */
const sectionEnd = ' \ue000 ';
const matchesPerRun = 3;
const rowsPerSecond = 65_536;

export class RunIndex {
  private readonly file: IndexFile;

  constructor(dataFolder: string, log: (line: string) => void) {
    this.file = new IndexFile(dataFolder, log);
  }

  get generation(): number {
    return this.file.generation;
  }

  /** Whether another process has the index open too. */
  get shared(): boolean {
    return this.file.shared;
  }

  /** Whether this process is the one that fills it. Throws `storage`. */
  takeTurn(): boolean {
    return this.file.takeTurn();
  }
  giveTurnBack(): void {
    this.file.giveTurnBack();
  }

  /** Of all runs in it. */
  stamps(): Map<string, string> {
    return this.file.read((database) => new Map(database.all('select run_id, stamp from run').map((row) => [String(row.run_id), String(row.stamp)])));
  }
  stampsOf(runIds: readonly string[]): Map<string, string> {
    return this.file.read((database) => {
      const found = runIds.map((runId) => [runId, database.get('select stamp from run where run_id = ?', runId)?.stamp] as const);
      return new Map(found.flatMap(([runId, stamp]) => (stamp === undefined ? [] : [[runId, String(stamp)]])));
    });
  }

  put(runs: readonly IndexedRun[]): void {
    this.file.change((database) => {
      for (const run of runs) putRun(database, run);
    });
  }

  remove(runIds: readonly string[]): void {
    this.file.change((database) => {
      for (const runId of runIds) {
        const row = database.get('select id from run where run_id = ?', runId);
        if (row) removeRow(database, Number(row.id));
      }
    });
  }

  /** Newest first. */
  summaries(): RunSummary[] {
    return this.file.read((database) =>
      database.all('select summary from run where summary is not null order by id desc').map((row) => JSON.parse(String(row.summary)) as RunSummary),
    );
  }

  search(search: RunSearch, live: LiveOutcomes): { found: FoundRun[]; total: number } {
    const phrases = parseSearch(search.text);
    // Only signs that no word is made of: nothing can be found, and all runs would be no answer.
    if (phrases.length === 0 && search.text.trim() !== '') return { found: [], total: 0 };
    return this.file.read((database) => {
      setLive(database, live);
      const { from, where, values } = condition(search, phrases);
      const total = Number(database.get(`select count(*) as total from ${from} where ${where}`, values)?.total);
      const rows = database.all(
        `select run.id, run.run_id, run.summary from ${from} where ${where} order by ${phrases.length > 0 ? 'words.rowid' : 'run.id'} desc limit ? offset ?`,
        [...values, search.limit, search.offset],
      );
      const found = rows.map((row) => ({
        runId: String(row.run_id),
        summary: JSON.parse(String(row.summary)) as RunSummary,
        matches: phrases.length > 0 ? matchesIn(database, Number(row.id), phrases) : [],
      }));
      return { found, total };
    });
  }

  filters(live: LiveOutcomes): RunFilters {
    return this.file.read((database) => {
      setLive(database, live);
      const topics = database.all('select topic_id, max(topic_title) as title from run where summary is not null group by topic_id order by title');
      const hosts = database.all("select distinct host from run where summary is not null and json_extract(summary, '$.fleet') is null order by host");
      const outcomes = database.all(`select distinct ${outcomeColumn} as outcome from run where summary is not null order by outcome`);
      return {
        topics: topics.map((row) => ({ topicId: String(row.topic_id), title: String(row.title) })),
        hosts: hosts.map((row) => String(row.host)),
        outcomes: outcomes.map((row) => String(row.outcome) as RunStatus),
      };
    });
  }

  close(): void {
    this.file.close();
  }
}

const outcomeColumn = 'coalesce((select live.outcome from temp.live as live where live.run_id = run.run_id), run.outcome)';

function setLive(database: Database, live: LiveOutcomes): void {
  database.exec('delete from temp.live');
  for (const [runId, outcome] of Object.entries(live)) database.run('insert into temp.live values (?, ?)', [runId, outcome]);
}

function condition(search: RunSearch, phrases: readonly Phrase[]) {
  const parts: [sql: string, value: string | number | undefined][] = [
    ['words.text match ?', phrases.length > 0 ? matchExpression(phrases) : undefined],
    ['run.topic_id = ?', search.topicId],
    ['run.host = ?', search.host],
    [`${outcomeColumn} = ?`, search.outcome],
    ['run.open = ?', search.open === undefined ? undefined : Number(search.open)],
    ["json_extract(run.summary, '$.rehearsal') = ?", search.rehearsal === undefined ? undefined : Number(search.rehearsal)],
    ['run.created_at >= ?', search.from],
    // `~` sorts behind all that may follow: a day lasts to its end.
    ["run.created_at < ? || '~'", search.to],
  ];
  const given = parts.filter((part): part is [string, string | number] => part[1] !== undefined);
  return {
    from: phrases.length > 0 ? 'words join run on run.id = words.rowid' : 'run',
    where: ['run.summary is not null', ...given.map(([sql]) => sql)].join(' and '),
    values: given.map(([, value]) => value),
  };
}

/** For each phrase the first section it stands in; what was shown and done in a step before what is said of the run. */
function matchesIn(database: Database, id: number, phrases: readonly Phrase[]): SearchMatch[] {
  const sections = database.all('select step_id, title, place, text from section where run = ? order by position', id).map((row) => ({
    stepId: row.step_id === null ? null : String(row.step_id),
    title: String(row.title),
    place: searchPlace.parse(row.place),
    text: String(row.text),
    folded: fold(String(row.text)),
  }));
  const ordered = [...sections.filter(({ stepId }) => stepId !== null), ...sections.filter(({ stepId }) => stepId === null)];
  const matches: SearchMatch[] = [];
  for (const phrase of phrases) {
    const pattern = phrasePattern(phrase);
    for (const { text, folded, stepId, title, place } of ordered) {
      const passage = matches.length < matchesPerRun ? findPassage(text, folded, pattern) : null;
      if (!passage) continue;
      matches.push({ stepId, title, place, ...passage });
      if (phrases.length > 1) break;
    }
  }
  return matches;
}

function putRun(database: Database, { runId, stamp, summary, sections }: IndexedRun): void {
  const known = database.get('select id from run where run_id = ?', runId);
  const id = known ? Number(known.id) : freeRow(database, runId);
  if (known) removeRow(database, id);
  database.run('insert into run values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    id,
    runId,
    stamp,
    summary?.topicId ?? null,
    summary?.topicTitle ?? null,
    summary?.targetLabel ?? null,
    summary?.status ?? null,
    summary?.createdAt ?? null,
    summary && Number(summary.endedAt === null),
    summary && JSON.stringify(summary),
  ]);
  for (const [position, { stepId, title, place, text }] of sections.entries())
    database.run('insert into section values (?, ?, ?, ?, ?, ?)', [id, position, stepId, title, place, text]);
  if (sections.length > 0) database.run('insert into words (rowid, text) values (?, ?)', [id, sections.map(({ text }) => text).join(sectionEnd)]);
}

function removeRow(database: Database, id: number): void {
  database.run('delete from run where id = ?', id);
  database.run('delete from section where run = ?', id);
  database.run('delete from words where rowid = ?', id);
}

/** Rows are numbered in the order the runs were started, as the newest are wanted first: the id's time, then its last part. */
function freeRow(database: Database, runId: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  let row = time * rowsPerSecond + (Number.parseInt(/-([0-9a-f]{4})$/.exec(runId)?.[1] ?? '0', 16) % rowsPerSecond);
  while (database.get('select 1 from run where id = ?', row)) row++;
  return row;
}
