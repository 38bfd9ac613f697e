/** The rehearsal: a Mac with 10.8 and the opened image of the update, without an older Remote Desktop. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

export const labPackage = '/Volumes/Remote Desktop/RemoteDesktopAdmin.pkg';
const info = (version: string) =>
  `<plist version="1.0">\n<dict>\n\t<key>CFBundleIdentifier</key>\n\t<string>com.apple.RemoteDesktop</string>\n\t<key>CFBundleShortVersionString</key>\n\t<string>${version}</string>\n</dict>\n</plist>\n`;

const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'mac.state', content: `signature=${failure === 'expired' ? 'expired' : 'apple'}\n` },
  { path: 'root/Applications/.keep', content: '' },
  ...(failure === 'not-opened' ? [] : [{ path: `root${labPackage}`, content: 'package\n' }]),
  ...(failure === 'real-copy'
    ? [
        { path: 'root/Applications/Remote Desktop.app/Contents/Info.plist', content: info('3.2') },
        { path: 'root/Applications/Remote Desktop.app/Contents/MacOS/Remote Desktop', content: 'program\n' },
      ]
    : []),
];

export const lab: Lab = {
  scenario: 'A new Mac with OS X 10.8, and the licence of a box from 2006',
  failures: [
    {
      id: 'real-copy',
      title: 'There is a real copy of 3.2',
      story: 'The update installs over it as it is. Writing into it would break its signature.',
      stopsAt: { step: 'look', rule: 'real-copy' },
      wayOut: 'undo',
    },
    {
      id: 'not-opened',
      title: 'The disk image is not open',
      story: 'The Mac was restarted since the download.',
      stopsAt: { step: 'look', rule: 'no-package' },
      wayOut: 'remedy',
    },
    {
      id: 'expired',
      title: 'The package is an old download',
      story: 'Its certificate has expired. Apple has signed it again since.',
      stopsAt: { step: 'look', rule: 'expired' },
      wayOut: 'remedy',
    },
    {
      id: 'compares-texts',
      title: 'The installer compares texts',
      story: 'The number 3 is not what it looks for.',
      stopsAt: { step: 'install', rule: 'refused' },
      wayOut: 'remedy',
    },
  ],
  facts: { app: 'none' },
  files,
};
