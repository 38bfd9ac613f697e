/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'push xapplepushservice aps apns push-notif* push_notify | mail imap dovecot email e-mail messagerie correo mailserver | mac os-x osx server iphone ipad ios apple device devices',
    'xapplepushservice aps_topic_enabled no-device-map | *',
    'fetch | push | iphone ipad ios mail',
  ],
  asked: [
    'no push mail from OS X Server to iPhone',
    'iPhone says Fetch instead of Push for our Mac server account',
    'dovecot XAPPLEPUSHSERVICE capability missing',
    'push_notify: Warning: no device map found for',
    'serveradmin mail:imap:aps_topic_enabled',
    'mail push on Yosemite server stopped',
    'iOS devices get mail of the Server app only every 15 minutes, push is off',
    'Push für Mail auf dem OS-X-Server geht nicht',
  ],
  nearMisses: ['push notifications of a web app', 'git push is rejected', 'Dovecot quota warning mail'],
};
