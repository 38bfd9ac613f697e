/** Whether this server's loop port is up, and as what. */
import { type Probe, type ProbeFinding, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { kindOf, type Port, portsIn, readPorts } from './ports.ts';

const words = {
  loop: 'It is in a loop.',
  fabric: 'It goes to a switch.',
  direct: 'It talks to one other port past a loop: its topology is set wrong, or the other’s.',
  down: 'It has no link.',
  unknown: 'What it is could not be read.',
} as const;

export const probe: Probe<Parameters> = {
  looksAt: ['state, topology and speed of each Fibre Channel port', 'the last messages of the driver'],
  uses: ['port'],
  script: () => sh`${readPorts}
dmesg 2> /dev/null | grep -i -E 'qla2xxx|lpfc' | grep -i -E 'LOOP (UP|DOWN)|Topology|Cable is unplugged|LIP reset|Link (Up|Down) Event' | tail -n 5 | sed 's/^/said: /'`,
  judge: ({ output }, { port }) => {
    const ports = portsIn(output);
    const mine = ports.filter(({ name }) => port === '' || name === port);
    const loose = mine.filter((one) => kindOf(one) !== 'fabric');
    const findings: ProbeFinding[] = [
      ...ports.map((one: Port) => ({
        label: one.name,
        value: [one.state, one.type, one.speed].filter(Boolean).join(', '),
        means: `${words[kindOf(one)]}${one.lost ? ` Signal was lost ${one.lost} times.` : ''}`,
        speaks: !mine.includes(one)
          ? ('neither' as const)
          : kindOf(one) === 'loop'
            ? ('against' as const)
            : kindOf(one) === 'fabric'
              ? ('neither' as const)
              : ('for' as const),
      })),
      ...output
        .split('\n')
        .flatMap((line) =>
          line.startsWith('said: ') ? [{ label: 'Driver', value: line.slice(6).trim(), means: 'What the driver said last.', speaks: 'neither' as const }] : [],
        ),
    ];
    const [only] = loose;
    const proposes =
      port === '' && loose.length === 1 && only ? [{ field: 'port', value: only.name, because: 'It is the only port that does not go to a switch.' }] : [];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (readings(output).get('looked') === undefined) return say('unknown', 'The ports could not be read.', 'Check again.');
    if (ports.length === 0)
      return say(
        'not-affected',
        'This machine has no Fibre Channel port, or its driver is not loaded.',
        'Check "lspci | grep -i fibre". Other systems: see the cards of the run.',
      );
    if (mine.length === 0) return say('unknown', `There is no ${port}.`, 'Correct the port in the form.');
    if (mine.some((one) => kindOf(one) === 'unknown')) return say('unknown', 'A port could not be read.', 'Check its files in /sys/class/fc_host.');
    if (loose.length === 0) return say('not-affected', 'Every port goes to a switch.', 'A loop needs a port of its own.');
    const bad = loose.filter((one) => kindOf(one) !== 'loop');
    if (bad.length > 0)
      return say('affected', `${bad.map(({ name }) => name).join(', ')}: ${words[kindOf(bad[0] as Port)]}`, 'Start the run, on each server of the loop.');
    return say(
      'already-fixed',
      `${loose.map(({ name, speed }) => `${name} (${speed})`).join(', ')}: in a loop.`,
      'Check the second path of each LUN with "multipath -ll".',
    );
  },
};
