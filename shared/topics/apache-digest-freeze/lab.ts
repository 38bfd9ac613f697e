/** The rehearsal: a web server with four sites, two of which use Digest, and children that hang. */
import type { Lab, LabFailure, LabFile } from '../../topic-kit/index.ts';

const etc = 'root/etc/apache2';
const site = (name: string, inner: string) => `<VirtualHost *:80>
    ServerName ${name}
    DocumentRoot /srv/www/${name}
${inner}</VirtualHost>
`;
const protectedSite = (more: string) => `    <Location "/intern">
        AuthType Digest
        AuthName "Werkstatt für alle"
        AuthDigestDomain /intern/
        AuthDigestProvider file
${more}        Require valid-user
    </Location>
`;

const state = (failure: string | null) => `digest=${failure === 'no-folder' ? 'no' : 'yes'}
status=no
broken=${failure === 'broken' ? 'yes' : 'no'}
frozen=${failure === 'all-stuck' ? 'yes' : 'no'}
answers=no
elsewhere=${failure === 'still-stuck' ? 'yes' : 'no'}
`;

const files = (failure: string | null): LabFile[] => [
  { path: 'apache.state', content: state(failure) },
  { path: 'root/var/lib/.keep', content: '' },
  {
    path: 'root/var/log/apache2/error.log',
    content:
      '[Thu Nov 05 13:15:24.435549 2015] [mpm_prefork:error] [pid 60920] AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting\n'.repeat(
        3,
      ),
  },
  ...(failure === 'no-folder' ? [] : config(failure)),
];

const config = (failure: string | null): LabFile[] => [
  { path: `${etc}/apache2.conf`, content: 'IncludeOptional mods-enabled/*.load\nIncludeOptional conf-enabled/*.conf\nIncludeOptional sites-enabled/*.conf\n' },
  { path: `${etc}/conf-enabled/security.conf`, content: 'ServerTokens Minimal\n' },
  {
    path: `${etc}/conf-enabled/digest.conf`,
    content: '# Shared by all sites\r\nLoadModule auth_digest_module \\\r\n  modules/mod_auth_digest.so\r\nAuthDigestShmemSize 1000\r\n',
  },
  {
    path: `${etc}/sites-enabled/intern.conf`,
    content: site('intern.example.org', protectedSite(failure === 'digest-passwords' ? '        AuthUserFile /etc/apache2/intern.digest\n' : '')),
  },
  { path: `${etc}/sites-enabled/wiki.conf`, content: site('wiki.example.org', '\tauthtype "digest" \n\t# AuthType Digest was set by Jürgen\n') },
  { path: `${etc}/sites-enabled/www.conf`, content: site('www.example.org', '') },
];

const failures: readonly LabFailure[] = [
  {
    id: 'no-folder',
    title: 'Another Apache',
    story: 'Apache’s configuration is not where this kind of system has it. Nothing is changed.',
    stopsAt: { step: 'look', rule: 'no-folder' },
    wayOut: 'undo',
  },
  {
    id: 'broken',
    title: 'A broken configuration',
    story: 'Somebody left a line unfinished. Apache runs, but would not start again. The first step says so.',
    stopsAt: { step: 'config-before', rule: 'syntax' },
    wayOut: 'remedy',
  },
  {
    id: 'all-stuck',
    title: 'Not even the status page answers',
    story: 'Every child is stuck, so no one is left to answer. A restart buys a few minutes.',
    stopsAt: { step: 'scoreboard-before', rule: 'no-answer', also: ['no-scoreboard'] },
    wayOut: 'remedy',
  },
  {
    id: 'digest-passwords',
    title: 'Passwords that only Digest can read',
    story: 'A section takes its passwords from a file of htdigest. With Basic nobody could log in, so nothing is written.',
    stopsAt: { step: 'basic', rule: 'digest-passwords' },
    wayOut: 'undo',
  },
  {
    id: 'still-stuck',
    title: 'It was something else',
    story: 'Digest is gone, and children still hang: another module does not finish.',
    stopsAt: { step: 'scoreboard-after', rule: 'still-stuck' },
    wayOut: 'undo',
  },
];

export const lab: Lab = {
  scenario: 'A web server with hundreds of processes that hang in "Closing connection"',
  failures,
  facts: { processes: '12', 'digest-files': '2', 'closing-before': '9 of 11' },
  files,
};
