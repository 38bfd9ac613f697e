/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'zimbra zmbackup zmqstat zimbra_identity zmsshkeygen remotemanager zmupdateauthkeys | backup* ssh auth remotemanager mail-queue* queues key keys dsa rsa sicherung sauvegarde copia openssh remote-management ldap-backup distribution-upgrade zmsshkeygen exception zimbra_identity ssh-dss zmbackup',
    'ssh-dss | zimbra pubkeyaccepted* key-type',
    'exception-during-auth remotemanager zmsshkeygen zmupdateauthkeys | *',
    'zmbackup | fail* failed error since upgrade',
  ],
  asked: [
    'zimbra full backup emails me exception during auth RemoteManager',
    'no mail queue display in zimbra admin console, ssh key',
    'zmbackup fails since ubuntu 16.04 upgrade',
    'regenerate zimbra ssh keys rsa',
    'zimbra ldap backup failed system failure',
    'userauth_pubkey: key type ssh-dss not in PubkeyAcceptedKeyTypes',
    'Zimbra Sicherung geht seit Upgrade nicht mehr',
    "openssh 7 broke zimbra's remote management",
    'exception during auth {RemoteManager: mail.corp.net->zimbra@mail.corp.net:22}',
    'zimbra admin console shows no mail queues',
    'scheduled zimbra backups all failing with an ssh auth error',
    'zimbra_identity dsa key',
    'zmsshkeygen rsa',
    "after distribution upgrade zimbra can't ssh to itself",
    'zmqstat: system failure exception during auth',
    'Zimbra-Backup meldet Fehler bei Anmeldung per SSH',
  ],
  nearMisses: ['zmbackup: backup complete', 'Zimbra calendar shows the wrong week', 'scp asks for a password'],
};
