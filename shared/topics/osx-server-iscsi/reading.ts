/** Where a service keeps its data, what the volume is, and what a copy is compared by. Scripts that only read. */
import { file, type Script, sh } from '../../topic-kit/index.ts';
import { markerOf, mountPoint, type Parameters, sensitive, serviceOf } from './parameters.ts';

export const serverTools: Script = sh`PATH=$PATH:${file('/usr/sbin')}:${file('/Applications/Server.app/Contents/ServerRoot/usr/sbin')}`;

/** `state=`, `path=`, and `place=volume|elsewhere`; `candidate:` lines are settings that hold paths. */
export const showService = (values: Parameters): Script => sh`${serverTools}
if command -v serveradmin >/dev/null 2>&1; then
  serveradmin fullstatus ${serviceOf(values)} 2>/dev/null | sed -n ${`s/^${serviceOf(values)}:state = "\\(.*\\)"$/state=\\1/p`} | head -n 1
  path=$(serveradmin settings ${values.setting} 2>/dev/null | sed -n ${`s/^${values.setting} = "\\(.*\\)"$/\\1/p`})
  printf 'path=%s\\n' "$path"
  case $path in '') echo place=none ;; ${file(mountPoint(values))}/*) echo place=volume ;; *) echo place=elsewhere ;; esac
  serveradmin settings ${serviceOf(values)} 2>/dev/null | grep -i -E '(path|root|dir|partition)[^ ]* = "/' | sed 's/^/candidate: /'
else echo serveradmin=missing
fi`;

/** `mounted=yes|no`, `journaled=`, `owners=`, `free=` and `second=`: another volume of this name is there already. */
export const showVolume = (values: Parameters): Script => sh`volume=${file(mountPoint(values))}
line=$(mount | grep -F " on $volume (")
if [ -n "$line" ]; then
  echo mounted=yes
  case $line in *hfs*journaled*) echo journaled=yes ;; *) echo journaled=no ;; esac
  diskutil info "$volume" | sed -n 's/^ *Owners: *\\([A-Za-z]*\\).*/owners=\\1/p'
  df -Pk "$volume" | awk 'NR == 2 { print "free=" $4 }'
else echo mounted=no
fi
[ ! -e "$volume 1" ] || echo second=yes`;

/**
 * `wb_sum FOLDER`: one number for the content, names, modes, owners and links of all that is in it, and how many files there are. With the access
 * lists too where ls knows them.
 */
export const defineSum: Script = sh`wb_sum() { (
  cd "$1" || exit
  files=$(find . -type f -print0 | xargs -0 shasum | LC_ALL=C sort)
  if ls -lde . >/dev/null 2>&1; then list=-ldne; else list=-ldn; fi
  names=$(find . -print0 | xargs -0 ls $list | awk '$1 ~ /^[-bcdlps]/ { line = $1 " " $3 " " $4; for (i = 9; i <= NF; i++) line = line " " $i; print line; next } { print }' | LC_ALL=C sort)
  printf '%s/%s\\n' "$(find . -type f | grep -c .)" "$(printf '%s\\n%s\\n' "$files" "$names" | shasum | cut -c 1-40)"
) }`;

/** `left: PATH KB what it is`, for all on the internal disk that may be sensitive and is not empty. */
export const showLeft: Script = sh`wb_left() { if [ -e "$1" ] && [ -n "$(find "$1" -type f 2>/dev/null | head -n 1)" ]; then printf 'left: %s KB in %s (%s)\\n' "$(du -sk "$1" 2>/dev/null | awk '{ print $1 }')" "$1" "$2"; fi; }
${sensitive.map(([path, what]) => sh`wb_left ${file(path)} ${what}`).reduce((all, one) => sh`${all}\n${one}`)}
echo looked=yes`;

/** Whether the marker is on the volume. */
export const showMarker = (values: Parameters): Script => sh`if [ -e ${file(markerOf(values))} ]; then echo marker=there; else echo marker=missing; fi`;
