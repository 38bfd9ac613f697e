/** The dance over two volumes: 13 steps of the source, with a look before each thing that can't be taken back. */
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
        next: 'Erase it with Disk Utility, then judge it again.',
      },
      {
        kind: 'expected',
        id: 'erased',
        pattern: /Journaled HFS\+|Mac OS Extended/,
        means: `${volume} is an empty volume for Mac OS X.`,
        missing: `${volume} is no volume for Mac OS X.`,
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
    title: 'Look where things are',
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
    intro: `${volumeA} and ${volumeB} are both erased. What is on them only is gone then.`,
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
      'When the installer opens by itself, quit it: it is not its turn yet.',
    ],
    lab: sh`lab-mac-hand download`,
    verify: { script: showApps(volumeA), matchers: hasApps(volumeA, 'Get the one that is missing, then judge it again.', ['get-server-app']) },
    undo: sh`rm -Rf ${file(`/Volumes/${volumeA}/Applications/Install Mac OS X Lion.app`)} ${file(`/Volumes/${volumeA}/Applications/Server.app`)}`,
    undone: { script: showAppsLeft(volumeA), matchers: [noApps(volumeA)] },
  },
  erase('erase-b', volumeB, 'Lion’s installer wants an empty volume to install on.', 'what was on it is gone.'),
  {
    kind: 'manual',
    id: 'lion-on-b',
    title: `Install Lion on ${volumeB}`,
    act: 'Lion is installed: check it',
    intro: 'As a client: from Snow Leopard client nothing else can be had, whatever Apple’s article says.',
    danger: 'destructive',
    runsOn: mac,
    minutes: 60,
    instructions: [
      `Open Install Mac OS X Lion, press "Show All Disks…" and choose ${volumeB}.`,
      'The button Customize stays grey, and the Server app beside it is not noticed: that is so, and no mistake of yours.',
      'Leave out the migration that is offered: it is one for clients.',
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
          `Look with "Show All Disks…" which volume it went to. If that was ${volumeA}, the way over two volumes is not possible any more: the apps went with it.`,
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
    intro: 'The installer offers a server only where Lion Server runs. So one is made that will be thrown away.',
    danger: 'changes',
    runsOn: mac,
    minutes: 20,
    instructions: [`Open Server in Applications of ${volumeA}, and let it set the server up. What it asks for does not matter: this server is not kept.`],
    lab: sh`lab-mac-hand server-on-b`,
    verify: { script: showSystem(volumeB), matchers: [isServer(volumeB, 'Open the Server app again, and let it come to its end.')] },
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
    verify: { script: showApps(volumeB), matchers: hasApps(volumeB, `Copy it from ${volumeA}, then judge it again.`, ['copy-again']) },
    undo: sh`rm -Rf ${file(`/Volumes/${volumeB}/Applications/Install Mac OS X Lion.app`)} ${file(`/Volumes/${volumeB}/Applications/Server.app`)}`,
    undone: { script: showAppsLeft(volumeB), matchers: [noApps(volumeB)] },
  },
  {
    kind: 'command',
    id: 'before-erase-a',
    title: `See that nothing on ${volumeA} is the only copy`,
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
    hold: `Do not start from ${volumeA} and do not erase ${volumeB} until the server stands.`,
  },
  erase(
    'erase-a',
    volumeA,
    'The server goes onto an empty volume. From here there is no Snow Leopard on this Mac any more.',
    'Snow Leopard and all that was on it are gone; what you saved before is not.',
  ),
];

const onServer = ({ volumeA, volumeB, oldServer }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'server-on-a',
    title: `Install Lion Server on ${volumeA}`,
    act: 'Lion Server is installed: check it',
    intro: 'Now that Lion Server runs, Apple’s article is right: Customize can be pressed, and offers the server.',
    danger: 'destructive',
    runsOn: mac,
    minutes: 60,
    instructions: [
      `Open Install Mac OS X Lion in Applications of ${volumeB}, press "Show All Disks…" and choose ${volumeA}.`,
      'Press Customize and choose Server Software. If the button is grey, stop: the Mac does not run the server.',
      `Before the set-up begins: start the old server in target disk mode (hold T), and connect it. ${oldServer} has to be seen.`,
    ],
    lab: sh`lab-mac-hand server-on-a`,
    verify: {
      script: showSystem(volumeA),
      matchers: [
        hasSystem('lion', volumeA, lionVersion, 'Lion', 'Look with "Show All Disks…" which volume it went to.'),
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
    instructions: [`In the set-up choose to transfer from another server, and ${oldServer}.`, 'Leave the cable alone until the set-up says that it has ended.'],
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
          missing: `${oldServer} is not to be seen, or is no server any more.`,
          next: 'Connect it in target disk mode. Do not erase anything before it was seen.',
        },
      ],
    },
    irreversible: `what was moved stays on ${volumeA}. ${oldServer} is as it was, and can be started again.`,
    hold: null,
  },
];
