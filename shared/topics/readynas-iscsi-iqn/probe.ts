/** Whether the box has removed lines of initiators, compared with the list of those that are wanted. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { iqnFaults, namesIn } from './iqn.ts';
import type { Parameters } from './parameters.ts';
import { readConf } from './reading.ts';
import { parseWanted, type Wanted, wantedText } from './wanted.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['targets and initiators in ietd.conf, without passwords', 'how many initiators are logged in', 'the init script'],
  uses: ['wanted', 'file', 'restart', 'service'],
  needsRoot: true,
  script: ({ file: path }) => sh`${readConf(path)}
if [ -r ${file('/proc/net/iet/session')} ]; then grep -c 'state:active' ${file('/proc/net/iet/session')} | sed 's/^/sessions=/'; else echo sessions=unknown; fi
ls ${file('/etc/init.d')} 2> /dev/null | grep -i -E 'iet|iscsi-?target' | sed 's/^/script=/'
[ ! -e ${file('/etc/target/saveconfig.json')} ] || echo lio=yes`,
  judge: ({ output }, { wanted: text, restart, service }) => {
    const found = readings(output);
    const wanted = parse(text);
    const there = output.split('\n').flatMap((line): Wanted[] => {
      const [, target, rest] = /^line: (\S+) \| (.*)$/.exec(line) ?? [];
      return target === undefined || rest === undefined ? [] : [{ target, line: rest.trim() }];
    });
    const targets = output.split('\n').flatMap((line) => /^target: (\S+)/.exec(line)?.[1] ?? []);
    const has = (one: Wanted) => there.some(({ target, line }) => target === one.target && line === one.line);
    const missing = wanted.filter((one) => !has(one));
    const script = found.get('script');
    const proposes: ProbeProposal[] = [
      ...(wanted.length === 0 && there.length > 0 ? [{ field: 'wanted', value: wantedText(there), because: 'These lines are in the file now.' }] : []),
      ...(restart === 'now' && script !== undefined && script !== service ? [{ field: 'service', value: script, because: 'It is in /etc/init.d.' }] : []),
    ];
    const names = [...new Set([...targets, ...there.flatMap(({ line }) => namesIn(line))])];
    const findings: ProbeFinding[] = [
      ...wanted.map((one) => ({
        label: one.target,
        value: one.line,
        means: has(one) ? 'It is there.' : targets.includes(one.target) ? 'The box has removed it.' : 'There is no such target.',
        speaks: has(one) ? ('against' as const) : ('for' as const),
      })),
      ...names.flatMap((name) => {
        const faults = iqnFaults(name);
        return faults.length === 0
          ? []
          : [{ label: 'Name', value: name, means: `${faults.join(' ')} Nothing is known to break by it.`, speaks: 'neither' as const }];
      }),
      {
        label: 'Logged in',
        value: found.get('sessions') ?? 'unknown',
        means: found.get('sessions') === '0' ? 'No initiator uses the box now.' : 'A restart of the targets would cut initiators off.',
        speaks: 'neither',
      },
    ];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (found.get('read') !== 'yes')
      return found.get('lio') === 'yes'
        ? say('not-affected', 'This box has LIO, as ReadyNAS OS 6 does. It keeps its ACLs.', 'Use "targetcli" there.')
        : say('unknown', 'The configuration could not be read.', 'Check as root, and check the path.');
    if (wanted.length === 0)
      return say(
        'unknown',
        'There is no list of wanted lines yet.',
        there.length > 0 ? 'Let it be filled in from the file while all is well.' : 'The file names no initiator now. Write the list by hand.',
      );
    if (missing.length > 0) return say('affected', `${missing.length} of ${wanted.length} wanted lines are missing.`, 'Start the run.');
    return say(
      'already-fixed',
      `All ${wanted.length} wanted lines are there.`,
      'Check again after each new target. If disks still do not mount, restart the targets.',
    );
  },
};

/** The form is checked before; an empty list is the one that the check is to fill in. */
function parse(text: string): Wanted[] {
  try {
    return parseWanted(text);
  } catch {
    return [];
  }
}
