/** The downloadable update of Apple Remote Desktop 3.6.1 installs only over an older copy. Owners of a box need not install that one first. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab, labPackage } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'ard-361-install',
  version: 1,
  title: 'Install Apple Remote Desktop 3.6.1 without the boxed version',
  summary: 'History: the current version is in the Mac App Store. For Macs with 10.6.8 to 10.8 and the licence key of a boxed 3.x, which is needed still.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'Makes a folder in Applications, which the update replaces.' },
  minutes: 8,
  fixes: ['The Admin Update 3.6.1 does not let you choose a disk, as there is no older Remote Desktop.'],
  needs: [
    'Root on the Mac.',
    'The licence key of a boxed Remote Desktop 3.x. Nothing here replaces it.',
    '“Remote Desktop Admin Update 3.6.1” from Apple’s support pages, opened.',
  ],
  cannotUndo: ['The installation: Apple’s package has no uninstaller.'],
  corrections: [
    'Today: Remote Desktop 3.9 is in the Mac App Store, with a licence of its own. Updates from 3.7 on are for copies from there.',
    'The source’s command lost most of its path. Nearly sure is “/Applications/Remote Desktop.app/Contents/Info” CFBundleShortVersionString -float 3.0. defaults takes the path without “.plist”.',
    'On some releases defaults makes the file, but not its folder: mkdir comes first.',
    'Nothing is ever written into a real copy. One is told by Apple’s identifier, and a stand-in by holding nothing else.',
    'The source says it expressly: the licence key of the box is needed at the first start.',
    'Uncertain: the name of the package, so you give its path; whether an installer compares texts, so that is a remedy; the range of systems; what to remove by hand.',
    'Certificates of packages of that age may have expired, and installers refuse them since 2015. Download the package again; many were signed again.',
    'Not tried on a Mac: defaults, installer, pkgutil, codesign and sw_vers were simulated. The property list was read by Python’s plistlib.',
  ],
  sources: ['Notes on Apple Remote Desktop 3.6.1 (2012)', 'defaults(1), installer(8), pkgutil(1), codesign(1)', 'Apple Remote Desktop Administrator’s Guide'],
  search,
  symptoms: [
    { pattern: inOrder(/\bRemote Desktop\b/i, /\b(?:3\.6\.\d|Admin Update)\b/i), text: 'Remote Desktop Admin Update 3.6.1 does not install' },
    {
      pattern: inOrder(/\b(?:Apple Remote Desktop|ARD)\b/i, /\b(?:boxed|older|previous) (?:version|copy)\b/i),
      text: 'Apple Remote Desktop update needs an older version',
    },
  ],
  alsoCalled: [
    'Apple Remote Desktop admin update destination disk is grey, cannot select destination',
    'install ARD 3.6 without the 3.0 boxed version and its PostgreSQL database',
    'defaults write Remote Desktop.app Info CFBundleShortVersionString',
    'Apple Remote Desktop Aktualisierung lässt sich nicht installieren',
    'mise à jour Apple Remote Desktop impossible à installer sans ancienne version',
    'actualización de Apple Remote Desktop sin la versión en caja',
  ],
  parameters,
  labDefaults: { package: labPackage, licence: true },
  misfit: (values) => misfit(values),
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }] },
  lab,
});
