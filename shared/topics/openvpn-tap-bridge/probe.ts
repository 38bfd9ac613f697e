/** Whether this bridge loses packets between the VPN and the LAN. */
import { file, type Probe, type ProbeJudgement, readings, sh } from '../../topic-kit/index.ts';
import { ignoresZero, showKept } from './kept.ts';
import { makerOf, showMaker } from './made-by.ts';
import { keptIn, type Parameters } from './parameters.ts';
import { multicastOption, showBridge, showPorts } from './settings.ts';

export const probe: Probe<Parameters> = {
  looksAt: [
    'the bridge and its ports',
    'how long it keeps what it has learnt',
    'its multicast snooping',
    'what makes it when the server starts',
    'the file that is to keep the setting',
  ],
  uses: ['bridge', 'tap', 'uplink', 'multicast', 'keep', 'interfaces', 'netdev'],
  script: (
    values,
  ) => sh`if [ -d ${file(`/sys/class/net/${values.bridge}`)} ]; then echo there=1; else ip -o link show dev ${values.bridge} | grep -c . | sed 's/^/there=/'; fi
${showBridge(values.bridge)}
ports=$({ ${showPorts(values.bridge)}; } 2>/dev/null)
for port in ${[values.tap, values.uplink]}; do
  printf '%s\\n' "$ports" | grep -c -x -F "port: $port" | sed "s/^/port.$port=/"
done
${showMaker(values)}
{ ${showKept(values)}; } 2>/dev/null`,
  judge: ({ output }, values) => judge(readings(output), values),
};

function judge(found: ReadonlyMap<string, string>, values: Parameters): ProbeJudgement {
  const { bridge, tap, uplink } = values;
  const ageing = found.get('ageing_time') ?? '';
  const [option = '', wanted = ''] = multicastOption(values).split(' ');
  const multicast = found.get(option) ?? '';
  const systemd = Number(found.get('systemd') ?? Number.NaN);
  const ignored = values.keep !== 'ifupdown' && systemd <= ignoresZero;
  const unread = found.get('unread');
  const kept = found.get('kept') === '1' && !ignored && unread === undefined;
  const maker = makerOf(found, values);
  const findings: ProbeJudgement['findings'] = [
    {
      label: `Ports ${tap} and ${uplink}`,
      value: [tap, uplink].filter((port) => found.get(`port.${port}`) === '1').join(', ') || 'neither',
      means: `are what ${bridge} joins.`,
      speaks: 'neither',
    },
    {
      label: 'Ageing time',
      value: ageing,
      means:
        ageing === '0'
          ? 'The bridge learns nothing and forwards everything.'
          : 'How long the bridge keeps what it has learned wrongly (hundredths of a second).',
      speaks: ageing === '0' ? 'against' : 'for',
    },
    {
      label: option,
      value: multicast,
      means: multicast === wanted ? 'Multicasts cross.' : 'Multicasts may be held back.',
      speaks: multicast === wanted ? 'against' : 'for',
    },
    {
      label: keptIn(values),
      value: unread !== undefined ? 'can’t be read' : kept ? 'has it' : 'does not have it',
      means: kept
        ? 'It survives a reboot.'
        : unread !== undefined
          ? `ifupdown says: ${unread}. No interface would come up after a reboot.`
          : ignored
            ? `systemd ${systemd} ignores AgeingTimeSec=0: after a reboot the bridge is as before.`
            : 'After a reboot the bridge is as before.',
      speaks: kept ? 'against' : 'for',
    },
    ...maker.findings,
  ];
  const { proposes } = maker;
  if (found.get('there') !== '1')
    return { verdict: 'not-affected', because: `There is no interface ${bridge}.`, next: '"ip link" shows what the bridge is called.', findings: [] };
  if (found.get('kind') === 'other') return { verdict: 'not-affected', because: `${bridge} is not a bridge.`, next: 'Give the name of the bridge.', findings };
  if (ageing === '')
    return {
      verdict: 'unknown',
      because: `Could not find out whether ${bridge} is a bridge: this ip (busybox, or older than 4.4) does not say it, and /sys/class/net is not there.`,
      next: 'Install iproute2 4.4 or newer, and look again.',
      findings: [],
    };
  if ([tap, uplink].some((port) => found.get(`port.${port}`) !== '1'))
    return {
      verdict: 'unknown',
      because: `${tap} and ${uplink} are not both ports of ${bridge}.`,
      next: 'Give the right ports. OpenVPN makes its port when it starts.',
      findings,
      proposes,
    };
  if (ageing === '0' && multicast === wanted && kept)
    return {
      verdict: 'already-fixed',
      because: 'The bridge passes everything on, and the setting lasts.',
      next: 'If packets are still lost, it is something else.',
      findings,
    };
  return {
    verdict: 'affected',
    because:
      ageing === '0' && multicast === wanted
        ? 'The bridge is right now, but will not be after a reboot.'
        : `${bridge} uses what it has learned to decide which packets it forwards.`,
    next:
      proposes.length > 0
        ? 'The form says that the bridge is made in another way. Fill in the proposed value, and check again.'
        : 'Whether it loses packets is counted in the first steps. Start the run.',
    findings,
    proposes,
  };
}
