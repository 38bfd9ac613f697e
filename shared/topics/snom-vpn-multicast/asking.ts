/** Steps that only look: the interfaces, and who listens to the group. */
import { escapeRegExp, file, type Step, sh } from '../../topic-kit/index.ts';
import { interfaces, joined, whoAnswers } from './looks.ts';
import { type Parameters, tunnelsOf } from './parameters.ts';

export const runsOn = 'the VPN server';

export const look = (values: Parameters): Step => ({
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

export const ask = (values: Parameters): Step => ({
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
