/** Whether there is a copy of Remote Desktop for the update to install over. */
import { type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { showApp, showSystem } from './reading.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the version of the system', 'the application Remote Desktop, and what is in it'],
  uses: [],
  script: () => sh`${showSystem}
${showApp}`,
  judge: ({ output }) => {
    const found = readings(output);
    const [system = '', app = '', version = ''] = ['system', 'app', 'version'].map((name) => found.get(name));
    const means: Readonly<Record<string, string>> = {
      none: 'The update refuses to install.',
      stub: 'A stand-in of an earlier try. It shows as a broken application.',
      real: 'A real copy: the update installs over it.',
      other: 'Something else has its name.',
    };
    const findings: ProbeFinding[] = [
      { label: 'System', value: system, means: '3.6.1 was made for 10.6.8 to 10.8, as far as is known.', speaks: 'neither' },
      { label: 'Remote Desktop', value: app, means: means[app] ?? '', speaks: app === 'none' || app === 'stub' ? 'for' : 'against' },
      ...(version === ''
        ? []
        : [
            {
              label: 'Its version',
              value: version,
              means: app === 'stub' ? 'Only the stand-in says so.' : 'As its property list says.',
              speaks: 'neither' as const,
            },
          ]),
    ];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({ verdict, because, next, findings });
    const isNewer = /^(?:10\.(?:9|1\d)|1[1-9]|[2-9]\d)(?:\.|$)/.test(system);
    if (app === 'real')
      return /^3\.(?:[6-9]|[1-9]\d)(?:\.|$)/.test(version)
        ? say('already-fixed', `Remote Desktop ${version} is installed.`, 'Nothing has to be done.')
        : say('not-affected', `There is a real copy, ${version === '' ? 'of an unknown version' : version}.`, 'Open the package: it installs over that.');
    if (app === 'other') return say('unknown', 'Something else has the name of the application.', 'Look into it, and move it away.');
    if (app !== 'none' && app !== 'stub') return say('unknown', 'Whether there is a copy could not be read.', 'Check that defaults and find run on the Mac.');
    if (isNewer)
      return say(
        'unknown',
        `Whether 3.6.1 installs on ${system} is not known.`,
        'Take the current version from the Mac App Store. It has a licence of its own.',
      );
    return say(
      'affected',
      'There is no copy of Remote Desktop, so the update refuses to install.',
      'Start the run if you have the licence key of a boxed 3.x.',
    );
  },
};
