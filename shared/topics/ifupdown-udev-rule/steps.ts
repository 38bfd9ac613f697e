/** Check the rule and what it does, move it away, reboot, and check that ifup ran once and to its end. */
import { escapeRegExp, type Matcher, movedAwayStep, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { messagesCounted, owner, rule, rulePath, twice, udevTest } from './rule.ts';

const runsOn = 'the server';
/** That udev was looked at, and whether it named the rule. */
const udevSays = (names: boolean): Matcher[] => [
  {
    kind: 'expected',
    id: 'udev-read',
    pattern: /^udev-names-rules=[1-9]/,
    means: 'udev says which rules it uses for the interface.',
    missing: 'udev did not say which rules it uses.',
    next: 'Check that the interface exists (“ip link”), and run "udevadm test --action=add /sys/class/net/NAME" as root.',
  },
  {
    kind: 'expected',
    id: names ? 'udev-uses-it' : 'udev-does-not',
    pattern: names ? /^udev-names-old-rule=[1-9]/ : /^udev-names-old-rule=0$/,
    means: names ? 'udev uses the old rule.' : 'udev does not use the old rule.',
    missing: names ? 'udev does not use the old rule.' : 'udev still uses the old rule.',
    next: names ? 'Check the file.' : 'Run "udevadm control --reload" as root, and check for a copy of the rule under another name.',
  },
];

const look = ({ iface }: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the rule',
  intro: 'Shows the file, whose it is, and that udev uses it.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`if [ -L ${rule} ]; then echo 'The rule is a link.'; elif [ ! -e ${rule} ]; then echo 'There is no such rule.'; else
stat -c 'rule: %s bytes, mode %a, %U:%G, of %y' ${rule}
grep -v -e '^#' -e '^$' ${rule} | sed 's/^/  /'
grep -v '^[[:space:]]*#' ${rule} | grep -c -w ifup | sed 's/^/calls-ifup=/'
${owner}
${udevTest(iface)}
fi`,
  matchers: [
    {
      kind: 'failure',
      id: 'no-rule',
      pattern: /^There is no such rule\.$/,
      alone: true,
      means: `There is no ${rulePath}.`,
      next: 'This procedure is not for this server. If ifup still says "already configured", look for auto and allow-hotplug for one interface.',
    },
    {
      kind: 'failure',
      id: 'link',
      pattern: /^The rule is a link\.$/,
      alone: true,
      means: 'Somebody has switched the rule off with a link, or keeps it elsewhere.',
      next: 'Leave it. Read "ls -l /etc/udev/rules.d".',
    },
    {
      kind: 'failure',
      id: 'owned',
      pattern: /^owner=(?!none$|left-behind$)/,
      means: 'A package of this release brings the file. Without it interfaces may not come up.',
      next: 'Leave it, and end the run.',
    },
    {
      kind: 'expected',
      id: 'runs-ifup',
      pattern: /^calls-ifup=[1-9]/,
      means: 'The rule runs ifup.',
      missing: 'The rule does not run ifup.',
      next: 'It is not the rule that this procedure is about. Leave it, and end the run.',
    },
    ...udevSays(true),
  ],
});

const why = ({ iface }: Parameters): Step => ({
  kind: 'command',
  id: 'why',
  title: 'Check what ifup has said',
  intro: 'Shows what ifup has said since this boot, and how the interface is brought up.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${messagesCounted}
for class in auto hotplug; do ifquery --list --allow=$class 2>/dev/null | grep -c -x -F -e ${iface} | sed "s/^/$class=/"; done`,
  matchers: [
    {
      kind: 'harmless',
      id: 'twice',
      pattern: twice,
      text: 'ifup: interface eth0 already configured',
      means: 'Another ifup was first. Its up lines may not have run to their end.',
    },
    {
      kind: 'warning',
      id: 'unread',
      pattern: /^The journal of this boot could not be read\.$/,
      means: 'What ifup has said is not known.',
      next: 'Check "journalctl -b" as root. Without it the last step cannot prove anything.',
    },
    {
      kind: 'warning',
      id: 'silent',
      pattern: /^messages=0$/,
      means: 'The journal of this boot does not show that ifup ran twice.',
      next: 'Newer versions of ifupdown say nothing of it. Compare "ip route" and "ip address" with the up lines before you continue.',
    },
    {
      kind: 'warning',
      id: 'auto-and-hotplug',
      pattern: /^hotplug=1$/,
      given: /^auto=1$/,
      means: `${iface} is both auto and allow-hotplug. ifup then says "already configured" without the old rule, too.`,
      next: 'Remove one of the two lines from /etc/network/interfaces. This run does not.',
    },
    {
      kind: 'failure',
      id: 'not-ours',
      pattern: /^hotplug=0$/,
      given: /^auto=0$/,
      means: `ifupdown does not bring up ${iface} by itself.`,
      next: 'Name the interface as /etc/network/interfaces does, and start a new run.',
    },
    {
      kind: 'expected',
      id: 'asked',
      pattern: /^hotplug=\d$/,
      means: 'ifupdown says how it brings the interface up.',
      missing: 'ifquery did not say how the interface is brought up.',
      next: 'Check "ifquery --list --allow=auto": /etc/network/interfaces may have an error.',
    },
  ],
});

const move = ({ iface }: Parameters): Step =>
  movedAwayStep({
    id: 'move',
    title: 'Move the rule away',
    intro: 'Moves the file to where the backups are, and lets udev read its rules again. Interfaces that are up stay up.',
    runsOn,
    path: rulePath,
    afterwards: {
      script: sh`udevadm control --reload`,
      matchers: [
        {
          kind: 'failure',
          id: 'no-reload',
          pattern: /^Failed to send reload request/,
          means: 'udev did not read its rules again.',
          next: 'Check "systemctl status systemd-udevd". Then run the step again.',
          remedies: ['start-udev'],
        },
      ],
    },
    serves: { script: udevTest(iface), gone: udevSays(false), back: udevSays(true) },
  });

const reboot: Step = {
  kind: 'command',
  id: 'reboot',
  title: 'Reboot the server',
  intro: 'Only a boot brings the interface up as it will be from now on. Have a console at hand: what is changed is how the network comes up.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  minutes: 4,
  restarts: { within: 10 },
  script: sh`systemctl reboot`,
  matchers: [
    {
      kind: 'failure',
      id: 'inhibited',
      pattern: /^(?:Operation inhibited by|Failed to (?:reboot|start reboot\.target))/,
      means: 'systemd did not reboot the server.',
      next: 'End what is named above, and run the step again.',
    },
    {
      kind: 'harmless',
      id: 'cut-off',
      pattern: /^(?:Call to Reboot failed|Failed to (?:read|wait for) .*): Connection reset by peer$/,
      text: 'Call to Reboot failed: Connection reset by peer',
      means: 'systemd was quicker than its answer. Whether the server boots is seen next.',
    },
    { kind: 'warning', id: 'logged-in', pattern: /^User \S+ is logged in/, means: 'Somebody else is logged in.', next: 'Tell them before you reboot.' },
  ],
  irreversible: 'A reboot cannot be undone.',
};

const after = ({ iface, route }: Parameters): Step => ({
  kind: 'command',
  id: 'after',
  title: 'Check the network after the boot',
  intro: 'Checks what ifup has said since the boot, the state of the interface, and the route of the up line, if you named one.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${udevTest(iface)}
${messagesCounted}
n=0; until ifquery --state ${iface} || [ $n -ge 30 ]; do sleep 1; n=$((n+1)); done
systemctl show -p ActiveState networking.service${
    route === ''
      ? sh``
      : sh`
n=0; until ip route show ${route} | grep . || ip -6 route show ${route} 2>/dev/null | grep . || [ $n -ge 30 ]; do sleep 1; n=$((n+1)); done`
  }`,
  matchers: [
    ...udevSays(false),
    {
      kind: 'failure',
      id: 'still-twice',
      pattern: twice,
      means: 'ifup still runs twice, so it has another cause too.',
      next: 'Look for auto and allow-hotplug for one interface, a second stanza in /etc/network/interfaces.d, and cloud-init.',
      remedies: ['one-stanza'],
    },
    {
      kind: 'expected',
      id: 'once',
      pattern: /^messages=0$/,
      means: 'ifup has run once since the boot.',
      missing: 'The journal does not show that ifup ran once.',
      next: 'Read "journalctl -b".',
    },
    {
      kind: 'expected',
      id: 'state',
      pattern: new RegExp(`^${escapeRegExp(iface)}=`),
      means: 'ifupdown has brought the interface up.',
      missing: `ifupdown has not brought up ${iface}.`,
      next: `Run "ifup ${iface}", and read what it says.`,
    },
    {
      kind: 'harmless',
      id: 'networking-failed',
      pattern: /^ActiveState=failed$/,
      text: 'ActiveState=failed',
      means: 'Part of networking.service failed: read its journal.',
    },
    ...(route === ''
      ? []
      : [
          {
            kind: 'expected' as const,
            id: 'route',
            pattern: new RegExp(`^${escapeRegExp(route)} `),
            means: 'The up line has run: its route is there.',
            missing: `There is no route to ${route}, so the up line has not run.`,
            next: `Run "ifdown ${iface}; ifup -v ${iface}" on the console, and read what the up lines say.`,
            remedies: ['up-line'],
          },
        ]),
  ],
});

export const steps = (values: Parameters): Step[] => [look(values), why(values), move(values), ...(values.reboot === 'now' ? [reboot, after(values)] : [])];

export const remedies: readonly Remedy[] = [
  {
    id: 'start-udev',
    title: 'Start udev',
    explanation: 'Run "systemctl start systemd-udevd". Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-ifupdown-hand start-udev`,
    afterwards: 'retry',
  },
  {
    id: 'one-stanza',
    title: 'Remove the second cause, and reboot again',
    explanation: 'Remove the allow-hotplug line or the second stanza in an editor on the server. Then the reboot runs again.',
    danger: 'changes',
    lab: sh`lab-ifupdown-hand one-stanza`,
    afterwards: { again: 'reboot' },
  },
  {
    id: 'up-line',
    title: 'Correct the up line, and reboot again',
    explanation: 'Correct the line in /etc/network/interfaces. Then the reboot runs again.',
    danger: 'changes',
    lab: sh`lab-ifupdown-hand up-line`,
    afterwards: { again: 'reboot' },
  },
];
