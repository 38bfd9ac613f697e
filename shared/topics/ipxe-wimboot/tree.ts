/** Which files have to be below the TFTP root, and the look at each: TFTP tells capitals from small letters, Windows' discs often differ. */
import { file, type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import { installersOf, type Parameters } from './parameters.ts';

/** From the installer's folder on, and the name under which wimboot looks for it. */
export const bootFiles = [
  { path: 'boot/bcd', as: 'BCD' },
  { path: 'boot/boot.sdi', as: 'boot.sdi' },
  { path: 'sources/boot.wim', as: 'boot.wim' },
] as const;
/** Not every release has all; without one, its letters look plainer. */
export const fonts = ['segmono_boot.ttf', 'segoe_slboot.ttf', 'segoen_slboot.ttf', 'wgl4_boot.ttf'] as const;
/** Fetched over SMB, which does not mind capitals. */
const setupFile = 'setup.exe';

export const neededFiles = (values: Parameters): string[] => [
  values.wimboot,
  ...new Set(installersOf(values).flatMap(({ folder, drivers }) => [...bootFiles.map(({ path }) => `${folder}/${path}`), ...drivers])),
];
const fontFiles = (values: Parameters): string[] => installersOf(values).flatMap(({ folder }) => fonts.map((font) => `${folder}/boot/fonts/${font}`));
const sharedFiles = (values: Parameters): string[] => installersOf(values).map(({ folder }) => `${folder}/${setupFile}`);

/** Names every file that is not as it has to be, with a word in front that says why; then whether all are there. */
export const lookAtTree = (values: Parameters): Script =>
  sh`cd ${file(values.root)} || exit 1
bad=0
depth() { printf '%s' "$1" | tr -cd / | wc -c; }
otherwise() { find -L . -maxdepth "$(($(depth "$1") + 1))" -type f -ipath "./$1" | sed 's/^..//' | head -n 1; }
say() { printf '%s\\n' "$1"; bad=$((bad + 1)); }
[ -n "$(find -L . -prune -perm -005)" ] || say "Closed: $PWD"
for path in ${neededFiles(values)}; do
  if [ ! -f "$path" ]; then
    there=$(otherwise "$path")
    if [ -n "$there" ]; then say "Case: $path is wanted, and $there is there"
    else say "Missing: $path"; fi
  elif [ ! -s "$path" ]; then say "Empty: $path"
  elif [ -z "$(find -L "$path" -perm -004)" ]; then say "Closed: $path"
  else
    folder=$path
    while folder=\${folder%/*} && [ -d "$folder" ]; do
      [ -n "$(find -L "$folder" -prune -perm -005)" ] || { say "Closed: $folder, and with it $path"; break; }
      case $folder in */*) ;; *) break ;; esac
    done
  fi
done
for path in ${sharedFiles(values)}; do
  [ -n "$(otherwise "$path")" ] || say "Missing: $path"
done
for folder in ${installersOf(values).map(({ folder }) => folder)}; do
  if [ -d "$folder" ] && [ -z "$(otherwise "$folder/setup.exe")" ] && [ -n "$(find -L "$folder" -maxdepth 3 -type f \\( -iname bcd -o -iname 'boot.wim' -o -iname 'winpe*.wim' \\) | head -n 1)" ]; then
    echo "Other layout: $folder"
  fi
done
for path in ${fontFiles(values)}; do
  [ -f "$path" ] || echo "No font: $path"
done
[ "$bad" -gt 0 ] || echo ${`Complete: ${neededFiles(values).length + sharedFiles(values).length} files, each under its name`}`;

export const treeMatchers: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-root',
    pattern: /cd: /,
    means: 'There is no such TFTP root, or you have no permission to open it.',
    next: 'Find its folder in the TFTP server’s configuration (Debian: /etc/default/tftpd-hpa), and start a new run with it.',
  },
  {
    kind: 'failure',
    id: 'wrong-case',
    pattern: /^Case: /,
    means: 'The file’s name has different capitals. For TFTP on this server that is a different file.',
    next: 'Rename the file or its folder as the line says, then run the step again.',
    remedies: ['rename'],
  },
  {
    kind: 'failure',
    id: 'other-layout',
    pattern: /^Other layout: /,
    means: 'There is a Windows boot system in it, and no setup.exe: WinPE of the ADK, or files copied flat. Only the tree of a Windows disc is meant here.',
    next: 'Copy a whole Windows disc into a folder of its own (boot, sources, setup.exe), or write the menu entry for this one by hand.',
  },
  {
    kind: 'failure',
    id: 'missing',
    pattern: /^Missing: /,
    means:
      'A file is not there: the disc was not copied, or not completely, or the folder does not have the tree of a Windows disc. wimboot itself is not on the disc.',
    next: 'Copy the disc’s files into the folder again, and wimboot from the iPXE project. Then run the step again.',
    remedies: ['copy'],
  },
  {
    kind: 'failure',
    id: 'empty',
    pattern: /^Empty: /,
    means: 'A file is empty: its copy was interrupted.',
    next: 'Copy it again, then run the step again.',
  },
  {
    kind: 'failure',
    id: 'closed',
    pattern: /^Closed: /,
    means: 'Not everybody may read it. The TFTP server and Samba’s guests read as nobody.',
    next: 'Let everybody read it: chmod -R a+rX, in the installer’s folder. Then run the step again.',
  },
  {
    kind: 'harmless',
    id: 'no-font',
    pattern: /^No font: /,
    text: 'No font: …',
    means: 'This release has no such font, or it lies in boot.wim. The menu works without it.',
  },
  {
    kind: 'expected',
    id: 'complete',
    pattern: /^Complete: /,
    means: 'Every file is there, under its exact name, and everybody may read it.',
    missing: 'Files are missing or unreadable.',
    next: 'Fix what the lines above name, then run the step again.',
  },
];
