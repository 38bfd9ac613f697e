/** Whether PHP programs on this server follow LDAP references. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { byDefault, connectionsIn, phpFiles } from './php-programs.ts';

export const probe: Probe<Parameters> = {
  looksAt: [
    'PHP and its LDAP extension',
    'the connections in PHP files, or in Roundcube’s configuration',
    'what libldap does by default',
    'which service runs PHP',
  ],
  uses: ['way', 'folder', 'roundcube', 'service'],
  needsRoot: true,
  script: (values) => sh`php -v | sed -n '1s/^PHP \\([0-9.]*\\).*/php=\\1/p'
if php -m | grep -q -x ldap; then echo ldap=yes; else echo ldap=no; fi
if [ -d ${file(values.folder)} ]; then echo folder=yes; else echo folder=no; fi
if [ -e ${file(values.roundcube)} ]; then echo roundcube=yes; else echo roundcube=no; fi
${phpFiles(values.folder)} | grep -c . | sed 's/^/files=/'
${connectionsIn(values)} | sed -n 's/^connections that follow: \\([0-9]*\\), that do not: \\([0-9]*\\), files not read: \\([0-9]*\\)$/on=\\1 off=\\2 unread=\\3/p' | tr ' ' '\\n'
${byDefault} | sed -n 's/^referrals by default: /default=/p'
systemctl list-units --plain --no-legend --state=running 'php*fpm*.service' 'apache2.service' 'httpd.service' 2> /dev/null | awk '{ print "unit=" $1; exit }'`,
  judge: ({ output }, { way, folder, service }) => {
    const found = readings(output);
    const number = (name: string) => Number(found.get(name) || Number.NaN);
    const [files, on, off, unread] = [number('files'), number('on'), number('off'), number('unread')];
    const followed = found.get('default');
    const unit = found.get('unit') ?? '';
    const findings: ProbeFinding[] = [
      { label: 'PHP', value: found.get('php') ?? '', means: 'on the command line. The web server may use another one.', speaks: 'neither' },
      { label: 'Connections that follow references', value: String(on), means: `${off} do not follow them.`, speaks: on > 0 ? 'for' : 'against' },
      {
        label: 'libldap by default',
        value: followed ?? 'not read',
        means: followed === 'not followed' ? 'ldap.conf or the environment says so.' : 'That is its usual setting.',
        speaks: followed === 'not followed' ? 'against' : 'neither',
      },
    ];
    const proposes: ProbeProposal[] = unit !== '' && service === '' ? [{ field: 'service', value: unit, because: 'It runs on this server.' }] : [];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (!found.get('php')) return says('not-affected', 'There is no PHP on the command line.', 'If the web server has one, install php-cli and check again.');
    if (found.get('ldap') !== 'yes')
      return says('not-affected', 'This PHP has no LDAP extension.', 'If the web server uses another PHP, check its "phpinfo()".');
    if (followed === 'not followed')
      return says('already-fixed', 'libldap follows no references on this server.', 'If programs still hang, it is a different problem.');
    if (way === 'code' && found.get('folder') !== 'yes') return says('unknown', `There is no folder ${folder}.`, 'Name the folder of the PHP code.');
    if (way === 'code' && files === 0 && found.get('roundcube') === 'yes')
      return {
        ...says('unknown', `No PHP file below ${folder} opens a connection; Roundcube is there.`, 'Let the form be filled in, and check again.'),
        proposes: [{ field: 'way', value: 'roundcube', because: 'Roundcube sets it in its configuration.' }],
      };
    if (Number.isNaN(on + off + unread) || unread > 0 || (way === 'code' && Number.isNaN(files)))
      return says('unknown', 'The files could not be read.', 'Check as root, and that PHP has the extension tokenizer.');
    if (on > 0) return says('affected', 'Programs here follow references.', 'Whether that makes them hang is measured in the first steps. Start the run.');
    if (off > 0) return says('already-fixed', 'No connection follows references.', 'If programs still hang, it is a different problem.');
    return says('not-affected', 'No connection was found.', way === 'code' ? 'Name another folder.' : 'Name another file.');
  },
};
