/** Writes a check-up in one of its formats, whole or not at all. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CheckUpFormat } from '../../../shared/api/doctor.ts';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { shownText } from '../../../shared/api/shown-text.ts';
import { writeWhole } from '../transcripts/export-draft.ts';
import { writePieces } from '../transcripts/gathered-file.ts';
import { html, htmlDocument } from '../transcripts/html-document.ts';
import { inLine, plain, plainCell } from '../transcripts/markdown-text.ts';
import { castLines, outsideEvents, outsideTexts } from '../transcripts/outside/outside-events.ts';
import { OutsideNames } from '../transcripts/outside/outside-names.ts';
import type { CastEvent } from '../transcripts/recording-reader.ts';
import { ScreenText } from '../transcripts/screen-text.ts';
import { writeSudoLog } from '../transcripts/sudo-export.ts';
import type { CheckUpRecord } from './check-up-record.ts';
import { checkUpReport, type Report, reportText } from './check-up-report.ts';

interface ExportRequest {
  record: CheckUpRecord;
  /** The file of the record, for the format `signed`. */
  bytes(): Buffer;
  format: CheckUpFormat;
  /** Where to; a file that is there is replaced. The format `sudo` makes a folder, where none or an empty one is. */
  out: string;
  /** With names and addresses replaced, for people elsewhere. */
  outside: boolean;
}

/** Throws `bad-parameters`, `storage`, and what the signal was aborted with. */
export async function exportCheckUp(request: ExportRequest, signal?: AbortSignal): Promise<{ path: string; bytes: number }> {
  const { format, outside } = request;
  const target = path.resolve(request.out);
  refuseOccupied(target, format);
  if (outside && format === 'signed')
    throw new WrenchbookError('bad-parameters', 'A signed record contains the check-up unchanged.', 'Choose another format to replace names and addresses.');
  const names = outside ? namesOf(request.record) : null;
  const record = names ? outsideTexts(request.record, names) : request.record;
  const source: Source = { record, events: () => eventsOf(request.record, names) };
  const bytes = await writeWhole(target, signal, (place) =>
    format === 'sudo'
      ? writeSudo(place, source)
      : format === 'signed'
        ? writePieces(place, one(request.bytes()))
        : writePieces(place, contentOf(source, format)),
  );
  return { path: target, bytes };
}

interface Source {
  record: CheckUpRecord;
  /** What the terminal showed. */
  events(): AsyncIterable<CastEvent>;
}

async function* contentOf({ record, events }: Source, format: Exclude<CheckUpFormat, 'sudo' | 'signed'>): AsyncGenerator<string | Buffer> {
  const { checkUp, screen } = record;
  const report = checkUpReport(checkUp);
  const { cols, rows } = screen;
  const head = { version: 3, term: { cols, rows }, timestamp: startOf(record), title: report.title };
  switch (format) {
    case 'json':
      yield `${JSON.stringify(checkUp, null, 2)}\n`;
      return;
    case 'md':
      yield markdown(report);
      return;
    case 'html':
      yield* htmlDocument({ title: report.title, body: htmlBody(report, screen.cut), cast: bytesOf(castLines(head, events())) });
      return;
    case 'cast':
      yield* castLines(head, events());
      return;
    case 'txt':
      yield `${reportText(report)}\n==== What the terminal showed ====\n`;
      yield* screenLines(screen, events());
  }
}

function markdown({ title, rows, sections }: Report): string {
  return shownText(
    [
      `# ${plain(title)}`,
      '',
      '| | |',
      '|---|---|',
      ...rows.map(([name, value]) => `| ${name} | ${plainCell(value)} |`),
      ...sections.flatMap((section) => [
        '',
        `## ${plain(section.title)}`,
        ...section.items.flatMap((item) => ['', `### ${inLine(item.title)}`, '', ...item.lines.map((line) => `- ${inLine(line)}`)]),
      ]),
      '',
    ].join('\n'),
  );
}

function htmlBody({ title, rows, sections }: Report, cut: number): string {
  const table = rows.map(([name, value]) => `<tr><th scope="row">${html(name)}</th><td>${html(value)}</td></tr>`).join('');
  const parts = sections.map(
    (section) =>
      `<h2>${html(section.title)}</h2>${section.items.map((item) => `<section><h3>${html(item.title)}</h3><ul>${item.lines.map((line) => `<li>${html(line)}</li>`).join('')}</ul></section>`).join('')}`,
  );
  return `<main><h1>${html(title)}</h1><table>${table}</table>${parts.join('\n')}
<h2>What the terminal showed</h2>${cut > 0 ? `<p>Its last ${cut} bytes were not kept.</p>` : ''}<div class="replay"><div id="player"></div></div></main>`;
}

async function* screenLines({ cols, rows, cut }: CheckUpRecord['screen'], events: AsyncIterable<CastEvent>): AsyncGenerator<string> {
  const lines: string[] = [];
  const screen = new ScreenText({ cols, rows }, (line) => void lines.push(line));
  for await (const { code, data } of events) if (code === 'o') await screen.write(data);
  await screen.end();
  yield `${lines.join('\n')}\n`;
  if (cut > 0) yield `[the last ${cut} bytes were not kept]\n`;
}

function writeSudo(place: string, { record, events }: Source): Promise<number> {
  const { checkUp, screen } = record;
  const session = { user: checkUp.by.user, host: checkUp.by.host, shell: '/bin/sh', uid: -1 };
  const run = { topicTitle: `Check-up of ${checkUp.name}`, runId: checkUp.id, createdAt: checkUp.at };
  return writeSudoLog(place, run, session, { cols: screen.cols, rows: screen.rows, timestamp: startOf(record) }, events());
}

/** Seconds since 1970. */
const startOf = ({ checkUp: { at, seconds } }: CheckUpRecord) => Math.floor(Date.parse(at) / 1000 - seconds);

async function* castEventsOf({ screen }: CheckUpRecord): AsyncGenerator<CastEvent> {
  for (const [ms, data] of screen.events) yield { ms, code: 'o', data };
}
const eventsOf = (record: CheckUpRecord, names: OutsideNames | null) => (names ? outsideEvents(castEventsOf(record), names) : castEventsOf(record));

/** From who checked what, and from everything whose form shows a name. */
function namesOf({ checkUp, screen }: CheckUpRecord): OutsideNames {
  const names = new OutsideNames();
  const { by, facts, place, name } = checkUp;
  const [, user, host = ''] = /^\w+:(?:(.+)@)?\[?([^\]@]+?)\]?(?::\d+)?$/.exec(place) ?? [];
  names.learn('host', by.host);
  names.learn('user', by.user);
  for (const each of place.startsWith('ssh:') ? [host, name, facts?.hostName ?? ''] : [facts?.hostName ?? '']) names.learn('host', each);
  for (const each of [user, facts?.user]) if (each) names.learn('user', each);
  for (const [, text] of JSON.stringify([checkUp, screen.events]).matchAll(/([\w.@/-]+)/g)) names.discover(text ?? '');
  return names;
}

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function refuseOccupied(target: string, format: CheckUpFormat): void {
  if (!existsSync(target)) return;
  const is = statSync(target);
  if (format === 'sudo') {
    if (!is.isDirectory() || readdirSync(target).length > 0)
      throw new WrenchbookError('bad-parameters', `${target} is there already and is not an empty folder.`, 'Name a new folder to write to.');
  } else if (!is.isFile()) throw new WrenchbookError('bad-parameters', `${target} is not an ordinary file.`, 'Name a file to write to.');
}
