/** Look, make the stand-in that the installer checks for, install over it, and start it with the licence key. */
import { fact, file, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { app, info, type Parameters } from './parameters.ts';
import { showApp, showPackage, showSystem } from './reading.ts';

const runsOn = 'the Mac';
const write = (as: Parameters['as']) =>
  as === 'float'
    ? sh`defaults write ${file(info)} CFBundleShortVersionString -float 3.0`
    : sh`defaults write ${file(info)} CFBundleShortVersionString -string 3.0`;

export const steps = (values: Parameters): Step[] => [look(values), standIn(values), install(values), start];

const look = ({ package: path }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Look at the Mac and the package',
  intro: 'Shows whether there is a copy of Remote Desktop, and who has signed the package.',
  danger: 'reads',
  runsOn,
  script: sh`${showSystem}
${showApp}
${showPackage(path)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'newer',
      pattern: /^version=3\.(?:[6-9]|[1-9]\d)(?:\.|$)/,
      given: /^app=real$/,
      alone: true,
      means: 'Remote Desktop 3.6 or newer is installed.',
      next: 'Nothing has to be done.',
    },
    {
      kind: 'failure',
      id: 'real-copy',
      pattern: /^app=real$/,
      alone: true,
      means: 'There is a real copy of Remote Desktop. Nothing is ever written into it: that would break its signature.',
      next: 'The update installs over it without this procedure. Open the package.',
    },
    {
      kind: 'failure',
      id: 'other',
      pattern: /^app=other$/,
      means: 'There is something else with the name of the application.',
      next: `Look into ${app}, and move it away.`,
    },
    {
      kind: 'failure',
      id: 'no-package',
      pattern: /^package=missing$/,
      means: 'The package is not there.',
      next: 'Open the disk image, and check the path.',
      remedies: ['open-image'],
    },
    {
      kind: 'failure',
      id: 'expired',
      pattern: /^signature=expired$/,
      means: 'The certificate of the package has expired. Installers refuse such packages.',
      next: 'Download it again from Apple: many were signed again.',
      remedies: ['download-again'],
    },
    {
      kind: 'failure',
      id: 'unsigned',
      pattern: /^signature=none$/,
      means: 'The package is not signed.',
      next: 'Do not install it. Take it from Apple’s support pages only.',
    },
    {
      kind: 'warning',
      id: 'signer',
      pattern: /^signature=(?:other|unread)$/,
      means: 'It is not certain that Apple has signed the package. Older releases have other words for it, or none.',
      next: 'Read the lines above. The chain has to end in Apple Root CA; else do not continue.',
    },
    { kind: 'warning', id: 'left-over', pattern: /^app=stub$/, means: 'The stand-in of an earlier try is there.', next: 'It is used again.' },
    {
      kind: 'warning',
      id: 'system',
      pattern: /^system=(?:10\.(?:9|1\d)|1[1-9]|[2-9]\d)(?:\.|$)/,
      means: '3.6.1 was made for 10.6.8 to 10.8, as far as is known.',
      next: 'Take the current version from the Mac App Store instead. It has a licence of its own.',
    },
    {
      kind: 'expected',
      id: 'looked',
      pattern: /^app=(?:none|stub)$/,
      means: 'There is no copy of Remote Desktop.',
      missing: 'Whether there is a copy could not be read.',
      next: 'Check that defaults and find are there.',
    },
  ],
});

const standIn = ({ as }: Parameters): Step => ({
  kind: 'command',
  id: 'stand-in',
  title: 'Make a stand-in for the old version',
  intro: 'The installer only reads the version in the application’s property list. So a folder with nothing but that is enough; the update replaces it.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  before: {
    script: showApp,
    saves: [{ id: 'app', title: 'Remote Desktop before', pattern: /^app=(none|stub)$/ }],
    matchers: [
      {
        kind: 'failure',
        id: 'real-copy',
        pattern: /^app=(?:real|other)$/,
        means: 'There is an application of this name now. Nothing is written into it.',
        next: 'Start a new run.',
      },
    ],
  },
  script: sh`mkdir -p ${file(`${app}/Contents`)}
${write(as)}`,
  matchers: [
    {
      kind: 'failure',
      id: 'not-written',
      pattern: /Could not write domain|^mkdir: /,
      means: 'The stand-in could not be written.',
      next: 'Run the step as root.',
    },
  ],
  verify: {
    looksOnlyAt: 'the property list: the next step shows whether the installer accepts it',
    script: showApp,
    matchers: [
      {
        kind: 'expected',
        id: 'version',
        pattern: /^version=3(?:\.0)?$/,
        means: 'It says version 3.',
        missing: 'It does not say version 3.',
        next: 'Read what defaults says above.',
      },
      {
        kind: 'expected',
        id: 'stub',
        pattern: /^app=stub$/,
        means: 'Nothing else is in it.',
        missing: 'It is not a mere stand-in.',
        next: `Look into ${app}.`,
      },
    ],
  },
  undo: sh`wb_app() {
${showApp}
}
case $(wb_app) in *app=stub*) case ${fact('app')} in none) rm -r ${file(app)} ;; esac ;; esac`,
  undone: {
    script: sh`wb_app() {
${showApp}
}
case $(wb_app) in *app=stub*) if [ ${fact('app')} = stub ]; then echo stand-in=before; else echo stand-in=left; fi ;; *app=*) echo stand-in=gone ;; esac`,
    matchers: [
      {
        kind: 'expected',
        id: 'gone',
        pattern: /^stand-in=(?:gone|before)$/,
        means: 'No stand-in of this run is left. An installed Remote Desktop stays.',
        missing: 'The stand-in is still there. It shows as a broken application.',
        next: `Remove ${app} if nothing else is in it.`,
      },
    ],
  },
});

const install = ({ package: path }: Parameters): Step => ({
  kind: 'command',
  id: 'install',
  title: 'Install the update',
  intro: 'By the command line, which makes the same check as the window. The update replaces the stand-in.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  minutes: 5,
  script: sh`installer -pkg ${file(path)} -target /`,
  matchers: [
    {
      kind: 'failure',
      id: 'refused',
      pattern: /^installer: (?:Error|Cannot install)\b/,
      alone: true,
      means: 'The installer refuses this Mac.',
      next: 'Let the stand-in have its version as a text. If that does not help, undo the run.',
      remedies: ['as-string'],
    },
    {
      kind: 'failure',
      id: 'failed',
      pattern: /^installer: The (?:install|upgrade) failed/,
      alone: true,
      means: 'The installer has failed.',
      next: 'Read /var/log/install.log. A certificate that has expired is one cause: download the package again.',
      remedies: ['download-again'],
    },
    {
      kind: 'expected',
      id: 'successful',
      pattern: /^installer: The (?:install|upgrade) was successful\.$/,
      means: 'The installer has finished.',
      missing: 'The installer did not finish.',
      next: 'Read what it says above, and /var/log/install.log.',
    },
  ],
  verify: {
    script: sh`${showApp}
if codesign -v ${file(app)} 2>&1; then echo seal=whole; else echo seal=broken; fi
pkgutil --pkgs | grep -i RemoteDesktop`,
    matchers: [
      {
        kind: 'expected',
        id: 'real',
        pattern: /^app=real$/,
        means: 'The real Remote Desktop is there.',
        missing: 'The real Remote Desktop is not there.',
        next: 'Read /var/log/install.log.',
      },
      {
        kind: 'expected',
        id: 'version',
        pattern: /^version=3\.[6-9](?:\.|$)/,
        means: 'It is 3.6 or newer.',
        missing: 'It is not 3.6 or newer.',
        next: 'Check that it was the Admin Update, and not the one for clients.',
      },
      {
        kind: 'expected',
        id: 'seal',
        pattern: /^seal=whole$/,
        means: 'Its signature is whole: nothing of the stand-in is left in it.',
        missing: 'Its signature is broken.',
        next: 'Move the application to the trash, and install again.',
      },
    ],
  },
  irreversible: 'Apple’s package has no uninstaller. Drag the application to the trash; /var/db/RemoteManagement and its preferences hold its lists.',
});

const start: Step = {
  kind: 'manual',
  id: 'start',
  title: 'Start it, and type the licence key',
  intro: 'The first start asks for the key of the box. Wrenchbook neither asks for it nor keeps it.',
  danger: 'reads',
  runsOn,
  instructions: [
    'Open Remote Desktop in Applications, and type the licence key.',
    'Remote Desktop, About shows 3.6.1.',
    'Clients need the ARD Client 3.6 from Software Update; that is not part of this run.',
  ],
};

export const remedies: readonly Remedy[] = [
  {
    id: 'as-string',
    title: 'Write the version as a text',
    explanation: 'Some installers may compare texts. Nobody has tried this here; it changes only the stand-in.',
    danger: 'changes',
    needsRoot: true,
    script: () => sh`wb_app() {
${showApp}
}
case $(wb_app) in *app=stub*) ${write('string')} ;; esac
${showApp}`,
    matchers: [
      {
        kind: 'expected',
        id: 'text',
        pattern: /^version=3\.0$/,
        means: 'The stand-in says 3.0.',
        missing: 'The stand-in could not be written.',
        next: 'Undo the run.',
      },
    ],
    afterwards: 'retry',
  },
  {
    id: 'open-image',
    title: 'Open the disk image',
    explanation: 'Double-click the downloaded .dmg, or "hdiutil attach FILE". Then the check is repeated.',
    danger: 'changes',
    lab: sh`lab-ard-hand open-image`,
    afterwards: 'retry',
  },
  {
    id: 'download-again',
    title: 'Download the package again',
    explanation: 'From support.apple.com only, then open the image. Then the step is repeated.',
    danger: 'changes',
    lab: sh`lab-ard-hand download-again`,
    afterwards: 'retry',
  },
];
