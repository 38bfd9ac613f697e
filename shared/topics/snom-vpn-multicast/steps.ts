/** Look, ask who answers, route the group into the VPN, and count the packets of a test tone. */
import { escapeRegExp, file, logSince, type Matcher, packageStep, type Remedy, type Step, serviceStep, sh } from '../../topic-kit/index.ts';
import { crossing, interfaces, joined, routedTo, whoAnswers } from './looks.ts';
import { codecs, type Parameters, tunnelsOf } from './parameters.ts';
import { withGroup } from './smcroute-conf.ts';
import { packetTime, payloadBytes, rtpClock, toneCommand } from './tone.ts';

const runsOn = 'the VPN server';
export const conf = '/etc/smcroute.conf';
const service = { systemd: 'smcroute.service' };

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the interfaces',
  intro: 'Each must be up, have an IPv4 address, and allow multicasts.',
  danger: 'reads',
  runsOn,
  script: sh`${interfaces(values)}
[ -e ${file('/proc/net/ip_mr_vif')} ] && echo 'kernel: routes multicasts'
${joined(values)}`,
  saves: [{ id: 'joined-before', title: 'Group joined before', pattern: /^joined=(\d)$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'no-iface',
      pattern: /^iface \S+ missing$/,
      means: 'There is no such interface.',
      next: 'Check "ip link". The interface of a VPN is there only while OpenVPN runs. Start a new run with the right names.',
    },
    {
      kind: 'failure',
      id: 'down',
      pattern: /^iface \S+ (?:up=no|.*address=$)/,
      means: 'This interface is down, or has no IPv4 address. smcroute passes such interfaces by.',
      next: 'Start OpenVPN, or give it its address. Then run the step again.',
      remedies: ['start-vpn'],
    },
    {
      kind: 'failure',
      id: 'no-multicast',
      pattern: /^iface \S+ up=yes multicast=no address=./,
      means: 'This interface does not allow multicasts.',
      next: 'Allow them.',
      remedies: ['allow-multicast'],
    },
    {
      kind: 'expected',
      id: 'kernel',
      pattern: /^kernel: routes multicasts$/,
      means: 'This kernel can route multicasts.',
      missing: 'This kernel cannot route multicasts (CONFIG_IP_MROUTE).',
      next: 'Use the kernel of the distribution. In a container, do it on the host.',
    },
  ],
});

const ask = (values: Parameters): Step => ({
  kind: 'command',
  id: 'ask',
  title: 'Ask who listens to the group',
  intro: 'Pings the group on each interface. Phones answer; computers with Linux do not.',
  danger: 'reads',
  runsOn,
  script: whoAnswers(values),
  saves: [{ id: 'answers', title: 'Phones in the VPN', pattern: new RegExp(`^answers ${escapeRegExp(tunnelsOf(values)[0] ?? '')}=(\\d+)$`) }],
  matchers: [
    {
      kind: 'warning',
      id: 'on-lan',
      pattern: new RegExp(`^answers ${escapeRegExp(values.lan)}=[1-9]`),
      means: 'Something on the LAN listens to the group as well.',
      next: 'If it is the phone itself, it does not need this procedure.',
    },
    {
      kind: 'failure',
      id: 'not-asked',
      pattern: /^\S+ was not asked: /,
      alone: true,
      means: 'The group could not be pinged there, so nothing is known of the phones.',
      next: 'Read the line: there may be no route for multicasts on that interface. Or skip this step.',
    },
    {
      kind: 'failure',
      id: 'nobody',
      pattern: /^answers \S+=0$/,
      unless: new RegExp(`^answers (?!${escapeRegExp(values.lan)}=)\\S+=[1-9]`),
      means: 'No phone in the VPN answers for this group.',
      next: 'On the phone’s page, check the address, click Apply at the bottom and then Save at the top. Without Save it does not count. Some phones do not answer a ping: then skip this step.',
      remedies: ['save-on-phone'],
    },
    {
      kind: 'expected',
      id: 'in-vpn',
      pattern: new RegExp(`^answers (?!${escapeRegExp(values.lan)}=)\\S+=[1-9]`),
      means: 'A phone listens to the group through the VPN.',
      missing: 'No phone in the VPN answered.',
      next: 'Check that the phone is connected.',
    },
  ],
});

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

const send = (values: Parameters): Step => ({
  kind: 'manual',
  id: 'send',
  title: 'Send a test tone from the LAN',
  intro: `${codecs[values.codec].title}: payload type ${codecs[values.codec].payloadType}, a packet every ${packetTime(values.codec)} ms with ${payloadBytes(values.codec)} bytes, RTP clock ${rtpClock} Hz.`,
  danger: 'changes',
  runsOn: 'a computer on the LAN',
  instructions: [
    'Run the command on a computer on the LAN, not on this server. It plays for a minute.',
    'While it plays, continue here: the packets are counted for at most 30 seconds. All phones that listen play a tone of 440 Hz.',
  ],
  cards: [{ title: 'Test tone', lines: [toneCommand(values)], note: 'TTL 4: a packet with TTL 1 is never routed. VLC and some phones send with 1.' }],
  lab: sh`lab-mc-hand send`,
  verify: {
    script: crossing(values),
    matchers: [
      {
        kind: 'failure',
        id: 'no-stream',
        pattern: /^arrived=0$/,
        alone: true,
        means: 'No packet of a group arrived from the LAN.',
        next: 'Start the tone again. If it plays, a switch between keeps it back: check its IGMP snooping, and that a querier is there.',
        remedies: ['send-again'],
      },
      {
        kind: 'failure',
        id: 'not-routed',
        pattern: /^\S+ routed=0 .* not-routed$/,
        given: /^arrived=[1-9]/,
        alone: true,
        means: 'Packets arrive, but they are not routed: they have a TTL of 1.',
        next: 'Send with a larger one: "?ttl=4" at the end of the address.',
        remedies: ['send-again'],
      },
      {
        kind: 'failure',
        id: 'dropped',
        pattern: / dropped$/,
        alone: true,
        means: 'The packets are routed, and do not leave. A firewall drops them.',
        next: `Let ${values.group} pass in the chain FORWARD.`,
        remedies: ['open-firewall'],
      },
      ...tunnelsOf(values).map(
        (tunnel): Matcher => ({
          kind: 'expected',
          id: `through-${tunnel}`,
          pattern: new RegExp(`^${escapeRegExp(tunnel)} .* passes$`),
          means: `The packets leave through ${tunnel}.`,
          missing: `No packet left through ${tunnel}.`,
          next: 'Read the lines above.',
        }),
      ),
    ],
  },
  irreversible: 'The tone was played.',
});

/** Everything below 224.0.0.0, in place of what redirect-gateway pushes; and the server itself, which redirect-gateway pins as well. */
export const pushedRoutes = [
  'push "route 0.0.0.0 128.0.0.0"',
  'push "route 128.0.0.0 192.0.0.0"',
  'push "route 192.0.0.0 224.0.0.0"',
  'push "route ADDRESS-OF-THIS-SERVER 255.255.255.255 net_gateway"',
];
const routes: Step = {
  kind: 'manual',
  id: 'routes',
  title: 'Push other routes to the phone',
  intro:
    'The phone then listens on its own LAN. Uncertain: with the first three lines alone, the phone of the source did not start again. The fourth was not tried on a phone.',
  danger: 'changes',
  runsOn,
  instructions: [
    'In OpenVPN’s configuration, put the lines of the card in the place of push "redirect-gateway def1". Put in the public address of this server.',
    'Keep the old line as a comment. Have the phone in reach: if it does not start again, put the old line back.',
    'Restart OpenVPN, and then the phone.',
  ],
  cards: [{ title: 'In place of redirect-gateway', lines: pushedRoutes }],
  lab: sh`lab-mc-hand routes`,
  verify: {
    looksOnlyAt: 'whether OpenVPN pushes other routes',
    script: sh`grep -s -h -E '^[[:space:]]*push' -r ${file('/etc/openvpn')}`,
    matchers: [
      {
        kind: 'failure',
        id: 'still-all',
        pattern: /^\s*push "redirect-gateway/,
        means: 'OpenVPN still pushes redirect-gateway.',
        next: 'Put a # in front of that line.',
      },
      {
        kind: 'expected',
        id: 'pushed',
        pattern: /^\s*push "route 192\.0\.0\.0 224\.0\.0\.0"/,
        means: 'OpenVPN pushes the routes below 224.0.0.0.',
        missing: 'OpenVPN does not push these routes.',
        next: 'Check which file the service reads.',
      },
    ],
  },
  irreversible: 'Wrenchbook does not change the file. Put the old line back by hand.',
};

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
