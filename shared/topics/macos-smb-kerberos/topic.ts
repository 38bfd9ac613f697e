/** A Windows file server sees another account than the one in the keychain, as a remote desktop session has left a Kerberos ticket. */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'macos-smb-kerberos',
  version: 1,
  title: 'Windows file server sees the wrong user of a Mac',
  summary: 'Not needed on a Mac that is bound to the domain. Gets a Kerberos ticket for the right account, keeps it renewed, and asks the server whom it sees.',
  category: 'macOS & OS X Server',
  platforms: ['macOS'],
  risk: { level: 'changes', text: 'Changes Kerberos tickets of one account, and adds an agent to it. Shares of the server are ejected once.' },
  minutes: 7,
  fixes: [
    'Files on a Windows or Samba server that were yours an hour ago and are refused now.',
    'The server sees another account while a remote desktop session is open.',
  ],
  needs: ['The account at the Mac, not root.', 'The password of the account in the domain.', 'Nothing open on the shares of the server.'],
  cannotUndo: [
    'Ejected shares are opened again by hand.',
    'The password that kinit has put into the login keychain: delete the item in Keychain Access.',
    'Files that the other account has made keep their owner: an administrator of the server changes that.',
  ],
  corrections: [
    'Not needed where the Mac is bound to the domain: it gets a ticket at login. A managed Mac may have Apple’s Kerberos SSO extension.',
    '"smbutil statshares" does not name the account: its USER_ID is the local one. "smbutil identity" and "klist -l" do.',
    'The source renews with an app from the App Store. The first choice here is an agent with macOS’s own kinit; the app is the other.',
    'Open shares keep the account they were mounted with, so they are ejected; and the share has to be opened by the server’s full name, as there is no Kerberos for an IP address or an alias.',
    'The source switches NTLM off in the domain at once. Here: audit first, as much else may need it, and only as cards.',
    'Uncertain: whether today’s Windows App still leaves its ticket in the shared collection, and which of several tickets of a realm is used. The last step asks the server. Uncertain: exact error texts of each macOS version.',
    'Not tried: macOS and Windows. Tried: Samba 4.17 as a domain controller and file server, with MIT Kerberos and stand-ins for the Mac’s programs.',
  ],
  sources: [
    'Notes on permission problems with a Windows server and macOS',
    'klist(1), kinit(1) and kswitch(1) of Heimdal; smbutil(1), launchd.plist(5)',
    'Restrict NTLM: Microsoft’s documentation of the policies',
  ],
  search,
  symptoms: [
    {
      pattern: /permission problems on a Mac/i,
      text: 'strange permission problems on a Mac with a Windows file server',
    },
    { pattern: /smbutil: server rejected the connection: Authentication error/i, text: 'smbutil: server rejected the connection: Authentication error' },
    {
      pattern: /kinit: krb5_get_init_creds: (?:Clock skew|unable to reach any KDC)/i,
      text: 'kinit: krb5_get_init_creds: unable to reach any KDC in realm EXAMPLE.COM',
    },
    { pattern: /NT_STATUS_NTLM_BLOCKED/, text: 'session setup failed: NT_STATUS_NTLM_BLOCKED' },
  ],
  alsoCalled: [
    'macOS uses the Remote Desktop user for SMB shares instead of the one in the keychain',
    'Kerberos ticket takes precedence over NTLMv2, kinit keychain, Kerberos Ticket Autorenewal',
    'cannot open files on the server although I made them myself, access denied on the share',
    'Mac meldet sich am Windows-Server mit falschem Benutzer an, Rechteprobleme',
    'le Mac se connecte au serveur de fichiers avec le mauvais utilisateur',
    'el Mac entra en el servidor de archivos con otro usuario',
  ],
  parameters,
  labDefaults: { server: 'files.example.com', principal: 'alice@EXAMPLE.COM', home: '/Users/alice' },
  steps,
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  misfit,
  systems: { oneOf: [{ os: 'macos' }], tools: [{ name: 'smbutil' }, { name: 'klist' }] },
  lab,
});
