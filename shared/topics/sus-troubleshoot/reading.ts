/** What the server says of itself, and what its log calls for. Scripts that only read. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { defineLogReader } from './log-reader.ts';
import { notes, user } from './parameters.ts';

/** From 10.8 on they are in Server.app. */
export const serverTools: Script = sh`PATH=$PATH:${file('/usr/sbin')}:${file('/Applications/Server.app/Contents/ServerRoot/usr/sbin')}`;

/** Sets `$content`: where catalogues and downloads lie. 10.6 has it below html; a path without that may be a link to it. */
export const findContent: Script = sh`${serverTools}
root=$(serveradmin settings swupdate:updatesDocRoot 2>/dev/null | sed -n 's/^swupdate:updatesDocRoot = "\\(.*\\)"$/\\1/p')
root=\${root%/}
content=
if [ -n "$root" ]; then for place in "$root/html/content" "$root/content"; do [ -d "$place" ] && content=$place && break; done; fi`;

/** `state=`, `disabled=`, `mirrored=` and `enabled=`. */
export const showService: Script = sh`${serverTools}
if command -v serveradmin >/dev/null 2>&1; then
  serveradmin fullstatus swupdate 2>/dev/null | sed -n -e 's/^swupdate:state = "\\(.*\\)"$/state=\\1/p' -e 's/^swupdate:numOfMirroredPkg = /mirrored=/p' -e 's/^swupdate:numOfEnabledPkg = /enabled=/p'
  settings=$(serveradmin settings swupdate 2>/dev/null)
  case $settings in swupdate:*) printf 'disabled=%s\\n' "$(printf '%s\\n' "$settings" | grep -c ':enable = no$')" ;; *) echo disabled=unread ;; esac
else echo serveradmin=missing
fi`;

/** `wb_missing`: reads `folder:` lines, prints those whose directory is not there. */
export const defineMissing: Script = sh`wb_missing() { while read -r _ product place; do [ -d "$content/$place" ] || printf 'missing: %s %s\\n' "$product" "$place"; done; }`;

/**
 * `wb_log`: the log, with what was rotated. `wb_log_newer`: only what is newer than catalogues that this procedure has let be fetched, as
 * older lines about versions are of the old ones.
 */
const defineLog = (log: string): Script => sh`log=${file(log)}
mark=${file(`${notes}/log-mark`)}
wb_log() {
  for old in "$log".*; do
    case $old in *.bz2) bzip2 -dc "$old" 2>/dev/null ;; *.gz) gzip -dc "$old" 2>/dev/null ;; *.[0-9]) cat "$old" ;; esac
  done
  cat "$log"
}
wb_log_newer() {
  if [ ! -r "$mark" ]; then wb_log; return; fi
  read -r inode bytes <"$mark"
  if [ "$(ls -i "$log" | sed 's/^ *//; s/ .*//')" = "$inode" ] && [ "$(wc -c <"$log")" -ge "$bytes" ]; then tail -c +"$((bytes + 1))" "$log"; else cat "$log"; fi
}`;

/** `content=`, `free=` in GB, what the log says, and which of its folders are missing now. `log=unread`: nothing is known of it. */
export const showLog = (log: string): Script => sh`${findContent}
printf 'content=%s\\n' "\${content:-none}"
[ -z "$content" ] || df -Pk "$content" | awk 'NR == 2 { print "free=" int($4 / 1048576) }'
${defineLogReader}
${defineMissing}
${defineLog(log)}
if [ -r "$log" ]; then
  found=$(wb_log | wb_read_log)
  printf '%s\\n' "$found" | grep -v -e '^folder: ' -e '^[a-z]*='
  wb_log_newer | wb_read_log | grep '^[a-z]*='
  missing=$(printf '%s\\n' "$found" | grep '^folder: ' | wb_missing)
  printf 'named=%s\\n' "$(printf '%s\\n' "$found" | grep -c '^folder: ')"
  [ -z "$missing" ] || printf '%s\\n' "$missing" | head -n 40
  printf 'folders=%s\\n' "$(printf '%s\\n' "$missing" | grep -c '^missing: ')"
else echo log=unread
fi
[ ! -e "$mark" ] || echo rebuilt=yes`;

/** Whether a directory is the service’s own, by number: names differ in nothing but length. */
export const isOwn: Script = sh`wb_own() { [ "$(ls -ldn "$1" | awk '{ print $3 }')" = "$(id -u ${user})" ]; }`;
