/** Both systems of Apple, on Macintosh HD. */
import { file, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const tiger = 'Terminal of Mac OS X 10.4, on the iBook';
const rest = 'You can stop here for weeks and use the iBook: the run stays where it is, also on another computer if you export it.';

export const macSystems = ({ os9From }: Parameters): Step[] => [
  {
    kind: 'manual',
    id: 'install-tiger',
    title: 'Install Mac OS X 10.4',
    act: '10.4 is installed: check it',
    intro: `The iBook starts from Install and installs onto Macintosh HD. ${rest}`,
    danger: 'changes',
    runsOn: 'the iBook',
    minutes: 90,
    instructions: [
      'Quit the 10.3 installer, choose Install in Startup Disk, and restart without C.',
      'Install onto Macintosh HD. Press Customize, and leave out the printer drivers and the languages you do not need: that saves 2 GB.',
      'If the installer says that it cannot be installed on this computer, undo nothing: start from the 10.3 CD and run the step before again.',
      'After the restart, run Software Update until it finds nothing. The last is 10.4.11.',
    ],
    lab: sh`lab-ibook-hand install-tiger`,
    verify: {
      script: sh`sw_vers
ls -d ${file('/System/Library/CoreServices/BootX')}`,
      matchers: [
        {
          kind: 'expected',
          id: 'tiger',
          pattern: /^ProductVersion:\s+10\.4(\.\d+)?$/,
          means: 'The iBook runs 10.4.',
          missing: 'The iBook does not run 10.4.',
          next: 'Hold Option at power-on, and choose Macintosh HD.',
        },
        {
          kind: 'expected',
          id: 'bootx',
          pattern: /CoreServices\/BootX$/,
          means: 'Its booter is where yaboot looks for it.',
          missing: 'The booter BootX is missing.',
          next: 'Install 10.4 again.',
        },
      ],
    },
    irreversible: 'Macintosh HD, which was empty, has a system.',
  },
  {
    kind: 'manual',
    id: 'os9',
    title: 'Copy Mac OS 9.2.2',
    act: 'Mac OS 9 is copied: check it',
    intro: `Mac OS 9 is not installed but copied beside 10.4. ${rest}`,
    danger: 'changes',
    runsOn: 'the Finder of Mac OS X 10.4',
    minutes: 40,
    instructions: [
      'Open the CD or the image, and drag System Folder and Applications (Mac OS 9) from its root to Macintosh HD, in the Finder. Do not use cp, and do not copy over a Windows or Linux disk: half of each file would be lost.',
      'Choose Mac OS 9.2.2 in Startup Disk and restart, to see that it starts.',
      ...(os9From === 'netboot'
        ? [
            'It asks who you are: NBUser, with the password netboot.',
            'To turn that off: move everything from System Folder, Control Panels (Disabled) to Control Panels. Open Multiple Users, Options, set it to local authentication, then turn Multiple Users off.',
          ]
        : []),
      'QuickTime 6.0.3 is the last for Mac OS 9. Install it if you want it.',
      'In Mac OS 9, choose 10.4 in the control panel Startup Disk and restart. Then choose the System Folder of Macintosh HD in System Preferences, Classic.',
    ],
    lab: sh`lab-ibook-hand os9`,
    verify: {
      script: sh`ls -d ${file('/Applications (Mac OS 9)')} | cat
wc -c ${file('/System Folder/System/rsrc')} ${file('/System Folder/Finder/rsrc')}`,
      matchers: [
        {
          kind: 'failure',
          id: 'fork-lost',
          pattern: /^0 .*\/rsrc$|rsrc: No such file/,
          means: 'The System or the Finder of Mac OS 9 has no resource fork: it was copied in a way that loses half of each file. It cannot start.',
          next: 'Put the copy in the Trash, and drag both folders over again in the Finder.',
          remedies: ['copy-in-finder'],
        },
        {
          kind: 'expected',
          id: 'system',
          pattern: /^[1-9]\d* .*\/System\/rsrc$/,
          means: 'The System of Mac OS 9 is whole.',
          missing: 'The System Folder is not on Macintosh HD.',
          next: 'Drag it over in the Finder.',
        },
        {
          kind: 'expected',
          id: 'finder',
          pattern: /^[1-9]\d* .*\/Finder\/rsrc$/,
          means: 'Its Finder is whole.',
          missing: 'The Finder of Mac OS 9 is not there.',
          next: 'Drag the System Folder over again.',
        },
        {
          kind: 'expected',
          id: 'applications',
          pattern: /Applications \(Mac OS 9\)$/,
          means: 'The applications are there.',
          missing: 'Applications (Mac OS 9) is not on Macintosh HD.',
          next: 'Drag it over in the Finder.',
        },
      ],
    },
    irreversible: 'the copy stays. To remove it, put both folders in the Trash; nothing else was changed.',
  },
];

/** After yaboot.conf was written: `macos=` starts whatever system is blessed on Macintosh HD, and that has to be Mac OS 9. */
export const blessOs9 = (): Step => ({
  kind: 'manual',
  id: 'bless-os9',
  title: 'Choose Mac OS 9 in Startup Disk',
  act: 'Mac OS 9 is chosen: check it',
  intro: 'The key m starts whatever system is blessed on Macintosh HD. With brokenosx, the key x starts 10.4 whatever is blessed.',
  danger: 'changes',
  runsOn: tiger,
  instructions: [
    'Restart, and press x at yaboot’s prompt. If 10.4 does not start, hold Option at power-on and choose Macintosh HD.',
    'Open System Preferences, Startup Disk, and choose Mac OS 9.2.2. Do not restart yet.',
  ],
  lab: sh`lab-ibook-hand bless-os9`,
  verify: {
    script: sh`bless --info ${file('/')}`,
    matchers: [
      {
        kind: 'expected',
        id: 'os9-blessed',
        pattern: /Blessed System Folder is \/(?:Volumes\/Macintosh HD\/)?System Folder$/,
        means: 'Mac OS 9 is blessed.',
        missing: 'Another system is blessed: the key m would start 10.4.',
        next: 'Choose Mac OS 9.2.2 in Startup Disk, then check again.',
        remedies: ['choose-os9'],
      },
    ],
  },
  irreversible: 'Startup Disk has changed where the iBook starts from. The next step repairs that.',
  hold: 'Startup Disk has replaced yaboot as what starts. At the next restart hold Option and choose the Linux partition.',
});
