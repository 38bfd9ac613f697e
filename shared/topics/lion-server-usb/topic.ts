/** A stick that installs Mac OS X Lion Server: the installer's image, and the server's package that fits it. */
import { defineTopic, inOrder, oneOf } from '../../topic-kit/index.ts';
import { lab, labDevice } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'lion-server-usb',
  version: 1,
  title: 'Bootable Mac OS X Lion Server stick',
  summary: 'Writes Lion’s installer onto a stick and adds the ServerEssentials.pkg of the very same build, so that it installs Lion Server.',
  category: 'Boot media & network boot',
  platforms: ['macOS', 'Linux'],
  risk: { level: 'destructive', text: 'Everything on the chosen stick is lost. Disks that the system uses can’t be chosen.' },
  minutes: 30,
  fixes: [
    'Lion Server has to be installed on a Mac whose disk is empty.',
    'A stick with Lion’s installer that offers no "Server Software".',
    'A Lion Server without its Server app.',
  ],
  needs: [
    'Lion’s installer app: Apple gives Lion away as InstallMacOSX.dmg since 2021. Lion Server has to have been bought in the App Store.',
    'A stick of at least 8 GB whose content you do not need.',
    'Text of Apple’s software update catalogue for Lion, or of your own update server, in a file.',
    'On Linux: dmg2img and Perl. To put the package onto the stick there too, a kernel with HFS+.',
  ],
  cannotUndo: ['Writing the stick. What was on it is gone.'],
  corrections: [
    'The source’s address of the catalogue is lost. Here its text is a file that you save, so that your own update server’s will do as well.',
    'The source compares the build by eye. Here exactly the same build is taken; if there is none, the first three characters decide, e.g. 11D, and of several packages the highest build.',
    'asr’s own compare fails with Lion’s image on newer systems. It is left out, and every file on the stick is compared with the image.',
    'On macOS the image is checked before the stick is erased: if no package fits, nothing is lost.',
    'The source names the missing app only as "/Applications/". It is Server.app.',
  ],
  sources: ['Notes on a bootable Mac OS X Lion Server stick', 'Notes on Lion Server and its migration', 'asr(8), diskutil(8), hdiutil(1)'],
  search,
  symptoms: [
    {
      pattern: oneOf(inOrder(/Server Software/i, /missing|not (?:offered|shown|there)/i), /no .?Server Software/i),
      text: 'Lion’s installer offers no "Server Software" under Customize',
    },
    { pattern: inOrder(/Customi[sz]e/i, /grey|gray|disabled/i), text: 'The Customize button stays grey' },
    { pattern: /ServerEssentials(\.pkg)?/i, text: 'ServerEssentials.pkg' },
    {
      pattern: oneOf(inOrder(/Server\.app/i, /missing|not (?:there|found)/i), inOrder(/(?:missing|no) /i, /\bServer\.app\b/i)),
      text: 'Server.app is missing in Applications',
    },
    { pattern: /InstallESD(\.dmg)?/i, text: 'InstallESD.dmg' },
    { pattern: /needs to be imagescanned/i, text: 'asr: the image needs to be imagescanned' },
    { pattern: /Could not restore - Invalid argument/i, text: 'asr: Could not restore - Invalid argument' },
    {
      pattern: oneOf(inOrder(/additional components needed to install/i, /could not be found/i), /can.?t be verified\. It may have been corrupted/i),
      text: 'Some additional components needed to install Mac OS X could not be found',
    },
  ],
  alsoCalled: [
    'Lion Server USB installer, Mac OS X 10.7 installation stick',
    'BaseSystem.dmg, Packages folder, install on an empty disk, old Mac Pro, Xserve',
    'startfähiger USB-Stick für OS X Lion Server, Installationsstick',
    'clé USB d’installation de Mac OS X Lion Server',
    'memoria USB de instalación de Mac OS X Lion Server',
  ],
  parameters,
  labDefaults: { device: labDevice, catalogue: 'lab:catalogue.txt' },
  steps: (values) => steps(values),
  remedies,
  pictures,
  targets: ['local'],
  systems: { oneOf: [{ os: 'macos' }, { os: 'linux' }], tools: [{ name: 'curl', package: 'curl' }] },
  lab,
});
