/** The image, the package that fits it, the stick, and what is missing after the installation. */
import { type Script, type Step, sh } from '../../topic-kit/index.ts';
import { mountFolder, type Parameters, packageFile } from './parameters.ts';
import { fetchPackage, findImage, here, pickPackage } from './preparation-steps.ts';
import { mountStick, unmountStick, writeSteps } from './stick-on-linux.ts';
import { checkStick, ejectStick, macVolume, writeStick } from './stick-on-macos.ts';

/** On macOS the package is there before anything is erased; on Linux the version can only be read from the stick. */
export const steps = (values: Parameters): Step[] =>
  values.way === 'macos'
    ? [
        findImage(values),
        pickPackage(values),
        fetchPackage(values),
        writeStick(values),
        checkStick(values),
        putPackage(values, macVolume(values)),
        ejectStick(values),
        serverApp,
      ]
    : [
        findImage(values),
        ...writeSteps(values),
        mountStick(values),
        pickPackage(values),
        fetchPackage(values),
        putPackage(values, sh`${mountFolder(values)}`),
        unmountStick(values),
        serverApp,
      ];

function putPackage(values: Parameters, volume: Script): Step {
  const paths = sh`from=${packageFile(values)}
volume=${volume}
[ -n "$volume" ] && [ -d "$volume/Packages" ] || { echo ${'No stick: no volume of it with a folder Packages is mounted'}; exit 1; }
to=$volume/Packages/ServerEssentials.pkg`;
  return {
    kind: 'command',
    id: 'put-package',
    title: 'Put the package onto the stick',
    intro: 'Lion’s installer offers "Server Software" when ServerEssentials.pkg lies in its folder Packages.',
    danger: 'changes',
    runsOn: here,
    needsRoot: true,
    script: sh`${paths}
if [ -e "$to" ]; then echo ${'It is there already.'}
else cp "$from" "$to" && sync
fi`,
    matchers: [
      {
        kind: 'failure',
        id: 'no-stick',
        pattern: /^No stick: /,
        means: 'The stick’s volume is not mounted, or has no folder "Packages".',
        next: 'Take the stick out and put it in again, wait until its volume is there, and run the step again.',
      },
      {
        kind: 'failure',
        id: 'no-room',
        pattern: /No space left/i,
        means: 'No space is left on the volume. Written raw, it is only as large as the image.',
        next: 'Undo the step. Make the stick on macOS, where the volume fills it.',
      },
      {
        kind: 'failure',
        id: 'read-only',
        pattern: /Read-only file system|Operation not permitted/i,
        means: 'The volume can only be read.',
        next: 'Put the stick into a Mac, and copy the package into its folder Packages by hand.',
      },
    ],
    verify: {
      script: sh`${paths}
cmp "$from" "$to" && echo ${'The same.'}`,
      matchers: [
        {
          kind: 'expected',
          id: 'same',
          pattern: /^The same\.$/,
          means: 'Read back from the stick, it is the same.',
          missing: 'The package on the stick is another one, or damaged.',
          next: 'Undo the step, and run it again.',
        },
      ],
    },
    undo: sh`${paths}
rm -f "$to"`,
    undone: {
      script: sh`${paths}
[ -e "$to" ] || echo ${'It is not on the stick any more.'}`,
      matchers: [
        {
          kind: 'expected',
          id: 'package-off',
          pattern: /^It is not on the stick any more\.$/,
          means: 'The package is off the stick.',
          missing: 'The package is still on the stick.',
          next: 'Delete ServerEssentials.pkg in its folder Packages by hand.',
        },
      ],
    },
  };
}

const serverApp: Step = {
  kind: 'manual',
  id: 'server-app',
  title: 'Install, and get the Server app',
  intro: 'Start the Mac with the Option key held, and choose the stick. Under Customize, tick "Server Software".',
  danger: 'reads',
  runsOn: 'Mac to be installed',
  instructions: [
    'After the installation check whether /Applications/Server.app is there. The package contains the services, but not always the app.',
    'If it is missing, take it out of Apple’s Lion Server combo update of the version that you installed: with Pacifist, or in a terminal as on the card.',
    'Or copy Server.app from Applications of the Mac on which you bought Lion Server.',
  ],
  cards: [
    {
      title: 'Server.app out of the combo update',
      lines: [
        'pkgutil --expand /Volumes/*Server*/*.pkg /tmp/server-update',
        'mkdir /tmp/server-files && cd /tmp/server-files',
        'for payload in /tmp/server-update/*.pkg/Payload; do gzip -dc "$payload" | cpio -idm; done',
        'sudo cp -Rp Applications/Server.app /Applications/',
      ],
      note: 'With the update’s .dmg opened. Nothing of it is installed; only the files are unpacked.',
    },
  ],
};
