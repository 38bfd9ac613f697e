/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ard apple-remote-desktop remote-desktop-3.6 remote-desktop.app | install* 3.6 3.6.1 update* upgrade* older version destination grey gray boxed installier* stub licence license pane disk admin installation requires previous',
    'remote-desktop | 3.6.1 3.6 | *',
    'ard remote-desktop apple-remote-desktop | console updater pkg trick full-installation snow-leopard app-store 10.8 10.6 imac',
    'ard | mac snow-leopard lion imac | *',
  ],
  asked: [
    'Apple Remote Desktop 3.6.1 update cannot be installed',
    'ARD 3.6 wants an older version first',
    'destination disk is grey in the Remote Desktop updater',
    'install ARD 3.6.1 without the boxed 3.0',
    'CFBundleShortVersionString stub Remote Desktop.app',
    'apple remote desktop admin update needs previous version',
    'ARD-Update lässt sich nicht installieren',
    'remote desktop 3.6.1 pkg refuses the startup disk',
    'ARD 3.6.1 admin without DVD',
    'remote desktop admin 3.6.1 dmg',
    'I have a serial of Apple Remote Desktop 3 but the disc is lost, can i put the 3.6.1 update on an empty Lion machine?',
    'The RemoteDesktopAdmin361 updater refuses because there is no older Remote Desktop.app in Applications',
    'Need ARD console on a Snow Leopard iMac, the App Store only sells me the one for newer OS',
    'How to trick the Remote Desktop updater pkg so it makes a full installation on 10.8',
    'Remote Desktop 3.6.1 Admin Update can’t be installed on this disk. An eligible version of Remote Desktop was not found in the Applications folder.',
    'Apple Remote Desktop 3.6.1 installieren ohne Box, Seriennummer von 3.0 vorhanden',
    'ARD 3.6.1 install without DVD',
    'Remote Desktop Admin 3.6 snow leopard',
    'i have a serial number for Apple Remote Desktop 3 but the disc is lost, how to get the admin app on 10.7',
    "the 3.6.1 admin update says it can't find Remote Desktop on this volume, I only have the license not the original box",
    'RemoteDesktopAdmin361.dmg refuses because no earlier version is there, want it on a Mac mini with Mountain Lion',
    'Need the old ARD console for a lab of 10.6.8 machines, App Store version is too new for these, have a valid 3.x key',
    "Apple Remote Desktop Admin 3.6.1 Update can't be installed on this disk. This volume does not meet the requirements for this update.",
    'Apple Remote Desktop 3.6.1 ohne die Box-Version auf 10.6.8 installieren, Lizenzschlüssel vorhanden',
  ],
  nearMisses: ['Microsoft Remote Desktop black screen', 'ARD screen sharing is slow', 'macOS update needs the admin password'],
};
