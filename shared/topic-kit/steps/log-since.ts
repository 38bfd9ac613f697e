/** Only what was logged since a step began: an old line can neither prove anything nor fail it. Data only. */
import { fact, file, type Script, sh } from '../script.ts';
import type { SavedFact } from '../step.ts';

export interface LogSince {
  /** For the step's `before`: prints where the log stands. */
  mark: Script;
  saves: readonly SavedFact[];
  /** For its proof: prints the lines since then, and `log=unread` where they can't be told. */
  show: Script;
}

export const nothingLogged: LogSince = { mark: sh`true`, saves: [], show: sh`true` };

type Log = { unit: string } | { tag: string } | { file: string };

/** `id` names the fact; one for each step that uses it. A log of systemd's journal, or a file, also one that is rotated meanwhile to `FILE.1`. */
export function logSince(id: string, log: Log): LogSince {
  const saves = [{ id, title: 'End of the log', pattern: /^log-mark=(\S.*)$/ }];
  return 'file' in log ? { saves, ...ofFile(id, log.file) } : { saves, ...ofJournal(id, 'unit' in log ? ['-u', log.unit] : ['-t', log.tag]) };
}

/** A cursor is exact, where the time is one of whole seconds; an empty journal has none. */
const ofJournal = (id: string, which: readonly [string, string]): Pick<LogSince, 'mark' | 'show'> => {
  const [option, name] = which;
  const lines = option === '-u' ? sh`--no-pager -q -o cat -u ${name}` : sh`--no-pager -q -o cat -t ${name}`;
  return {
    mark: sh`cursor=$(journalctl -q -n 0 --show-cursor | sed -n 's/^-- cursor: //p')
printf 'log-mark=%s\\n' "\${cursor:-$(date '+@%s')}"`,
    show: sh`case ${fact(id)} in
@*) journalctl --since=${fact(id)} ${lines} || echo log=unread ;;
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
