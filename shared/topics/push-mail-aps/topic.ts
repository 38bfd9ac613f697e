/** OS X Server does not offer push mail to phones: its IMAP server does not advertise XAPPLEPUSHSERVICE. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab, labGuid } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'push-mail-aps',
  version: 1,
  title: 'OS X Server offers no push mail to iOS devices',
  summary: 'Apple switched off the protocol behind it in March 2021, so no push arrives today. Lets Dovecot advertise XAPPLEPUSHSERVICE, by one setting.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'One setting of the mail service. Dovecot reads its configuration again.' },
  minutes: 4,
  fixes: ['iOS devices show “Fetch” for an account on OS X Server, and push_notify.log says that no device map is found.'],
  needs: [
    'Root on the server.',
    'An iOS device with an account on it.',
    'Push notifications switched on in the Server app, with certificates that are renewed every year.',
  ],
  cannotUndo: ['Devices that have registered stay in the device map.'],
  corrections: [
    'Not useful for push any more: in March 2021 Apple switched off the binary protocol (gateway.push.apple.com, port 2195) that OS X Server speaks. The setting still works, and phones still register.',
    'For push today: Dovecot with dovecot-xaps-plugin and dovecot-xaps-daemon, Stalwart, or another server with its own push certificate. Else IMAP and fetching by time.',
    'The warning “no device map found” alone is usual for users without an iOS device. Only with the missing capability is it this fault.',
    'The source’s outputs of openssl are cut off in some copies. Taken is the form with XAPPLEPUSHSERVICE in the list before login. Where a server says it after login only, name a test mailbox.',
    'The capability says only that push is offered: expired certificates and blocked ports do not show there.',
    'The source’s "openssl s_client -quiet" stays open until you end it. Here LOGOUT is sent too, and there is a limit of 10 seconds.',
    'Uncertain: whether 10.7 to 10.9 and releases after 10.10 have this setting, and its default there. A release that does not know it is left alone.',
    'Not tried on OS X Server: serveradmin, PlistBuddy and sw_vers were simulated. The IMAP part was tried with Dovecot 2.3 over TLS.',
  ],
  sources: [
    'Notes on push mail of OS X Server 10.10 (2015)',
    'serveradmin(8), s_client(1), RFC 3501',
    'Apple’s announcement of the end of the binary provider protocol',
  ],
  search,
  symptoms: [
    {
      pattern: /no device map found for(?: (?<guid>[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}))?/i,
      text: `push_notify[22848]: ApplePushServiceProvider: Warning: no device map found for ${labGuid}`,
    },
    { pattern: /mail:imap:aps_topic_enabled = no/, text: 'mail:imap:aps_topic_enabled = no' },
    { pattern: inOrder(/\b(?:os x|mac|macos) server\b/i, /\bpush\b/i), text: 'OS X Server: mail push does not work' },
  ],
  alsoCalled: [
    'XAPPLEPUSHSERVICE missing from IMAP capability list of Dovecot',
    'iPhone iPad mail account shows fetch instead of push, OS X Server',
    'ApplePushServiceProvider guid_device_maps.plist push_notify APNS mail',
    'Push-Mail am OS X Server geht nicht, iPhone zeigt nur Laden',
    'pas de push pour la messagerie du serveur OS X sur iPhone',
    'el correo push de OS X Server no llega al iPhone',
  ],
  parameters,
  labDefaults: { guid: labGuid },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures: (values, known) => pictures(values, known),
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'macos' }], tools: [{ name: 'openssl' }, { name: 'perl' }] },
  lab,
});
