/** The rehearsal: an address book in PHP whose search at the root of the domain never comes back. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const book = (connect: string) => `<?php
// $ds = ldap_connect('ldap://old.example.org');
${connect}
    ldap_set_option($ds, LDAP_OPT_PROTOCOL_VERSION, 3);
    if (!@ldap_bind($ds, $user, $password)) die("ldap_bind($ds) failed");
    $found = ldap_search($ds, 'DC=example,DC=org', "(sAMAccountName=$searchuser)");
`;
const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  { path: 'php.state', content: `locked=${failure === 'locked' ? 'yes' : 'no'}\nreachable=${failure === 'firewall' ? 'no' : 'yes'}\n` },
  {
    path: 'units/php8.2-fpm.service',
    content: 'Description=The PHP 8.2 FastCGI Process Manager\nActiveState=active\nSubState=running\nUnitFileState=enabled\n',
  },
  {
    path: 'root/var/www/book/search.php',
    content: book(failure === 'other-form' ? '    if (!($ds = ldap_connect($host))) die;' : '    $ds = ldap_connect($host);'),
  },
  { path: 'root/var/www/login/login.inc', content: "<?php\r\n$this->ldap = ldap_connect('ldaps://dc1.example.org');\r\nldap_bind($this->ldap, $dn, $pw);\r\n" },
  { path: 'root/var/www/vendor/x/Ldap.php', content: '<?php $c = ldap_connect($uri);\n' },
  { path: 'root/var/www/index.php', content: '<?php echo "Hello";\n' },
  { path: 'root/etc/ldap/ldap.conf', content: '#\n# LDAP Defaults\n#\n\nTLS_CACERT\t/etc/ssl/certs/ca-certificates.crt\n' },
  {
    path: 'root/etc/roundcube/config.inc.php',
    content:
      "<?php\n$config['plugins'] = [];\n$config['ldap_public']['staff'] = [\n    'hosts' => ['ldaps://dc1.example.org'],\n    'ldap_version' => 3,\n];\n",
  },
];

const failures: readonly LabFailure[] = [
  {
    id: 'locked',
    title: 'The account is locked',
    story: 'Too many wrong passwords. The login fails before anything is searched.',
    stopsAt: { step: 'search-before', rule: 'bind' },
    wayOut: 'remedy',
  },
  {
    id: 'firewall',
    title: 'It hangs for another reason',
    story: 'A firewall drops the server’s answers. Without references it hangs as well, so nothing is changed.',
    stopsAt: { step: 'search-off', rule: 'still-hangs' },
    wayOut: 'remedy',
  },
  {
    id: 'other-form',
    title: 'A connection inside a condition',
    story: 'One file opens its connection in an if. That is left to a person, and no file is written.',
    stopsAt: { step: 'code', rule: 'other-form' },
    wayOut: 'undo',
    inWay: null,
  },
  {
    id: 'environment',
    title: 'The environment says otherwise',
    story: 'LDAPREFERRALS is set for all programs. ldap.conf is written, and the library does not follow it.',
    stopsAt: { step: 'ldap-conf', rule: 'not-followed' },
    wayOut: 'undo',
    inWay: 'system',
  },
  {
    id: 'books-in-one',
    title: 'All address books in one array',
    story: 'Roundcube’s configuration sets them in a form that is left to a person.',
    stopsAt: { step: 'roundcube', rule: 'other-form' },
    wayOut: 'undo',
    inWay: 'roundcube',
  },
];

export const lab: Lab = {
  scenario: 'An address book in PHP whose search in Active Directory never comes back',
  failures,
  facts: { before: 'no answer within 10 seconds', without: 'entries=1 references=3 error=Success seconds=0.02' },
  ways: { roundcube: { way: 'roundcube' }, system: { way: 'system' } },
  files: (failure) =>
    files(failure).map((one) =>
      failure === 'books-in-one' && one.path.endsWith('config.inc.php')
        ? { ...one, content: "<?php\n$config['ldap_public'] = [\n    'staff' => ['hosts' => ['ldaps://dc1.example.org']],\n];\n" }
        : one,
    ),
};
