/** The rehearsal: Matomo behind a certificate of the company's own CA, which the system knows. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const shown = (code: string, issuer = 'O = Example, CN = Internal CA') => `CONNECTED(00000003)
---
Certificate chain
 0 s:CN = stats.example.org
   i:${issuer}
-----BEGIN CERTIFICATE-----
MIIBlab
-----END CERTIFICATE-----
---
Verify return code: ${code}
---
`;
const guard = '; <?php exit; ?> DO NOT REMOVE THIS LINE\n; file automatically generated or modified by Matomo\n';
const files = (failure: string | null): LabFile[] => [
  { path: 'plays', content: `${failure ?? ''}\n` },
  {
    path: 'matomo.state',
    content: `bundled=${failure === 'public' ? 'yes' : 'no'}\nsystem=${failure === 'not-there' ? 'no' : 'yes'}\nreadable=${failure === 'locked' ? 'no' : 'yes'}\npublic=${failure === 'ca-only' ? 'no' : 'yes'}\n`,
  },
  {
    path: 'tls/stats.example.org:443',
    content: shown(failure === 'expired' ? '10 (certificate has expired)' : failure === 'not-there' ? '21 (unable to verify the first certificate)' : '0 (ok)'),
  },
  { path: 'root/etc/ssl/certs/ca-certificates.crt', content: 'the public CAs\n' },
  { path: 'root/var/www/matomo/core/Version.php', content: "<?php\nfinal class Version\n{\n    const VERSION = '5.1.2';\n" },
  {
    path: 'root/var/www/matomo/config/config.ini.php',
    content: `${guard}${failure === 'two-sections' ? '[General]\nforce_ssl = 1\n\n' : ''}[database]\nhost = "db"\npassword = "not-shown-4711"\n\n[General]\ntrusted_hosts[] = "stats.example.org"\nsalt = "not-shown-4712"\n\n[PluginsInstalled]\nPluginsInstalled[] = "Diagnostics"\n`,
  },
];

export const lab: Lab = {
  scenario: 'A Matomo whose own address has a certificate of the company’s CA, which the system knows',
  failures: [
    {
      id: 'public',
      title: 'Matomo accepts the server already',
      story: 'The certificate was replaced by a public one meanwhile. Nothing is changed.',
      stopsAt: { step: 'before', rule: 'accepts' },
      wayOut: 'undo',
    },
    {
      id: 'expired',
      title: 'The certificate has expired',
      story: 'No list of CAs helps here. It has to be renewed.',
      stopsAt: { step: 'chain', rule: 'expired' },
      wayOut: 'undo',
    },
    {
      id: 'not-there',
      title: 'The CA is not in the system’s list',
      story: 'Nobody has added it there, or the server does not send its intermediate certificate. The error is the same.',
      stopsAt: { step: 'chain', rule: 'not-in-file' },
      wayOut: 'remedy',
    },
    {
      id: 'locked',
      title: 'PHP’s user can’t read the file',
      story: 'The list belongs to root alone. Root’s own test would have gone well.',
      stopsAt: { step: 'new-file', rule: 'no-file' },
      wayOut: 'remedy',
    },
    {
      id: 'ca-only',
      title: 'The file has the private CA alone',
      story: 'Your server would be accepted, and Matomo could not ask for updates any more.',
      stopsAt: { step: 'new-file', rule: 'public-refused' },
      wayOut: 'undo',
    },
    {
      id: 'two-sections',
      title: 'Two sections [General]',
      story: 'Somebody has added one at the top. PHP reads the last one only; the file is left to a person.',
      stopsAt: { step: 'set', rule: 'two-sections' },
      wayOut: 'remedy',
    },
  ],
  facts: { url: 'https://stats.example.org/', file: '/var/www/matomo/vendor/composer/ca-bundle/res/cacert.pem', before: '60' },
  files,
};
