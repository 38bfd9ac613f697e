/** Whether Matomo refuses its own server because it does not know the CA. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { configOf, type Parameters } from './parameters.ts';
import { askAsMatomo, issuerUnknown } from './php-check.ts';

const places = { root: '/var/www/html', bundle: '/etc/pki/tls/certs/ca-bundle.crt' } as const;

export const probe: Probe<Parameters> = {
  looksAt: ['Matomo’s version and configuration', 'whether its own address is accepted with the list of CAs that it uses, and with the new file'],
  uses: ['root', 'config', 'bundle', 'user', 'url'],
  needsRoot: true,
  script: (values) => sh`if [ -e ${file(configOf(values))} ]; then stat -c 'owner=%U' ${file(configOf(values))}; else echo owner=; fi
[ -e ${file(values.bundle)} ] || { echo bundle=none; [ ! -e ${file(places.bundle)} ] || echo bundle=elsewhere; }
[ ! -e ${file(`${places.root}/config/config.ini.php`)} ] || echo docker=yes
${askAsMatomo(values, 'matomo', 'new')}`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const { bundle, user, root } = values;
    const [before, after, owner] = [found.get('matomo'), found.get('new'), found.get('owner') ?? ''];
    const findings: ProbeFinding[] = [
      { label: 'Matomo', value: found.get('version') ?? '', means: 'From 3.10.0 on it knows custom_cacert_pem.', speaks: 'neither' },
      {
        label: 'List of CAs',
        value: found.get('file') ?? '',
        means: found.get('set') ? 'It is set in the configuration.' : 'It came with Matomo. php.ini has no effect on that.',
        speaks: 'neither',
      },
      ...(before === undefined
        ? []
        : [
            {
              label: found.get('url') ?? '',
              value: before,
              means: before === '0' ? 'It is accepted as Matomo asks it.' : 'It is refused as Matomo asks it.',
              speaks: before === '0' ? ('against' as const) : ('for' as const),
            },
          ]),
      ...(after === undefined
        ? []
        : [
            {
              label: `With ${bundle}`,
              value: after,
              means: after === '0' ? 'It is accepted.' : 'It is refused as well.',
              speaks: after === '0' ? ('for' as const) : ('against' as const),
            },
          ]),
    ];
    const proposes: ProbeProposal[] = [
      ...(owner !== '' && owner !== 'root' && owner !== user ? [{ field: 'user', value: owner, because: 'It owns config.ini.php.' }] : []),
      ...(found.get('bundle') === 'elsewhere' ? [{ field: 'bundle', value: places.bundle, because: 'This system keeps its list there.' }] : []),
      ...(owner === '' && found.get('docker') === 'yes' && root !== places.root ? [{ field: 'root', value: places.root, because: 'Matomo is there.' }] : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (owner === '') return says('unknown', `There is no ${configOf(values)}.`, 'Name the folder of Matomo.');
    if (proposes.length > 0) return says('unknown', 'The form does not fit this server.', 'Let it be filled in, and check again.');
    if (found.get('config') !== 'read')
      return says('unknown', 'Matomo’s configuration could not be read as PHP’s user.', 'Check as root, and that PHP is there.');
    if (before === undefined || after === undefined)
      return says('unknown', 'The server could not be asked.', 'Check that PHP has curl, and that Matomo’s address is known.');
    if (before === '0')
      return found.get('set')
        ? says('already-fixed', 'Matomo’s list of CAs is set, and its own address is accepted.', 'Nothing needs to be done.')
        : says('not-affected', 'Matomo accepts its own address with the list that it came with.', 'If the system check names another host, check that one.');
    if (!/^(?:60|77) /.test(before)) return says('unknown', 'Matomo’s own address could not be asked.', 'Check name resolution and firewall on this server.');
    if (before.startsWith('60 ') && !issuerUnknown.test(before))
      return says('not-affected', 'The certificate is refused for another reason than its CA.', 'Renew it, or use the name that is in it.');
    if (after !== '0')
      return says(
        'unknown',
        `The certificate is refused with ${bundle} too.`,
        after.startsWith('77 ')
          ? 'Check that PHP’s user can read this file.'
          : 'Add your CA to it first, or have the server send its intermediate certificate.',
      );
    return says('affected', 'Matomo refuses its own address, and accepts it with the new file.', 'Start the run.');
  },
};
