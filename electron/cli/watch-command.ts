/** `wrenchbook watch`: follows a log, and says once for each procedure when a symptom of it appears. */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../shared/api/error.ts';
import { logFile, unitName } from '../../shared/api/watch.ts';
import { followWords } from '../backend/symptoms/follow-log.ts';
import { SymptomWatch } from '../backend/symptoms/symptom-watch.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';
import { shownTopic, toldTopic } from './symptom-command.ts';

/** `unit`: of systemd, instead of a file. Ends with Ctrl-C, which is its usual end; what is there already is not looked at. */
export async function watchLog(file: string | undefined, { unit, json }: { unit?: string; json?: boolean }, signal: AbortSignal): Promise<ExitStatus> {
  const [tool, ...flags] = followerOf(file, unit);
  const child = spawn(tool, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => void child.kill();
  signal.addEventListener('abort', stop);
  let trouble = '';
  child.stderr.on('data', (bytes: Buffer) => (trouble = (trouble + bytes.toString()).slice(-500)));
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ENOENT' ? new WrenchbookError('not-found', `There is no ${tool} here to follow the log with.`, `Install ${tool}.`) : cause),
    );
    child.on('close', () => resolve());
  });
  ended.catch(() => undefined);
  tell(`Watching ${unit === undefined ? file : `the journal of ${unit}`}. Ctrl-C ends it.`);
  const watch = new SymptomWatch();
  try {
    for await (const bytes of child.stdout as AsyncIterable<Buffer>) {
      for (const found of watch.push(bytes)) {
        const shown = shownTopic(found, true);
        print(json ? JSON.stringify(shown) : `${new Date().toISOString()}\n${toldTopic(shown)}`);
      }
    }
    await ended;
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill();
  }
  if (signal.aborted) return exitStatus.done;
  throw new WrenchbookError('file', `${tool} ended: ${trouble.trim() || 'it said nothing'}`, 'Check the name, and who may read the log.');
}

function followerOf(file: string | undefined, unit: string | undefined): [string, ...string[]] {
  if ((file === undefined) === (unit === undefined))
    throw new WrenchbookError('bad-parameters', 'Name a log, or a unit with --unit: one of both.', 'For example: wrenchbook watch /var/log/syslog');
  if (unit !== undefined) {
    if (!unitName.safeParse(unit).success)
      throw new WrenchbookError('bad-parameters', `"${unit}" is not the name of a unit.`, 'systemctl list-units shows them.');
    return followWords({ kind: 'unit', unit });
  }
  const place = path.resolve(file ?? '');
  if (!existsSync(place)) throw new WrenchbookError('not-found', `There is no file ${place}.`, 'Check its name.');
  if (statSync(place).isDirectory()) throw new WrenchbookError('file', `${place} is a folder.`, 'Name a log in it.');
  if (!logFile.safeParse(place).success) throw new WrenchbookError('bad-parameters', `${place} cannot be followed.`, 'Name a log without control characters.');
  return followWords({ kind: 'file', file: place });
}
