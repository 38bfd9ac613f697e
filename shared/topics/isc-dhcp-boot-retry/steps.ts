/** Check the unit, why it failed and its configuration; then let systemd try again. */
import { dropInStep, failedUnit, file, type Remedy, type Step, sh, showUnit, startUnit } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const runsOn = 'the DHCP server';
/** What dhcpd says of an interface that has no address yet. With an address in the brackets, it is another trouble. */
export const tooLate = /^No subnet declaration for \S+ \(no IPv4 addresses\)/;
export const otherSubnet = /^No subnet declaration for \S+ \(\d+\.\d+\.\d+\.\d+\)/;
/** What dhcpd said since this boot. */
export const journal = sh`journalctl -b --no-pager -o cat -t dhcpd`;

export const steps = ({ unit, seconds, config }: Parameters): Step[] => [
  {
    kind: 'command',
    id: 'look',
    title: 'Look at the unit',
    intro: 'Shows what systemd does now when the server ends with an error.',
    danger: 'reads',
    runsOn,
    script: showUnit(unit, ['LoadState', 'FragmentPath', 'SourcePath', 'ActiveState', 'Restart', 'RestartUSec']),
    saves: [
      { id: 'restart-before', title: 'Restart before', pattern: /^Restart=(\S+)$/ },
      { id: 'delay-before', title: 'Delay before', pattern: /^RestartUSec=(.+)$/ },
    ],
    matchers: [
      failedUnit,
      {
        kind: 'failure',
        id: 'no-unit',
        pattern: /^LoadState=(?:not-found|masked)$/,
        means: `systemd has no ${unit}, or it is masked.`,
        next: 'Check with "systemctl list-units --all *dhcp*", and start a new run with the other unit.',
      },
      {
        kind: 'expected',
        id: 'loaded',
        pattern: /^LoadState=loaded$/,
        means: 'systemd has this unit.',
        missing: 'systemd could not load this unit.',
        next: `Check "systemctl status ${unit}".`,
      },
      {
        kind: 'warning',
        id: 'always',
        pattern: /^Restart=always$/,
        means: 'systemd restarts it always, also after somebody has ended it with kill.',
        next: 'Find out who set that ("systemctl cat"). This run sets on-failure.',
      },
    ],
  },
  {
    kind: 'command',
    id: 'why',
    title: 'Check why it failed',
    intro: 'Shows what dhcpd has said of its interfaces since this boot.',
    danger: 'reads',
    runsOn,
    needsRoot: true,
    script: sh`${journal} | grep -E 'No subnet declaration|Not configured to listen' | tail -n 20`,
    matchers: [
      {
        kind: 'expected',
        id: 'too-late',
        pattern: tooLate,
        means: 'The interface had no address yet when dhcpd started.',
        missing: 'The journal of this boot does not say that an interface had no address.',
        next: 'If the server was not down since this boot, this procedure is not for it.',
      },
      {
        kind: 'expected',
        id: 'gave-up',
        pattern: /^Not configured to listen on any interfaces!/,
        means: 'dhcpd ended because of that.',
        missing: 'dhcpd did not end because of that. systemd can only retry a start that ended.',
        next: 'Check INTERFACESv4 in /etc/default/isc-dhcp-server.',
      },
      {
        kind: 'failure',
        id: 'no-subnet',
        pattern: otherSubnet,
        unless: tooLate,
        means: 'The interface had its address, and dhcpd.conf has no subnet for it. Retries do not help.',
        next: 'Add the subnet declaration, or correct the interface in /etc/default/isc-dhcp-server.',
      },
    ],
  },
  {
    kind: 'command',
    id: 'config',
    title: 'Check the configuration',
    intro: 'An error in it also ends dhcpd with status 1. systemd would then retry forever.',
    danger: 'reads',
    runsOn,
    needsRoot: true,
    script: sh`dhcpd -t -cf ${file(config)} && echo 'configuration: good'`,
    matchers: [
      {
        kind: 'failure',
        id: 'config-broken',
        pattern: /^Configuration file errors encountered/,
        alone: true,
        means: 'dhcpd cannot read its configuration.',
        next: 'Fix the lines named above.',
        remedies: ['fix-config'],
      },
      {
        kind: 'expected',
        id: 'good',
        pattern: /^configuration: good$/,
        means: 'dhcpd can read its configuration.',
        missing: 'dhcpd did not accept its configuration.',
        next: 'Read what it says above.',
      },
    ],
  },
  dropInStep({
    id: 'drop-in',
    title: 'Let systemd try again',
    intro: `After a failed start systemd waits ${seconds} seconds and starts the server again, until the interface is there. A server that runs is not restarted.`,
    runsOn,
    unit,
    name: 'retry',
    settings: { Restart: 'on-failure', RestartSec: String(seconds) },
    shows: { Restart: { value: 'on-failure', was: 'restart-before' }, RestartUSec: { value: `${seconds}s`, was: 'delay-before' } },
  }),
  startUnit({
    id: 'start',
    title: 'Start the server',
    intro: 'Starts it if it is down, and waits over two retries. That it also comes up after a boot is seen at the next boot only.',
    runsOn,
    unit,
    within: 2 * seconds + 10,
    next: 'Check with "ip -4 address" whether the interface has its address, and read "journalctl -b -t dhcpd".',
    remedies: ['address'],
  }),
];

export const remedies: readonly Remedy[] = [
  {
    id: 'fix-config',
    title: 'Fix the configuration',
    explanation: 'Correct the line that dhcpd names, in an editor on the server. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-dhcp-hand fix-config`,
    afterwards: 'retry',
  },
  {
    id: 'address',
    title: 'Give the interface its address',
    explanation: 'Find out what brings the interface up, and bring it up. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-dhcp-hand address`,
    afterwards: 'retry',
  },
];
