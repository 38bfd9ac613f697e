/** Where the service keeps its data, and whether the volume is ready. */
import { type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { type Parameters, serviceOf } from './parameters.ts';
import { showService, showVolume } from './reading.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['where the service keeps its data', 'settings of the service that hold paths', 'whether the volume is mounted and honours owners'],
  uses: ['setting', 'volume'],
  needsRoot: true,
  script: (values) => sh`${showService(values)}
${showVolume(values)}`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const candidates = [...output.matchAll(/^candidate: ([a-z]+:[A-Za-z0-9:_-]+) = "(.*)"\s*$/gm)].map(([, name = '', path = '']) => ({ name, path }));
    const place = found.get('place') ?? '';
    const mounted = found.get('mounted') ?? '';
    const findings: ProbeFinding[] = [
      {
        label: 'Data of the service',
        value: found.get('path') ?? '',
        means: place === 'volume' ? 'It is on the volume.' : place === 'elsewhere' ? 'It is not on the volume.' : 'The setting has no path.',
        speaks: place === 'elsewhere' ? 'for' : place === 'volume' ? 'against' : 'neither',
      },
      { label: 'Volume', value: mounted, means: mounted === 'yes' ? 'It is mounted.' : 'It is not mounted: connect the disk first.', speaks: 'neither' },
      ...(found.get('owners') === undefined
        ? []
        : [
            {
              label: 'Owners',
              value: found.get('owners') ?? '',
              means: /^(?:Enabled|Yes)$/i.test(found.get('owners') ?? '')
                ? 'The volume honours them.'
                : 'The volume ignores them: everybody could read the data.',
              speaks: 'neither' as const,
            },
          ]),
      ...(found.get('second') === 'yes'
        ? [
            {
              label: 'Mount point',
              value: `${values.volume} 1`,
              means: 'The disk was mounted beside a folder of its name: a service has started before it.',
              speaks: 'neither' as const,
            },
          ]
        : []),
      ...candidates.slice(0, 12).map(({ name, path }) => ({ label: name, value: path, means: 'A setting with a path.', speaks: 'neither' as const })),
    ];
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const proposes: ProbeProposal[] =
      place === 'none' && only ? [{ field: 'setting', value: only.name, because: `It is the only setting of ${serviceOf(values)} with a path.` }] : [];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (found.get('serveradmin') === 'missing') return say('not-affected', 'This is not Mac OS X Server: there is no serveradmin.', 'Nothing has to be done.');
    if (place === 'volume')
      return mounted === 'yes'
        ? say('already-fixed', 'The service keeps its data on this volume.', 'Keep the list for a repair at hand.')
        : say(
            'unknown',
            'The setting names this volume, and it is not mounted.',
            'Stop the service at once: it may write below the mount point. Then connect the disk.',
          );
    if (place === 'elsewhere')
      return say('affected', 'The service keeps its data on another disk.', mounted === 'yes' ? 'Start the run.' : 'Connect the disk, then start the run.');
    return say('unknown', 'serveradmin does not know this setting, or it could not be read.', 'Check as root, and choose one of the settings above.');
  },
};
