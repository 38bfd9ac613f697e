/** Before anything is erased: the image, its version, and the package that belongs to it. */
import { file, inOrder, type Script, type Step, sh } from '../../topic-kit/index.ts';
import { choiceMatchers, choosePackage, showChoice, versionIn } from './package-choice.ts';
import { imageFile, mountFolder, type Parameters, packageFile } from './parameters.ts';

export const here = 'this machine';

/** Since 2021; before, it was to be had from the purchases of an Apple ID only. */
export const getLion =
  'Apple gives it away: support.apple.com, "How to download and install macOS", Lion 10.7 (InstallMacOSX.dmg). The package in it makes the app; on a Mac that refuses it, pkgutil --expand-full unpacks it.';

export function findImage(values: Parameters): Step {
  const image = imageFile(values);
  const mac = values.way === 'macos';
  return {
    kind: 'command',
    id: 'find-image',
    title: 'Find the image in the app',
    intro: `The app holds InstallESD.dmg, the image of Lion’s installer.${mac ? ' Its checksum is compared.' : ''}`,
    danger: 'reads',
    runsOn: here,
    minutes: 2,
    script: sh`if [ -f ${image} ]; then
  printf 'Image: %s bytes\\n' "$(wc -c < ${image} | tr -d ' ')"${mac ? sh`\n  hdiutil verify ${image}` : sh``}
elif [ -d ${file(values.app)} ]; then echo ${'No image: the app has no Contents/SharedSupport/InstallESD.dmg'}
else echo ${'No app: there is no such folder'}
fi`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-app',
        pattern: /^No app: /,
        means: 'The app is not there. It removes itself once it has installed a system.',
        next: `${getLion} Or give the place of a copy in a new run.`,
        remedies: ['load-again'],
      },
      {
        kind: 'failure',
        id: 'no-image',
        pattern: /^No image: /,
        means: 'The app is there without its image: its download was interrupted, or it is the small one that downloads the rest when it runs.',
        next: `Delete the app, and download it again. ${getLion}`,
        remedies: ['load-again'],
      },
      {
        kind: 'failure',
        id: 'damaged',
        pattern: /is INVALID|verify failed/i,
        means: 'The image’s checksum is wrong: it is damaged.',
        next: `Delete the app, and download it again. ${getLion}`,
        remedies: ['load-again'],
      },
      {
        kind: 'expected',
        id: 'image',
        pattern: /^Image: [1-9]\d* bytes$/,
        means: 'The image is there.',
        missing: 'The image is not there, or is empty.',
        next: 'Download the app again.',
      },
      ...(mac
        ? [
            {
              kind: 'failure' as const,
              id: 'no-mac',
              pattern: inOrder(/hdiutil: /, /not found/),
              means: 'This machine is not a Mac.',
              next: 'Start again, made on Linux.',
            },
            {
              kind: 'expected' as const,
              id: 'valid',
              pattern: /is VALID$/,
              means: 'It is as Apple made it.',
              missing: 'Its checksum was not compared completely.',
              next: 'Run the step again.',
            },
          ]
        : []),
    ],
  };
}

/** Of the image, without the stick; on Linux of the stick, where nothing opens the image. */
const version = (values: Parameters): Script =>
  values.way === 'linux'
    ? versionIn(sh`${mountFolder(values)}`)
    : sh`at=$(mktemp -d "\${TMPDIR:-/tmp}/wb-lion.XXXXXX") && hdiutil attach -readonly -nobrowse -mountpoint "$at" ${imageFile(values)} > /dev/null && {
${versionIn(sh`"$at"`)}
hdiutil detach "$at" > /dev/null
}
rmdir "$at"`;

export const pickPackage = (values: Parameters): Step => ({
  kind: 'command',
  id: 'pick-package',
  title: 'Pick the package that fits',
  intro: `Reads which Lion ${values.way === 'linux' ? 'is on the stick' : 'the image holds'}, and looks in the catalogue for the ServerEssentials.pkg of the same build.`,
  danger: 'reads',
  runsOn: here,
  script: sh`${choosePackage(values, version(values))}
${showChoice(values)}`,
  matchers: choiceMatchers,
  saves: [
    { id: 'version', title: 'Version of Lion', pattern: /^version=(10\.7(?:\.\d+)?)$/ },
    { id: 'build', title: 'Build of Lion', pattern: /^build=(\w+)$/ },
    { id: 'package', title: 'Address of the package', pattern: /^package=(\S+)$/ },
  ],
});

/** A package that lies there already is the admin's, and stays; beside one that was fetched lies its address. */
export function fetchPackage(values: Parameters): Step {
  const target = packageFile(values);
  return {
    kind: 'command',
    id: 'fetch-package',
    title: 'Fetch the package',
    intro: 'Downloads ServerEssentials.pkg from the address that was picked. One that is already there is used.',
    danger: 'changes',
    runsOn: here,
    asUser: 'you',
    minutes: 3,
    script: sh`target=${target}
if [ -s "$target" ]; then echo ${'It is already there.'}
else
  ${choosePackage(values, version(values))}
  [ -n "$package" ] || { ${showChoice(values)}
  exit 1; }
  curl --fail --location --silent --show-error --output "$target.part" "$package" && mv "$target.part" "$target" && printf '%s\\n' "$package" > "$target.from"
fi
rm -f "$target.part"`,
    matchers: [
      {
        kind: 'failure',
        id: 'not-fetched',
        pattern: /^curl: /,
        means: 'The package can’t be fetched from there. Apple may have taken it away.',
        next: 'Search the store of your own update server (swupd), or in a backup. Put it into the folder as ServerEssentials.pkg, and run the step again.',
        remedies: ['bring-package'],
      },
      ...choiceMatchers.filter(({ kind }) => kind === 'failure'),
    ],
    verify: {
      script: sh`printf 'Begins with: %s\\n' "$(head -c 4 ${target})"`,
      matchers: [
        {
          kind: 'expected',
          id: 'is-package',
          pattern: /^Begins with: xar!$/,
          means: 'It is an installer package.',
          missing: 'It is not an installer package: perhaps the page of a proxy, or an interrupted download.',
          next: 'Look at the file. Undo the step, and run it again.',
        },
      ],
    },
    undo: sh`target=${target}
[ ! -e "$target.from" ] || rm -f "$target" "$target.from"`,
    undone: {
      script: sh`target=${target}
if [ -e "$target.from" ]; then echo ${'Still there: the package that was fetched'}
elif [ -e "$target" ]; then echo ${'Yours: the package lay there before, and stays.'}
else echo ${'Gone: no package lies there.'}
fi`,
      matchers: [
        {
          kind: 'expected',
          id: 'package-gone',
          pattern: /^(?:Gone|Yours): /,
          means: 'What was fetched is not there any more.',
          missing: 'The package that was fetched is still there.',
          next: 'Delete ServerEssentials.pkg and ServerEssentials.pkg.from by hand.',
        },
      ],
    },
  };
}
