/** Reads the list of an archive before anything of it is written, and refuses by name what must not be unpacked. */
import { type Matcher, type Script, sh } from '../../topic-kit/index.ts';

/** Lists of GNU tar, of bsdtar and of unsquashfs. `tar-status=` has to be the last line of one that is whole. Links: see `dropLeavingLinks`. */
export const guard = (
  most: number,
  links: 'refused' | 'later' = 'refused',
): Script => sh`LC_ALL=C tr -d '\\001-\\010\\013-\\037\\177' | LC_ALL=C awk -v most=${most} -v links=${links} '
  function refuse(why) { print "refused: " why ": " name; refused++ }
  function leaves(path, parts, count, depth, i) {
    if (path ~ /^\\//) return 1
    count = split(path, parts, "/"); depth = 0
    for (i = 1; i <= count; i++) {
      if (parts[i] == "..") { if (--depth < 0) return 1 } else if (parts[i] != "" && parts[i] != ".") depth++
    }
    return 0
  }
  /^tar: / { print; next }
  /^tar-status=/ { whole = ($0 == "tar-status=0"); next }
  { kind = substr($0, 1, 1); gnu = ($2 ~ /\\//); size = gnu ? $3 : $5
    fields = gnu ? 5 : 8; if (gnu && $3 ~ /,$/) fields++
    name = $0; for (i = 0; i < fields; i++) sub(/^[^ ]+ +/, "", name)
    target = ""; link = 0
    if (kind == "l" || kind == "h") {
      mark = kind == "l" ? " -> " : " link to "; link = index(name, mark)
      target = substr(name, link + length(mark)); name = substr(name, 1, link - 1)
      if (!link || index(target, mark)) { refuse("link"); next }
      base = name; sub(/[^\\/]*$/, "", base)
      if (kind == "l" && target !~ /^\\//) target = base target
    }
    members++; if (kind == "-") bytes += size
    if (members <= 100) print substr($0, 1, 200)
    if (name ~ /^\\//) refuse("absolute")
    else if (name ~ /(^|\\/)\\.\\.(\\/|$)/) refuse("traversal")
    else if (kind ~ /[bcps]/) refuse("device")
    else if (kind !~ /[-dlhC]/) refuse("kind")
    else if (link && links == "refused" && leaves(target)) refuse("link")
    else if (name ~ /(^|\\/)TS[A-Za-z0-9._-]+[.]bin$/ && kind == "-") { firmware = name; found++ } }
  END { name = members " members, " sprintf("%.0f", bytes) " bytes"
    if (bytes > most || members > 100000) refuse("bomb")
    if (members > 100) print "… " members - 100 " more"
    print "members=" members + 0; print "bytes=" sprintf("%.0f", bytes)
    if (found == 1) print "firmware=" firmware
    print (whole && members && !refused) ? "list=clean" : "list=refused" }'`;

const reasons: Readonly<Record<string, string>> = {
  absolute: 'A member has an absolute path: it would be written outside the folder.',
  traversal: 'A member’s path leads out of the folder with "..".',
  link: 'A link points out of the folder, so later members could be written there.',
  device: 'A member is a device, a pipe or a socket.',
  kind: 'A member is of a kind that firmware has no use for.',
  bomb: 'It unpacks to more than 4 GiB, or to more than 100,000 files.',
  rubbish: 'There are bytes behind the end of the archive.',
};
/** What a list or the tools say of a file that must not be unpacked. Nothing of it was written then. */
export const refusals: readonly Matcher[] = [
  ...Object.entries(reasons).map(
    ([id, means]): Matcher => ({
      kind: 'failure',
      id,
      pattern: new RegExp(`^refused: ${id}: `),
      text: `refused: ${id}: NAME`,
      means: `${means} Nothing of it was unpacked.`,
      next: 'Do not use this file. Download it from the vendor’s own site.',
    }),
  ),
  {
    kind: 'failure',
    id: 'trailing',
    pattern: /^gzip: stdin: decompression OK, trailing garbage ignored/,
    means: 'There are bytes behind the end of the gzip data. Nothing was unpacked.',
    next: 'Download the file again, and compare its size with the vendor’s page.',
  },
  {
    kind: 'failure',
    id: 'cut-off',
    pattern: /^gzip: stdin: unexpected end of file|^tar: Unexpected EOF in archive/,
    text: 'gzip: stdin: unexpected end of file',
    means: 'The file is cut off.',
    next: 'Download it again, and compare its size with the vendor’s page.',
    remedies: ['download'],
  },
  {
    kind: 'failure',
    id: 'damaged',
    pattern: /^gzip: stdin: (?:invalid compressed data|not in gzip format)|^tar: (?:This does not look like a tar archive|Skipping to next header)/,
    text: 'gzip: stdin: invalid compressed data--crc error',
    means: 'The data is damaged, or it is not the archive that it should be.',
    next: 'Download it again.',
  },
  {
    kind: 'harmless',
    id: 'tar-after',
    pattern: /^tar: (?:Removing leading|Error is not recoverable|Child returned status|Exiting with failure status)/,
    text: 'tar: Error is not recoverable: exiting now',
    means: 'tar says so after the error above.',
  },
];

/** Removes links that lead out of the folder where the shell stands, and names them. Each link is followed as the kernel would do it. */
export const dropLeavingLinks: Script = sh`find . -type l -exec sh -c 'here=$(pwd -P)
  for link; do
    real=$(readlink -m -- "$link" 2> /dev/null || readlink -f -- "$link")
    case $real in "$here"/*) ;; *) printf "left out: %s -> %s\n" "$link" "$(readlink -- "$link")"; rm -f -- "$link" ;; esac
  done' sh {} +
chmod -R u+rwX,u-s,g-s .`;
