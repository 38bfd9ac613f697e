/** The rehearsal: a Mac with two volumes and a server in target disk mode, as folders, and what can go wrong. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const plist = (version: string) => `<plist version="1.0">
<dict>
	<key>ProductVersion</key>
	<string>${version}</string>
</dict>
</plist>
`;
const onVolume = (volume: string, path: string, content: string): LabFile => ({ path: `root/Volumes/${volume}/${path}`, content });
const core = 'System/Library/CoreServices';

const files = (failure: string | null): LabFile[] => [
  { path: 'mac.state', content: `booted=Macintosh HD\nplays=${failure ?? ''}\n` },
  onVolume('Macintosh HD', `${core}/SystemVersion.plist`, plist(failure === 'old-system' ? '10.6.4' : '10.6.8')),
  onVolume('Macintosh HD', 'Applications/Safari.app/Contents/Info.plist', plist('5.1')),
  onVolume('Macintosh HD', 'Users/.localized', ''),
  onVolume('Helper', 'Users/old notes.txt', 'left over\n'),
  onVolume('Old Server', `${core}/SystemVersion.plist`, plist('10.6.8')),
  onVolume('Old Server', `${core}/ServerVersion.plist`, plist('10.6.8')),
  onVolume('Old Server', 'Users/anna/mail.txt', 'of the old server\n'),
];

const failures: readonly LabFailure[] = [
  {
    id: 'old-system',
    title: 'Snow Leopard is too old',
    story: 'The Mac has 10.6.4, which has no App Store. The first check says so.',
    stopsAt: { step: 'look', rule: 'version' },
    wayOut: 'remedy',
  },
  {
    id: 'server-app-missing',
    title: 'The Server app was not bought',
    story: 'Only the installer was downloaded.',
    stopsAt: { step: 'download', rule: 'server-app' },
    wayOut: 'remedy',
  },
  {
    id: 'wrong-volume',
    title: 'Lion went onto the wrong volume',
    story: 'In the list of disks volume A was chosen. Its Snow Leopard is a Lion client now.',
    stopsAt: { step: 'lion-on-b', rule: 'lion', also: ['runs-from'] },
    wayOut: 'undo',
  },
  {
    id: 'copied-half',
    title: 'Only one app was copied',
    story: 'The installer is on volume B, the Server app is not: erasing volume A would have taken its only copy. Then everything would have to be done again.',
    stopsAt: { step: 'copy-apps', rule: 'server-app' },
    wayOut: 'remedy',
  },
  {
    id: 'app-lost',
    title: 'A copy is gone before volume A is erased',
    story: 'Days later somebody tidies up Applications on volume B. The check before erasing finds it.',
    stopsAt: { step: 'before-erase-a', rule: 'installer' },
    wayOut: 'remedy',
  },
  {
    id: 'customize-grey',
    title: 'Customize was not used',
    story: 'Lion was installed on volume A without the server.',
    stopsAt: { step: 'server-on-a', rule: 'is-server' },
    wayOut: 'remedy',
  },
];

export const lab: Lab = {
  scenario: 'A Mac with Snow Leopard client on "Macintosh HD", a spare volume "Helper", and the old server in target disk mode',
  failures,
  facts: { system: '10.6.8' },
  differsOnRepeat: { files: ['mac.state'], because: 'a second run begins by being started from volume A again' },
  files,
};
