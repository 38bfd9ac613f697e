/** CUPS' log of printed pages on the server: its format, how it is read, and the line of cupsd.conf that switches it on. */
import { type EditRefusal, file, keyValue, type Script, setKeys, sh } from '../../topic-kit/index.ts';

const style = { separator: ' ', anyCase: true } as const;
/** What is written where the server has no format yet. */
export const format = '%p %u %j %T %P %C %{job-billing} %{job-originating-host-name} %{job-name} %{media} %{sides}';

/** A format that is there stays. An empty directive, as CUPS ships it, gets the value. */
export function withPageLog(old: string): string | EditRefusal {
  const has = keyValue(old, 'PageLogFormat', style);
  if (has?.includes('%P')) return old;
  if (has)
    return {
      rule: 'other-format',
      means: 'PageLogFormat is set, and has no %P: pages are not logged with it.',
      next: 'Add %P and %C to it yourself, then run the step again.',
    };
  const empty = /^([ \t]*PageLogFormat)[ \t]*(?=\r?$)/gim;
  return empty.test(old) ? old.replace(empty, `$1 ${format}`) : setKeys(old, { PageLogFormat: format }, style);
}

/**
 * Reads lines of a page log and counts the pages of each job, of one queue or (empty) of all: `jobs=12 counted=3 uncounted=9`. Users and jobs may have blanks in
 * their names, so a line is taken apart at the number of the job and its time. What is not of this form is `unread`.
 */
export const countPages = (queue: Script) => sh`LC_ALL=C awk -v queue=${queue} '
  queue != "" && index($0, queue " ") != 1 { if ($0 !~ / [0-9]+ \\[[^]]*\\] (total|[0-9]+) /) unread++; next }
  match($0, / [0-9]+ \\[[^]]*\\] (total|[0-9]+) [0-9]+( |$)/) {
    job = time = substr($0, RSTART + 1, RLENGTH - 1)
    sub(/ .*/, "", job)
    sub(/^[^]]*\\] /, "", time)
    split(time, words, " ")
    if (!(job in pages)) { jobs++; pages[job] = 0 }
    if (words[1] == "total") pages[job] = words[2]; else pages[job] += words[2]
    last = pages[job]
    next
  }
  { unread++ }
  END {
    for (job in pages) if (pages[job] > 1) counted++
    printf "jobs=%d counted=%d uncounted=%d unread=%d\\n", jobs, counted, jobs - counted, unread
    if (jobs) printf "pages of the last job: %d\\n", last
  }'`;

/** `format=` of cupsd.conf, and what its page log says of the queue. */
export const readPageLog = (conf: string, log: string, queue: Script) => sh`if [ -r ${file(conf)} ]; then
  awk 'tolower($1) == "pagelogformat" { $1 = ""; value = substr($0, 2) } END { print "format=" value }' ${file(conf)}
fi
if [ -r ${file(log)} ]; then ${countPages(queue)} ${file(log)}; else echo log=none; fi`;
