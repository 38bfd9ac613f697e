/**
 * A transcript as an I/O log folder of sudo (sudoers_io, "man sudoreplay"): `log` and `log.json` say who ran what,
 * `ttyout` has the terminal's bytes, `timing` a line for each event. sudo takes a timing file that nobody may write to
 * as complete.
 */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RunState } from '../../../shared/api/run.ts';
import { parseSize } from '../terminal-size.ts';
import { GatheredFile, writePieces } from './gathered-file.ts';
import type { CastEvent, CastHeader } from './recording-reader.ts';

/** What the timing file calls its events: 0 to 4 are data, 7 is suspending. */
const timingType = { ttyin: 3, ttyout: 4, resize: 5 } as const;

/** Who ran it where, from the journal. */
export interface SudoSession {
  user: string;
  host: string;
  shell: string;
  uid: number;
}

/** Makes the folder `place`. Returns the bytes of its files. */
export async function writeSudoLog(
  place: string,
  run: Pick<RunState, 'topicTitle' | 'runId' | 'createdAt'>,
  session: SudoSession,
  head: CastHeader,
  events: AsyncIterable<CastEvent>,
): Promise<number> {
  await mkdir(place, { mode: 0o700 });
  const { cols, rows, timestamp } = head;
  const about: SessionHead = {
    ...session,
    cols,
    rows,
    title: `${run.topicTitle}, run ${run.runId}`,
    seconds: timestamp ?? Math.floor(Date.parse(run.createdAt) / 1000),
  };
  const heads = (await writePieces(path.join(place, 'log'), one(logText(about)))) + (await writePieces(path.join(place, 'log.json'), one(logJson(about))));
  const timing = await GatheredFile.create(path.join(place, 'timing'));
  const ttyout = await GatheredFile.create(path.join(place, 'ttyout'));
  try {
    let shownMs = 0;
    for await (const event of events) {
      const line = timingLine(event, shownMs);
      if (line === null) continue;
      shownMs = event.ms;
      await timing.write(line);
      if (event.code === 'o') await ttyout.write(event.data);
    }
    await ttyout.sync();
    await timing.sync();
  } finally {
    await timing.close();
    await ttyout.close();
  }
  await chmod(path.join(place, 'timing'), 0o400);
  return heads + timing.bytes + ttyout.bytes;
}

/** `sinceMs` is when the line before was. Markers have no line: sudo knows none, and their time goes to the next event. */
export function timingLine({ ms, code, data }: CastEvent, sinceMs: number): string | null {
  const delay = seconds(ms - sinceMs);
  if (code === 'o' && data !== '') return `${timingType.ttyout} ${delay} ${Buffer.byteLength(data)}\n`;
  const size = code === 'r' ? parseSize(data) : null;
  return size && `${timingType.resize} ${delay} ${size.rows} ${size.cols}\n`;
}

function seconds(ms: number): string {
  const nanoseconds = Math.max(0, Math.round(ms * 1e6));
  return `${Math.floor(nanoseconds / 1e9)}.${String(nanoseconds % 1e9).padStart(9, '0')}`;
}

interface SessionHead extends SudoSession {
  cols: number;
  rows: number;
  title: string;
  /** Since 1970. */
  seconds: number;
}
const runUser = ({ uid, user }: SessionHead) => (uid === 0 ? 'root' : user);

/** The form before 1.9, which every sudoreplay reads: fields between colons, folder, command. */
function logText(head: SessionHead): string {
  const fields = [head.seconds, head.user, runUser(head), '', 'unknown', head.rows, head.cols];
  return `${fields.map((field) => String(field).replace(/[:\n]/g, '_')).join(':')}\n/\n${head.shell} # ${head.title.replaceAll('\n', ' ')}\n`;
}

const logJson = (head: SessionHead): string =>
  `${JSON.stringify(
    {
      timestamp: { seconds: head.seconds, nanoseconds: 0 },
      columns: head.cols,
      command: head.shell,
      lines: head.rows,
      runargv: [head.shell, `# ${head.title}`],
      runcwd: '/',
      runuid: head.uid,
      runuser: runUser(head),
      submitcwd: '/',
      submithost: head.host,
      submituser: head.user,
      ttyname: 'unknown',
    },
    null,
    '\t',
  )}\n`;

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}
