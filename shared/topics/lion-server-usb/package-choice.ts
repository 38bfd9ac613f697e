/** Which ServerEssentials.pkg belongs to the Lion on the stick. Its product is named after a build: 11D2515_ServerEssentials is for 11D…. */
import { type Matcher, type Script, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** Prints `version=` and `build=` of the system in the folder that `$1` names. */
const readVersion = sh`read_version() {
  for key in ProductVersion ProductBuildVersion; do
    sed -n "/<key>$key<.key>/{n;s/.*<string>\\(.*\\)<.string>.*/\\1/p;}" "$1/System/Library/CoreServices/SystemVersion.plist" |
      sed "s/^/$key=/"
  done | sed 's/^ProductVersion=/version=/; s/^ProductBuildVersion=/build=/'
}`;

/** The same for a folder that shell text names. */
export const versionIn = (folder: Script): Script => sh`${readVersion}
read_version ${folder}`;

/**
 * Sets `version` to those lines, and `package` to the package's address; says why there is none. `folder` as shell text. A catalogue
 * may have several for one Lion: that of the very same build counts, else the highest.
 */
export const choosePackage = ({ catalogue }: Parameters, version: Script): Script =>
  sh`version=$(${version})
build=$(printf '%s\\n' "$version" | sed -n 's/^build=//p')
case $build in
'') echo ${'No version: the image has no SystemVersion.plist that can be read'} ;;
11[A-G]*) ;;
*) echo "No Lion: its build is $build, and Lion's begin with 11" ;;
esac
[ -r ${catalogue} ] || echo ${`No catalogue: ${catalogue} can't be read`}
train=$(printf '%s' "$build" | cut -c 1-3)
all=$(tr '<>" ' '\\n\\n\\n\\n' < ${catalogue} | grep -E '^https?://[^/]+/.*/11[A-Z][0-9]+[a-z]*_ServerEssentials/.*ServerEssentials\\.pkg$' | sort -u)
package=$(printf '%s\\n' "$all" | grep "/\${build:-none}_ServerEssentials/" | tail -n 1)
[ -n "$package" ] || package=$(printf '%s\\n' "$all" | grep "/\${train:-none}[0-9]*[a-z]*_ServerEssentials/" |
  awk '{ number = $0; sub(/.*\\/11[A-Z]/, "", number); print number + 0, $0 }' | sort -n | tail -n 1 | cut -d ' ' -f 2)`;

export const showChoice = ({ catalogue }: Parameters): Script => sh`printf '%s\\n' "$version"
if [ -n "$package" ]; then printf 'package=%s\\n' "$package"
elif [ -r ${catalogue} ] && ! grep -q 'ServerEssentials[^/]*\\.pkg' ${catalogue}; then
  echo ${'Not this catalogue: the file holds no address of ServerEssentials.pkg at all'}
elif [ -z "$all" ]; then
  echo ${'No build: the catalogue has ServerEssentials.pkg, but no address of it names a build:'}
  tr '<>" ' '\\n\\n\\n\\n' < ${catalogue} | grep -E '^https?://.*ServerEssentials[^/]*\\.pkg$' | sort -u | sed 's/^/  /'
else
  echo "No package: none is for $train. The catalogue has these:"
  printf '%s\\n' "$all" | sed -n 's/.*\\/\\(11[A-Z][0-9]*[a-z]*\\)_ServerEssentials\\/.*/  \\1/p'
fi`;

export const choiceMatchers: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'no-version',
    pattern: /^No version: /,
    means: 'Cannot tell which Lion this is: the image contains no system, or an unexpected one.',
    next: 'Check whether it is Lion’s InstallESD.dmg. Get the app again from the Mac App Store.',
  },
  {
    kind: 'failure',
    id: 'no-lion',
    pattern: /^No Lion: /,
    means: 'It is another Mac OS X. From Mountain Lion on, the Server app alone makes a server of it.',
    next: 'For Lion, take its own installer app.',
  },
  {
    kind: 'failure',
    id: 'no-catalogue',
    pattern: /^No catalogue: |cannot open|No such file/,
    means: 'The catalogue’s text can’t be read.',
    next: 'Save it to a file, and name that in a new run.',
  },
  {
    kind: 'failure',
    id: 'not-this-catalogue',
    pattern: /^Not this catalogue: /,
    means: 'The file names no ServerEssentials.pkg: it is not Lion’s catalogue, was saved as a page of a browser, or is still packed.',
    next: 'Save the text of the catalogue itself (a .sucatalog for Lion; unpack a .gz), or bring the package from elsewhere, then run the step again.',
    remedies: ['other-catalogue'],
  },
  {
    kind: 'failure',
    id: 'no-build',
    pattern: /^No build: /,
    means:
      'The catalogue has the package, but its addresses do not name builds as 11D2515_ServerEssentials does. It is not known which one belongs to this Lion.',
    next: 'Fetch the one that you know to be right, put it into the folder for the package as ServerEssentials.pkg, and run the step again; or save another catalogue.',
    remedies: ['other-catalogue'],
  },
  {
    kind: 'failure',
    id: 'no-package',
    pattern: /^No package: /,
    means: 'The catalogue has no ServerEssentials.pkg for this Lion. The first three characters of the builds must match.',
    next: 'Save a catalogue that fits (Apple’s for Lion, or your own update server’s), then run the step again.',
    remedies: ['other-catalogue'],
  },
  {
    kind: 'expected',
    id: 'build',
    pattern: /^build=11[A-G]\d+[a-z]?$/,
    means: 'This is the Lion that goes onto the stick.',
    missing: 'The build of Lion was not read.',
    next: 'Read the lines above.',
  },
  {
    kind: 'expected',
    id: 'package',
    pattern: /^package=https?:\/\/\S+$/,
    means: 'This package belongs to it.',
    missing: 'No package belongs to it.',
    next: 'Read the lines above.',
  },
];
