/** See whom the server sees, get the right ticket and new ones later, mount the shares again, and see it with a remote desktop session open. */
import { escapeRegExp, fact, type Step, sh } from '../../topic-kit/index.ts';
import { newTickets } from './new-tickets.ts';
import { withoutNtlm } from './ntlm.ts';
import type { Parameters } from './parameters.ts';
import { identity, mounts, tickets } from './reading.ts';
import { seenAs, seesAccount } from './seen-as.ts';

const common = { runsOn: 'the Mac' } as const;

export const steps = (values: Parameters): Step[] => {
  const { server, principal, renew, ntlm } = values;
  return [
    {
      ...common,
      kind: 'command',
      id: 'look',
      title: 'See whom the server sees now',
      intro: 'Lists the tickets in all caches, asks the server whom it has logged in, and lists its mounted shares.',
      danger: 'reads',
      script: sh`${tickets}
${identity(server)}
${mounts(server)}`,
      saves: [{ id: 'user', title: 'Account before', pattern: /^user=(.+)$/ }],
      matchers: [
        {
          kind: 'failure',
          id: 'no-answer',
          pattern: /^smbutil: \S/,
          unless: /^user=/,
          means: 'The server did not answer, or refused the login.',
          next: 'Check its name and the network.',
        },
        {
          kind: 'warning',
          id: 'right-already',
          pattern: seesAccount(principal),
          means: 'The server sees your account now. That may change when a remote desktop session opens, or with the next mount.',
          next: 'Continue, so that it stays so.',
        },
        {
          kind: 'expected',
          id: 'asked',
          pattern: /^user=./,
          means: 'The server has said whom it sees.',
          missing: 'The server has not said whom it sees.',
          next: 'Read the lines above.',
        },
      ],
    },
    {
      ...common,
      kind: 'command',
      id: 'ticket',
      title: 'Get a ticket for your account',
      intro: renew === 'agent' ? 'kinit asks for the password once, and keeps it in the login keychain.' : 'kinit asks for the password. It is kept nowhere.',
      danger: 'changes',
      before: {
        script: sh`{ ${tickets}
} | awk -v own=${principal} ${`BEGIN { d = "none" } { sub(/^cache=/, "") } $2 == "default" { d = $1 } tolower($1) == tolower(own) && $3 == "valid" { had = "yes" } /tickets-looked=yes/ { print "default=" d; print "had=" (had == "" ? "no" : had) }`}`,
        saves: [
          { id: 'default-before', title: 'Default ticket before', pattern: /^default=(\S+)$/ },
          { id: 'had', title: 'Your ticket was there', pattern: /^had=(yes|no)$/ },
        ],
      },
      script: sh`kinit ${renew === 'agent' ? ['--keychain'] : []} --renewable-life=7d ${principal}
kswitch -p ${principal}`,
      prompts: [
        {
          id: 'password',
          pattern: /password(?: for \S+)?: ?$/i,
          question: `Password of ${principal}?`,
          explanation: 'kinit asks for it. Wrenchbook passes it on and writes it nowhere.',
          answers: [],
          recommended: '',
          secret: true,
        },
      ],
      matchers: [
        {
          kind: 'failure',
          id: 'password',
          pattern: /Password incorrect|Preauthentication failed/i,
          means: 'The password was wrong.',
          next: 'Run the step again. Many wrong ones lock the account.',
          remedies: ['try-again'],
        },
        {
          kind: 'failure',
          id: 'no-kdc',
          pattern: /unable to reach any KDC|Cannot (?:find|contact(?: any)?) KDC/i,
          means: 'No domain controller of the realm is found.',
          next: `Check the realm, and the SRV record _kerberos._tcp of it in DNS.`,
        },
        {
          kind: 'failure',
          id: 'clock',
          pattern: /Clock skew too great/i,
          means: 'The clock of this Mac differs by more than five minutes.',
          next: 'Set it by the time server of the domain, and run the step again.',
          remedies: ['clock'],
        },
        {
          kind: 'failure',
          id: 'unknown-account',
          pattern: /\) unknown|not found in Kerberos database/i,
          means: 'The domain does not know this account.',
          next: 'Write it as in Active Directory. A UPN with another suffix needs "kinit --enterprise".',
        },
      ],
      verify: { script: sh`${tickets}\n${identity(server)}`, matchers: seenAs(values) },
      undo: sh`case ${fact('had')} in no) kdestroy -p ${principal} ;; esac
case ${fact('default-before')} in none) ;; *) kswitch -p ${fact('default-before')} ;; esac`,
      undone: {
        script: sh`{ ${tickets}
} | awk ${`BEGIN { d = "none" } { sub(/^cache=/, "") } $2 == "default" { d = $1 } /tickets-looked=yes/ { print "default=" d }`}`,
        matchers: [
          {
            kind: 'equal',
            id: 'default-back',
            pattern: /^default=(\S+)$/,
            to: { fact: 'default-before' },
            means: 'The default ticket is as before.',
            differs: 'The default ticket is not as before.',
            next: 'Look at "klist -l".',
          },
        ],
      },
    },
    ...newTickets(values),
    {
      ...common,
      kind: 'command',
      id: 'eject',
      title: 'Eject the server’s shares',
      intro: 'A mounted share keeps the account it was mounted with. Close the files on it first.',
      danger: 'changes',
      script: sh`{ ${mounts(server)}
} | sed -n 's/^mount=//p' | while read -r volume; do umount "$volume"; done`,
      matchers: [
        {
          kind: 'failure',
          id: 'busy',
          pattern: /Resource busy/,
          means: 'A program still has a file open on the share.',
          next: 'Close it ("lsof +f -- /Volumes/NAME" names it), and run the step again.',
          remedies: ['close-files'],
        },
      ],
      verify: {
        script: mounts(server),
        looksOnlyAt: 'whether the shares are ejected',
        matchers: [
          {
            kind: 'absent',
            id: 'ejected',
            pattern: /^mount=/,
            looked: /^mounts-looked=yes$/,
            means: 'No share of the server is mounted.',
            found: 'A share is still mounted.',
            missing: 'The mounts could not be read.',
            next: 'Eject it in the Finder.',
          },
        ],
      },
      irreversible: 'The next step opens the shares again.',
    },
    {
      ...common,
      kind: 'manual',
      id: 'open',
      title: 'Open the share again',
      intro: 'By its full name, and with the account in it.',
      danger: 'changes',
      instructions: [
        'In Keychain Access, delete the item of the server with the kind "Network Password": with it the old account can come back.',
        'In the Finder choose Go, Connect to Server, and type the address of the card.',
      ],
      cards: [{ title: 'Address', lines: [`smb://${principal.split('@')[0]}@${server}/`], note: 'Add the name of the share.' }],
      lab: sh`lab-mac-hand open`,
      verify: {
        script: sh`${mounts(server)}\n${identity(server)}`,
        looksOnlyAt: 'whether it is mounted, and whom the server sees in a new session',
        matchers: [
          {
            kind: 'expected',
            id: 'mounted',
            pattern: /^mount=\//,
            means: 'The share is mounted.',
            missing: 'No share of the server is mounted.',
            next: 'Open it in the Finder.',
          },
          ...seenAs(values),
        ],
      },
      irreversible: 'Eject the share in the Finder.',
    },
    {
      ...common,
      kind: 'manual',
      id: 'with-session',
      title: 'Try it with a remote desktop session open',
      intro: 'That is when the server saw the other account. The check then asks the server again.',
      danger: 'reads',
      instructions: [
        'Open a session as the other account in Windows App (Microsoft Remote Desktop), and leave it open.',
        'Continue here. On the server "Get-SmbSession | ft ClientUserName,ClientComputerName" has to say the same.',
      ],
      lab: sh`lab-mac-hand session`,
      verify: {
        script: sh`${tickets}\n${identity(server)}`,
        looksOnlyAt: 'whom the server sees now',
        matchers: [
          ...seenAs(values),
          {
            kind: 'warning',
            id: 'only-yours',
            pattern: /^tickets-looked=yes$/,
            unless: new RegExp(`^cache=(?!${escapeRegExp(principal)} )\\S+ `, 'i'),
            means: 'The session has left no ticket of its own here. Today’s Windows App may no longer do that.',
            next: 'Check again when the trouble shows.',
          },
        ],
      },
    },
    ...(ntlm ? [withoutNtlm] : []),
  ];
};
