/** Look, ask who answers, route the group into the VPN, and count the packets of a test tone. */
import { escapeRegExp, file, logSince, type Matcher, packageStep, type Remedy, type Step, serviceStep, sh } from '../../topic-kit/index.ts';
import { ask, look, runsOn } from './asking.ts';
import { joined, routedTo } from './looks.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';
import { routes } from './pushed-routes.ts';
import { withGroup } from './smcroute-conf.ts';
import { send } from './test-tone.ts';

const conf = '/etc/smcroute.conf';
const service = { systemd: 'smcroute.service' };

const config = (values: Parameters): Step => ({
  kind: 'edit',
  id: 'config',
  title: 'Write the two lines',
  intro: 'The first line joins the group on the LAN, the second one routes it into the VPN. Other groups stay as they are.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: conf,
  create: { mode: '0644' },
  edit: (old) => withGroup(old, values),
  // One that runs reads them; one that does not is started in the next step.
  afterwards: { script: sh`if systemctl is-active -q smcroute.service; then systemctl reload smcroute.service; fi; sleep 1` },
  verify: {
    looksOnlyAt: 'whether smcroute can read the file',
    script: sh`smcrouted -F ${file(conf)} 2>&1; echo "read: $?"`,
    matchers: [
      {
        kind: 'failure',
        id: 'parse',
        pattern: /: Invalid /,
        means: 'smcroute cannot read its configuration.',
        next: 'Fix the line named above. It may have been there before.',
      },
      {
        kind: 'harmless',
        id: 'not-known',
        pattern: /is not a known phyint|^Parse error in /,
        text: 'mroute: inbound eth0 is not a known phyint',
        means: 'Without the service, smcroute knows no interface. It looks them up when it starts.',
      },
      {
        kind: 'expected',
        id: 'read',
        pattern: /^read: \d/,
        means: 'smcroute has read the file.',
        missing: 'smcrouted could not be started.',
        next: 'Check that it is installed.',
      },
    ],
  },
  undone: {
    script: joined(values),
    matchers: [
      {
        kind: 'equal',
        id: 'joined-back',
        pattern: /^joined=(\d)$/,
        to: { fact: 'joined-before' },
        means: 'The LAN interface is in the group as before: it is, or it is not.',
        differs: 'The LAN interface is not in the group as before.',
        next: 'Restart smcroute, and check "ip maddr".',
      },
    ],
  },
});

const start = (values: Parameters): Step =>
  serviceStep({
    id: 'start',
    title: 'Start smcroute',
    intro: 'Restarts it, so that it finds the VPN interfaces that are there now, and starts it at every boot.',
    runsOn,
    service,
    now: 'restart',
    atBoot: true,
    serves: {
      script: sh`${routedTo(values)}
${joined(values)}`,
      matchers: [
        ...tunnelsOf(values).map(
          (tunnel): Matcher => ({
            kind: 'expected',
            id: `to-${tunnel}`,
            pattern: new RegExp(`^routed=(?:.* )?${escapeRegExp(tunnel)}(?: |$)`),
            means: `The group is routed from ${values.lan} to ${tunnel}.`,
            missing: `The group is not routed to ${tunnel}.`,
            next: `Check that ${tunnel} is there and has an address: smcroute passes it by otherwise. Restart smcroute after OpenVPN.`,
          }),
        ),
        {
          kind: 'expected',
          id: 'joined',
          pattern: /^joined=1$/,
          means: 'The LAN interface is in the group.',
          missing: 'The LAN interface did not join the group.',
          next: 'Read the journal of smcroute.service.',
        },
      ],
    },
    log: {
      ...logSince('start-log', { unit: 'smcroute.service' }),
      matchers: [
        {
          kind: 'failure',
          id: 'in-use',
          pattern: /Address already in use/,
          alone: true,
          means: 'Another program routes multicasts already: the kernel takes one only.',
          next: 'Stop it (pimd, igmpproxy, mrouted …), or add the group to its configuration instead.',
          remedies: ['stop-other'],
        },
      ],
    },
    next: 'Read "journalctl -u smcroute.service".',
    remedies: ['stop-other'],
  });

export const steps = (values: Parameters): Step[] =>
  values.way === 'routes'
    ? [look(values), ask(values), routes]
    : [
        look(values),
        ask(values),
        packageStep({
          id: 'package',
          title: 'Install smcroute',
          intro: 'Installs the package if it is not there yet.',
          runsOn,
          names: { apt: 'smcroute' },
          what: 'smcroute',
        }),
        config(values),
        start(values),
        send(values),
      ];

const byHand = (id: string, title: string, explanation: string, word: string, danger: 'reads' | 'changes' = 'changes'): Remedy => ({
  id,
  title,
  explanation,
  danger,
  lab: sh`lab-mc-hand ${word}`,
  afterwards: 'retry',
});
export const remedies: readonly Remedy[] = [
  byHand('start-vpn', 'Bring the interface up', 'Start OpenVPN, or give the interface its address. Then the step runs again.', 'start-vpn'),
  byHand('allow-multicast', 'Allow multicasts', 'Run "ip link set NAME multicast on" for the interface. Then the step runs again.', 'allow-multicast'),
  byHand('save-on-phone', 'Save the setting on the phone', 'Click Apply and then Save on the phone’s page. Then it is asked again.', 'save-on-phone'),
  byHand('stop-other', 'Stop the other program', 'Stop and disable the other multicast router. Then the step runs again.', 'stop-other'),
  byHand('send-again', 'Send the tone again', 'Send it with a TTL of 4 from a computer on the LAN. Then the packets are counted again.', 'send', 'reads'),
  byHand('open-firewall', 'Let the group pass', 'Add a rule for the group to the chain FORWARD. Then the packets are counted again.', 'open-firewall'),
];
