/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'push xapplepushservice aps apns push-notif* push_notify | mail imap dovecot email e-mail messagerie correo mailserver | mac os-x osx server iphone ipad ios apple device devices',
    'xapplepushservice aps_topic_enabled no-device-map | *',
    'fetch | push | iphone ipad ios mail',
    'instant push | mail | ios iphone ipad | server mac own',
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
    'dovecot XAPPLEPUSHSERVICE OS X Server',
    'iphone mail push mavericks server',
    'Our iPads only offer Fetch and never Push for the account on Mac mini server 10.9 mail',
    'Server.app has push notifications switched on with valid APNS certificates but IMAP does not announce it to the phones',
    'How do I make Dovecot in OS X Server 3 tell the iPhone that it can do push, aps_topic thing',
    'Is instant mail for iOS from own Mac Server still possible or was it killed by Apple in 2021',
    '* CAPABILITY IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT THREAD=REFERENCES (aps_topic not set, no XAPPLEPUSHSERVICE)',
    'OS X Server Mail: iPhone zeigt nur "Laden" statt "Push" an',
    'XAPPLEPUSHSERVICE dovecot capability missing',
    'os x server mail push iphone',
    "iPhones only Fetch our mail, the Push choice isn't in the account settings although notifications are on in Server.app",
    'mountain lion server dovecot aps_topic setting in which file',
    "after migration to 10.9 server iPads don't get mail instantly any more, calendar push is working",
    'how do I let imap on my Mac server announce that apple push extension',
    '* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE AUTH=PLAIN] Dovecot ready. <- no XAPPLEPUSHSERVICE here',
    'iPhone bietet für den OS-X-Server kein Push für Mail an, nur Abrufen',
  ],
  nearMisses: ['push notifications of a web app', 'git push is rejected', 'Dovecot quota warning mail'],
};
