/** Zimbra's backup fails after an upgrade of the system, as its own SSH key is DSA. */
import { defineTopic, inOrder } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { search } from './search.ts';
import { remedies, steps } from './steps.ts';

export const topic = defineTopic({
  id: 'zimbra-backup-ssh',
  version: 1,
  title: 'Zimbra: backup fails with "exception during auth"',
  summary:
    'Replaces Zimbra’s old DSA key for SSH by an RSA key, and tries the connection that the backup makes. A Zimbra 8.8.15 with later patches makes RSA keys by itself.',
  category: 'Web, mail & monitoring',
  platforms: ['Zimbra Network Edition'],
  risk: {
    level: 'changes',
    text: 'Makes a new SSH key pair for Zimbra, with a copy of the old one. Other servers refuse the new key until they are updated too.',
  },
  minutes: 15,
  fixes: [
    'Two mails instead of SUCCESS: "LDAP backup failed: system failure: exception during auth {RemoteManager: …}".',
    'The same text for mail queues or certificates in the admin console, after an upgrade to Ubuntu 16.04 or newer.',
  ],
  needs: ['Root on the Zimbra server, with LDAP running.'],
  cannotUndo: ['What you do on other servers.'],
  corrections: [
    'The source speaks of "ZCS 7.8.0/7.8.1". There is no such release: it must be 8.7.0 and 8.7.1.',
    'The command is zmupdateauthkeys; the source has a typo in it.',
    'It is the key of the user zimbra, not a host key of the server.',
    'The type is named, "zmsshkeygen rsa": an old script would make DSA again. An old script also makes 1024 bits; the run warns of that.',
    'Never switch ssh-dss on in sshd_config instead: the key has 1024 bits, and OpenSSH 10 no longer knows the type.',
    'The private key has to be in PEM form, as Zimbra’s SSH library for Java cannot read OpenSSH’s own. If an old script leaves another form, it is converted.',
    'Uncertain: what exactly sshd writes into its log in each version. So the login itself is tried, and the log is only for the search.',
    'Uncertain: OpenSSH 8.8 and newer also refuse RSA with SHA-1. An old Zimbra may then fail with an RSA key as well; which patch cures that is not known. The login that is tried here is made by OpenSSH, not by Zimbra’s library.',
  ],
  sources: [
    'Notes on Zimbra’s backup after an upgrade to Ubuntu 16.04',
    'Zimbra: zm-core-utils, zmsshkeygen and zmupdateauthkeys',
    'Release notes of OpenSSH 7.0, 8.8 and 10',
  ],
  search,
  symptoms: [
    {
      pattern: /exception during auth \{RemoteManager: (?:\S{1,200}->zimbra@(?<host>[A-Za-z0-9][A-Za-z0-9.-]{0,200}):(?<port>\d{1,5}))?/i,
      text: 'LDAP backup failed: system failure: exception during auth {RemoteManager: mail.example.com->zimbra@mail.example.com:22}',
    },
    { pattern: inOrder(/key type ssh-dss not in/i, /PubkeyAccepted/i), text: 'userauth_pubkey: key type ssh-dss not in PubkeyAcceptedKeyTypes [preauth]' },
    { pattern: inOrder(/zimbra/i, /backup/i, /fail/i), text: 'Zimbra backup fails after an upgrade' },
    { pattern: /\bzmsshkeygen\b|\bzmupdateauthke?ys\b/i, text: 'zmsshkeygen, zmupdateauthkeys' },
  ],
  alsoCalled: [
    'Zimbra LDAP backup failed, RemoteManager, port 22, no mail queues in the admin console',
    'zimbra_identity is a DSA key, ssh-dss disabled, OpenSSH 7',
    'Zimbra-Backup schlägt nach Upgrade auf Ubuntu 16.04 fehl',
    'la sauvegarde de Zimbra échoue après la mise à jour d’Ubuntu',
    'la copia de seguridad de Zimbra falla después de actualizar Ubuntu',
  ],
  parameters,
  labDefaults: {},
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }], tools: [{ name: 'ssh-keygen', package: 'openssh-client' }] },
  lab,
});
