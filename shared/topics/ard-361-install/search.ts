/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'ard apple-remote-desktop remote-desktop-3.6 remote-desktop.app | install* 3.6 3.6.1 update* upgrade* older version destination grey gray boxed installier* stub licence license pane disk admin installation requires previous',
    'remote-desktop | 3.6.1 3.6 | *',
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
  ],
  nearMisses: ['Microsoft Remote Desktop black screen', 'ARD screen sharing is slow', 'macOS update needs the admin password'],
};
