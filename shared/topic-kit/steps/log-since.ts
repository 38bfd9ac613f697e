/** Only what was logged since a step began: an old line can neither prove anything nor fail it. Data only. */
import type { Matcher } from '../matcher.ts';
import { fact, file, type Script, sh } from '../script.ts';
import type { SavedFact } from '../step.ts';

export interface LogSince {
  /** For the step's `before`: prints where the log stands. */
  mark: Script;
  saves: readonly SavedFact[];
  /** For its proof: prints the lines since then, and `log=unread` where they can't be told. */
  show: Script;
  /** Fails the proof then: where nothing was read, no bad line proves nothing. */
  unread: Matcher;
}

const unread: Matcher = {
  kind: 'failure',
  id: 'log-unread',
  pattern: /^log=unread$/,
  means: 'The log could not be read, so it proves nothing.',
  next: 'Check that the log is there and may be read, then run the step again.',
};

export const nothingLogged: LogSince = { mark: sh`true`, saves: [], show: sh`true`, unread };

type Log = { unit: string } | { tag: string } | { file: string };

/** `id` names the fact; one for each step that uses it, and the step needs root. A log of systemd's journal, or a file, also one that is rotated meanwhile to `FILE.1`. */
export function logSince(id: string, log: Log): LogSince {
  const saves = [{ id, title: 'End of the log', pattern: /^log-mark=(\S.*)$/, eachTime: true as const }];
  return 'file' in log ? { saves, unread, ...ofFile(id, log.file) } : { saves, unread, ...ofJournal(id, 'unit' in log ? ['-u', log.unit] : ['-t', log.tag]) };
}

/**
 * A cursor is exact, where the time is one of whole seconds. It is that of the last line of the same kind: behind another's, journalctl of
 * systemd 252 passes over the first line that fits. Where there is no such line yet, every one is new.
 */
const ofJournal = (id: string, which: readonly [string, string]): Pick<LogSince, 'mark' | 'show'> => {
  const [option, name] = which;
  const lines = option === '-u' ? sh`--no-pager -q -o cat -u ${name}` : sh`--no-pager -q -o cat -t ${name}`;
  return {
    // Its status is 1 where there is no line; `-n 0` tells whether there is a journal.
    mark: sh`if journalctl -q -n 0; then
  cursor=$(journalctl -n 1 --show-cursor ${lines} 2>/dev/null | sed -n '$s/^-- cursor: //p')
  printf 'log-mark=%s\\n' "\${cursor:-none}"
fi`,
    show: sh`case ${fact(id)} in
none) journalctl ${lines} || echo log=unread ;;
*) journalctl --after-cursor=${fact(id)} ${lines} || echo log=unread ;;
esac`,
  };
};

/** Inode and bytes. Where the file is another one now, what is left of the old one is in `FILE.1`. */
const ofFile = (id: string, path: string): Pick<LogSince, 'mark' | 'show'> => ({
  mark: sh`log=${file(path)}
if [ -r "$log" ]; then set -- $(ls -i "$log") $(wc -c <"$log"); echo "log-mark=$1 $3"; elif [ ! -e "$log" ]; then echo 'log-mark=none 0'; fi`,
  show: sh`log=${file(path)}
set -- ${fact(id, 'words')}
if [ ! -r "$log" ]; then echo log=unread
elif [ "$(ls -i "$log" | sed 's/^ *//; s/ .*//')" = "$1" ] && [ "$(wc -c <"$log")" -ge "$2" ]; then tail -c +"$(($2 + 1))" "$log"
else
  [ "$1" = none ] || [ "$(ls -i "$log.1" 2>/dev/null | sed 's/^ *//; s/ .*//')" != "$1" ] || tail -c +"$(($2 + 1))" "$log.1"
  cat "$log"
fi`,
});
