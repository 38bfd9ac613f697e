/** The rehearsal: a Mac with Lion's installer app, a stick, a saved catalogue, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

/** The stick as the form names it. */
export const labDevice = '/dev/disk2 | SanDisk | Ultra USB 3.0 | 4C530001230501 | 8053063680';

const app = 'root/Applications/Install Mac OS X Lion.app/Contents/SharedSupport';
const address = (product: string) => `http://updates.example/content/downloads/10/59/${product}_ServerEssentials/xajda1v3/ServerEssentials.pkg`;
export const labCatalogue = (products: readonly string[]) => `<plist version="1.0"><dict>
${products.map((product) => `\t<string>${address(product)}</string>\n\t<string>${address(product).replace('.pkg', '.dst')}</string>`).join('\n')}
\t<string>http://updates.example/content/downloads/11/02/041-1988/abc/MacOSXUpd10.7.3.pkg</string>
</dict></plist>
`;

const systemVersion = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>ProductBuildVersion</key>
	<string>11D50</string>
	<key>ProductName</key>
	<string>Mac OS X</string>
	<key>ProductVersion</key>
	<string>10.7.3</string>
</dict>
</plist>
`;

function files(failure: string | null): LabFile[] {
  return [
    {
      path: 'stick.state',
      content: `vendor=SanDisk\nmodel=Ultra USB 3.0${failure === 'stick-swapped' ? ' Plus' : ''}\nserial=4C530001230501\nbytes=8053063680\nmounted=\nplayed=\n`,
    },
    { path: 'stick.content', content: 'holiday pictures\n' },
    // What is in the image.
    { path: 'esd/System/Library/CoreServices/SystemVersion.plist', content: systemVersion },
    { path: 'esd/Packages/Essentials.pkg', content: 'xar! plays a package\n' },
    { path: `${app}/OSInstall.mpkg`, content: 'plays the rest of the app\n' },
    ...(failure === 'no-image' ? [] : [{ path: `${app}/InstallESD.dmg`, content: failure === 'damaged' ? 'broken off\n' : 'plays InstallESD.dmg\n' }]),
    { path: 'downloads/catalogue.txt', content: labCatalogue(failure === 'no-match' ? ['11A2507', '11C2075'] : ['11A2507', '11D2097', '11D2515', '11E2617']) },
    { path: 'root/var/tmp/.keep', content: '' },
    ...(failure === null ? [] : [{ path: 'failure', content: `${failure}\n` }]),
  ];
}

const failures: readonly LabFailure[] = [
  {
    id: 'no-image',
    title: 'The app without its image',
    story: 'The download broke off, and the app has no InstallESD.dmg.',
    stopsAt: { step: 'find-image', rule: 'no-image' },
    wayOut: 'remedy',
  },
  {
    id: 'damaged',
    title: 'A damaged image',
    story: 'The image is there, and its checksum is wrong.',
    stopsAt: { step: 'find-image', rule: 'damaged' },
    wayOut: 'remedy',
  },
  {
    id: 'no-match',
    title: 'No package for this Lion',
    story: 'The saved catalogue is an old one: it has packages for other builds only.',
    stopsAt: { step: 'pick-package', rule: 'no-package' },
    wayOut: 'remedy',
  },
  {
    id: 'package-gone',
    title: 'The package is not there any more',
    story: 'The address is in the catalogue, and the server has nothing there any more.',
    stopsAt: { step: 'fetch-package', rule: 'not-fetched' },
    wayOut: 'remedy',
  },
  {
    id: 'stick-swapped',
    title: 'Another stick in the socket',
    story: 'Between choosing and writing, somebody put another stick in. Its name gives it away.',
    stopsAt: { step: 'write-stick', rule: 'other-device' },
    wayOut: 'remedy',
  },
  {
    id: 'bad-stick',
    title: 'A stick that is broken',
    story: 'The restore ends with an input/output error half-way.',
    stopsAt: { step: 'write-stick', rule: 'bad-stick' },
    wayOut: 'none',
  },
];

export const lab: Lab = {
  scenario: 'A Mac with the installer of Lion 10.7.3 (11D50), an 8 GB stick, and a saved catalogue with four packages',
  failures,
  facts: { version: '10.7.3', build: '11D50', package: address('11D2515') },
  files,
};
