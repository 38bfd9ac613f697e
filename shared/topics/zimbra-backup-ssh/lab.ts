/** The rehearsal: a Zimbra on Ubuntu 16.04 whose backups fail since the upgrade. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const dsa = 'ssh-dss AAAAB3NzaC1kc3MAAACBAOld mail.example.com';

const files = (failure: string | null): LabFile[] => {
  const rsa = failure === 'rsa';
  const pub = rsa ? 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAOld mail.example.com' : dsa;
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    { path: 'users', content: 'zimbra\n' },
    {
      path: 'zimbra.state',
      content: `key=${pub}\nldap=${failure === 'ldap' ? 'Stopped' : 'Running'}\nsshd=${failure === 'sshd-down' ? 'no' : 'yes'}\nrights=${failure === 'rights' ? 'wrong' : 'good'}\n`,
    },
    {
      path: 'root/opt/zimbra/.ssh/zimbra_identity',
      content: `-----BEGIN ${rsa ? 'RSA' : 'DSA'} PRIVATE KEY-----\nSIMULATED\n-----END ${rsa ? 'RSA' : 'DSA'} PRIVATE KEY-----\n`,
    },
    { path: 'root/opt/zimbra/.ssh/zimbra_identity.pub', content: `${pub}\n` },
    { path: 'root/opt/zimbra/.ssh/authorized_keys', content: `command="/opt/zimbra/libexec/zmrcd" ${pub}\n` },
  ];
};

export const lab: Lab = {
  scenario: 'A Zimbra on Ubuntu 16.04 whose backups have failed since the upgrade',
  failures: [
    {
      id: 'rsa',
      title: 'The key is RSA already',
      story: 'The mail is the same, and the cause is another one. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'not-dsa' },
      wayOut: 'undo',
    },
    {
      id: 'ldap',
      title: 'LDAP does not run',
      story: 'The key on the disk and the one in LDAP would differ. LDAP is started first.',
      stopsAt: { step: 'look', rule: 'ldap-down' },
      wayOut: 'remedy',
    },
    {
      id: 'sshd-down',
      title: 'sshd is not reached',
      story: 'Nothing listens on the port, so the login cannot be tried.',
      stopsAt: { step: 'login-before', rule: 'not-reached' },
      wayOut: 'remedy',
    },
    {
      id: 'rights',
      title: 'Others may write to /opt/zimbra',
      story: 'sshd does not trust the list of keys then. The new key is refused until the rights are corrected.',
      stopsAt: { step: 'authorize', rule: 'accepted' },
      wayOut: 'remedy',
    },
  ],
  facts: {},
  files,
};
