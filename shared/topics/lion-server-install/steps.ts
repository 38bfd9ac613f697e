/** The dance over two volumes: 13 steps of the source, with a look before each thing that can't be undone. */
import { file, inOrder, type Step, sh } from '../../topic-kit/index.ts';
import { hasApps, hasSystem, isServer, lionVersion, noApps, runsFrom, showApps, showAppsLeft, showBooted, showSystem } from './looks.ts';
import type { Parameters } from './parameters.ts';

export const steps = (values: Parameters): Step[] => [...onSnowLeopard(values), ...onHelper(values), ...onServer(values)];

const mac = 'the Mac';
const startFrom = (volume: string) => `Start from it: System Preferences, Startup Disk, ${volume}.`;

const eraseAsk = 'Type the name of the volume that is erased.';
const installAsk = 'Type the name of the volume that Lion goes to.';
const volumePlace = 'Disk Utility and the desktop show it.';

const erase = (id: 'erase-a' | 'erase-b', volume: string, intro: string, irreversible: string): Step => ({
  kind: 'manual',
  id,
  title: `Erase ${volume}`,
  act: `${volume} is erased: check it`,
  intro,
  danger: 'destructive',
  runsOn: mac,
  instructions: [`Open Disk Utility, choose ${volume}, Erase, Mac OS Extended (Journaled), and leave the name as it is.`],
  lab: sh`lab-mac-hand ${id}`,
  verify: {
    script: sh`diskutil info ${file(`/Volumes/${volume}`)} | grep -e 'Volume Name' -e 'File System'
ls ${file(`/Volumes/${volume}`)} | cat`,
    matchers: [
      {
        kind: 'failure',
        id: 'not-empty',
        pattern: /^(Applications|System|Users)$/,
        means: `${volume} is not empty.`,
        next: 'Erase it with Disk Utility, then check it again.',
      },
      {
        kind: 'expected',
        id: 'erased',
        pattern: /Journaled HFS\+|Mac OS Extended/,
        means: `${volume} is an empty volume for Mac OS X.`,
        missing: `${volume} is not a volume for Mac OS X.`,
        next: 'Erase it as Mac OS Extended (Journaled).',
      },
    ],
  },
  irreversible,
  confirm: { object: `everything on the volume ${volume}`, type: { text: volume }, ask: eraseAsk, where: volumePlace },
});

const onSnowLeopard = ({ volumeA, volumeB, oldServer }: Parameters): Step[] => [
  {
    kind: 'command',
    id: 'look',
    title: 'Find out what is where',
    intro: 'Shows what the Mac runs from, and which Snow Leopard that is.',
    danger: 'reads',
    runsOn: mac,
    script: sh`${showBooted}
${showSystem(volumeA)}`,
    matchers: [
      runsFrom(volumeA, startFrom(volumeA)),
      hasSystem(
        'version',
        volumeA,
        /<string>10\.6\.[6-9]<\/string>/,
        'Snow Leopard 10.6.6 or newer',
        'The App Store comes with 10.6.6. Let Software Update bring 10.6.8.',
        ['update'],
      ),
    ],
    saves: [{ id: 'system', title: 'System on volume A', pattern: /<string>(10\.6[\d.]*)<\/string>/ }],
  },
  {
    kind: 'manual',
    id: 'save',
    title: 'Save what has to stay',
    intro: `${volumeA} and ${volumeB} are both erased. Anything that is only on them is lost.`,
    danger: 'reads',
    runsOn: mac,
    instructions: [
      `Copy what you need from ${volumeA} and ${volumeB} to a third disk, or let Time Machine do it, and open one of the copies.`,
      `Make a copy of ${oldServer} as well, and take that disk off the Mac. Nothing here writes to ${oldServer}, but the Mac is set up beside it.`,
    ],
  },
  {
    kind: 'manual',
    id: 'download',
    title: 'Get both apps',
    intro: 'The installer of Lion and the Server app come from the App Store, into Applications of the volume that the Mac runs from.',
    danger: 'changes',
    runsOn: mac,
    instructions: [
      'Open the App Store and install Lion and Lion Server, or bring both apps from a Mac that has them.',
      'If the installer opens by itself, quit it: it comes later.',
    ],
    lab: sh`lab-mac-hand download`,
    verify: { script: showApps(volumeA), matchers: hasApps(volumeA, 'Get the one that is missing, then check it again.', ['get-server-app']) },
    undo: sh`rm -Rf ${file(`/Volumes/${volumeA}/Applications/Install Mac OS X Lion.app`)} ${file(`/Volumes/${volumeA}/Applications/Server.app`)}`,
    undone: { script: showAppsLeft(volumeA), matchers: [noApps(volumeA)] },
  },
  erase('erase-b', volumeB, 'Lion’s installer wants an empty volume to install on.', 'what was on it is gone.'),
  {
    kind: 'manual',
    id: 'lion-on-b',
    title: `Install Lion on ${volumeB}`,
    act: 'Lion is installed: check it',
    intro: 'As a client: from a Snow Leopard client nothing else is possible, whatever Apple’s article says.',
    danger: 'destructive',
    runsOn: mac,
    minutes: 60,
    instructions: [
      `Open Install Mac OS X Lion, press "Show All Disks…" and choose ${volumeB}.`,
      'The button Customize stays grey, and the Server app beside it is ignored: that is normal, not your mistake.',
      'Skip the migration that is offered: it is for clients.',
      `The Mac starts from ${volumeB} in the end.`,
    ],
    lab: sh`lab-mac-hand lion-on-b`,
    verify: {
      script: sh`${showBooted}
${showSystem(volumeB)}`,
      matchers: [
        runsFrom(volumeB, startFrom(volumeB)),
        hasSystem(
          'lion',
          volumeB,
          lionVersion,
          'Lion',
          `"Show All Disks…" shows which volume it went to. If that was ${volumeA}, the path over two volumes is no longer possible: the apps are gone with it.`,
        ),
      ],
    },
    irreversible: `${volumeB} has a new system. ${volumeA} is as it was: the Mac can be started from it again.`,
    confirm: { object: `the volume ${volumeB}, and no other, as the place for Lion`, type: { text: volumeB }, ask: installAsk, where: volumePlace },
  },
];

const onHelper = ({ volumeA, volumeB }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'server-on-b',
    title: `Make ${volumeB} a server`,
    act: 'The server is set up: check it',
    intro: 'The installer offers a server only where Lion Server runs. So a temporary one is made.',
    danger: 'changes',
    runsOn: mac,
    minutes: 20,
    instructions: [`Open Server in Applications of ${volumeA}, and let it set the server up. Your answers do not matter: this server is temporary.`],
    lab: sh`lab-mac-hand server-on-b`,
    verify: { script: showSystem(volumeB), matchers: [isServer(volumeB, 'Open the Server app again, and let it finish.')] },
    irreversible: `${volumeB} is a server from now on; it can be erased when all is done.`,
  },
  {
    kind: 'manual',
    id: 'copy-apps',
    title: `Copy both apps to ${volumeB}`,
    intro: `${volumeA} is erased next, and the apps with it. They have to be on the volume that the Mac runs from, side by side.`,
    danger: 'changes',
    runsOn: mac,
    instructions: [`Copy Install Mac OS X Lion and Server from Applications of ${volumeA} to Applications of ${volumeB}.`],
    lab: sh`lab-mac-hand copy-apps`,
    verify: { script: showApps(volumeB), matchers: hasApps(volumeB, `Copy it from ${volumeA}, then check it again.`, ['copy-again']) },
    undo: sh`rm -Rf ${file(`/Volumes/${volumeB}/Applications/Install Mac OS X Lion.app`)} ${file(`/Volumes/${volumeB}/Applications/Server.app`)}`,
    undone: { script: showAppsLeft(volumeB), matchers: [noApps(volumeB)] },
  },
  {
    kind: 'command',
    id: 'before-erase-a',
    title: `Check that nothing on ${volumeA} is the only copy`,
    intro: `Before ${volumeA} is erased: the Mac runs from ${volumeB}, that is a server, and it has both apps.`,
    danger: 'reads',
    runsOn: mac,
    script: sh`${showBooted}
${showSystem(volumeB)}
${showApps(volumeB)}`,
    matchers: [
      runsFrom(volumeB, `${startFrom(volumeB)} Do not erase ${volumeA} before.`),
      isServer(volumeB, `Do not erase ${volumeA}. Open the Server app first.`),
      ...hasApps(volumeB, `Do not erase ${volumeA}: the only copy is there. Copy it first.`, ['copy-again']),
    ],
    hold: `Do not start from ${volumeA} and do not erase ${volumeB} until the server runs.`,
  },
  erase(
    'erase-a',
    volumeA,
    'The server goes onto an empty volume. From here on there is no Snow Leopard on this Mac.',
    'Snow Leopard and all that was on it are gone; what you saved before is not.',
  ),
];

const onServer = ({ volumeA, volumeB, oldServer }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'server-on-a',
    title: `Install Lion Server on ${volumeA}`,
    act: 'Lion Server is installed: check it',
    intro: 'Now that Lion Server runs, Apple’s article is right: Customize works, and offers the server.',
    danger: 'destructive',
    runsOn: mac,
    minutes: 60,
    instructions: [
      `Open Install Mac OS X Lion in Applications of ${volumeB}, press "Show All Disks…" and choose ${volumeA}.`,
      'Press Customize and choose Server Software. If the button is grey, stop: the Mac does not run the server.',
      `Before the set-up begins: start the old server in target disk mode (hold T), and connect it. ${oldServer} must appear.`,
    ],
    lab: sh`lab-mac-hand server-on-a`,
    verify: {
      script: showSystem(volumeA),
      matchers: [
        hasSystem('lion', volumeA, lionVersion, 'Lion', '"Show All Disks…" shows which volume it went to.'),
        isServer(volumeA, 'Customize was not used, or was grey.', ['server-afterwards']),
      ],
    },
    irreversible: `${volumeA} has a new system.`,
    confirm: { object: `the volume ${volumeA} as the place for Lion Server`, type: { text: volumeA }, ask: installAsk, where: volumePlace },
  },
  {
    kind: 'manual',
    id: 'migrate',
    title: 'Move the old server over',
    act: 'The old server is moved: check it',
    intro: `The set-up of the new server offers to migrate from another server. It reads ${oldServer} and writes to ${volumeA}.`,
    danger: 'changes',
    runsOn: mac,
    minutes: 120,
    instructions: [`In the set-up choose to transfer from another server, and ${oldServer}.`, 'Do not touch the cable until the set-up says that it is done.'],
    lab: sh`lab-mac-hand migrate`,
    verify: {
      script: sh`${showBooted}
${showSystem(volumeA)}
ls ${file(`/Volumes/${volumeA}/Users`)} ${file(`/Volumes/${oldServer}/System/Library/CoreServices`)}/*Version.plist | cat`,
      matchers: [
        runsFrom(volumeA, startFrom(volumeA)),
        isServer(volumeA, 'Choose "server" in the set-up.'),
        {
          kind: 'expected',
          id: 'old-server-stands',
          pattern: inOrder(new RegExp(`/${oldServer.replaceAll('.', '\\.')}/System/`), /ServerVersion\.plist$/),
          means: `${oldServer} is as it was.`,
          missing: `${oldServer} is not visible, or is no longer a server.`,
          next: 'Connect it in target disk mode. Do not erase anything until it is visible.',
        },
      ],
    },
    irreversible: `what was moved stays on ${volumeA}. ${oldServer} is as it was, and can be started again.`,
    hold: null,
  },
];
