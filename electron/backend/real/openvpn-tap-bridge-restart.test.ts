/**
 * Whether the bridge is kept so over a restart of the server, by each way that a distribution makes its bridges: systemd boots
 * there and runs ifupdown, systemd-networkd or netplan's generator.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ReflectingSwitch, whyNoReflectingSwitch } from './reflecting-switch.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

interface Way {
  keep: 'ifupdown' | 'networkd' | 'netplan';
  packages: readonly string[];
  units: readonly string[];
  /** Name in /etc → text. */
  files: Readonly<Record<string, string>>;
}

const ports = '[Match]\nName=eth0 tap0\n\n[Network]\nBridge=br0\n';
const bridge = '[Match]\nName=br0\n\n[Network]\nLinkLocalAddressing=no\nConfigureWithoutCarrier=yes\n';
const plan = `network:
  version: 2
  renderer: networkd
  ethernets:
    eth0: {}
    tap0: {}
  bridges:
    br0:
      interfaces: [eth0, tap0]
      parameters: {stp: false}
`;
const ways: Way[] = [
  {
    keep: 'ifupdown',
    packages: ['ifupdown', 'bridge-utils'],
    units: ['networking.service'],
    files: { 'network/interfaces': 'auto br0\niface br0 inet manual\n    bridge_ports eth0 tap0\n    bridge_stp off\n    bridge_fd 0\n' },
  },
  {
    keep: 'networkd',
    packages: [],
    units: ['systemd-networkd.service'],
    files: {
      'systemd/network/br0.netdev': '[NetDev]\nName=br0\nKind=bridge\n\n[Bridge]\nSTP=no\n',
      'systemd/network/br0.network': bridge,
      'systemd/network/ports.network': ports,
    },
  },
  { keep: 'netplan', packages: ['netplan.io'], units: ['systemd-networkd.service'], files: { 'netplan/01-bridge.yaml': plan } },
];

describe.each(ways)('a tap bridge made by $keep', ({ keep, packages, units, files }) => {
  const needed = ['tcpdump', 'libpcap0.8', ...packages];
  const why = whyNoReflectingSwitch ?? whyNoMachineThatBoots(needed);
  if (why) console.log(`Whether a bridge made by ${keep} is kept so over a restart is not tried: ${why}.`);
  describe.skipIf(why)('on a server that boots', () => {
    let between: ReflectingSwitch;
    let machine: ScratchMachine;
    let topic: RealTopic;

    beforeAll(async () => {
      between = new ReflectingSwitch();
      const write = ([name, text]: [string, string]) => `mkdir -p "$(dirname /etc/${name})"\ncat >/etc/${name} <<'END'\n${text}END\n`;
      machine = await ScratchMachine.start(`${passwordlessSudo}\nuseradd -r -s /usr/sbin/nologin tcpdump\n${Object.entries(files).map(write).join('')}`, [], {
        packages: needed,
        at: between.networks.near,
        boot: { units, powerOn: 'ip link del br0 2>/dev/null' },
      });
      machine.know();
    }, 600_000);
    afterAll(async () => {
      await machine?.stop();
      between?.remove();
    });
    beforeEach(() => {
      topic = new RealTopic(machine, 'openvpn-tap-bridge', { seconds: '6', keep });
    });
    afterEach(() => topic.end());

    const bridgeNumber = () => /^(\d+):/.exec(between.atServer('-o', 'link', 'show', 'br0'))?.[1];
    const texts = () => Object.keys(files).map((name) => machine.asRoot(`cat /etc/${name}`));

    it('loses replies before, passes them on after and after a restart, and loses them again when it is taken back', { timeout: 600_000 }, async () => {
      const were = texts();
      const other = new RealTopic(machine, 'openvpn-tap-bridge', { keep: keep === 'ifupdown' ? 'networkd' : 'ifupdown' });
      expect((await other.look()).proposes).toContainEqual(expect.objectContaining({ field: 'keep', value: keep }));
      await other.end();
      expect(between.isAnswered()).toBe(false);
      const done = await topic.run({ before: between.asking });
      expect(done.says, troublesOf(done)).toBe('Done and verified.');
      expect(between.isAnswered()).toBe(true);
      const before = bridgeNumber();
      await machine.restart();
      expect(bridgeNumber(), 'made anew').not.toBe(before);
      expect(between.isAnswered()).toBe(true);
      expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
      const undone = await topic.undo(done);
      expect(undone.status, troublesOf(undone)).toBe('undone');
      expect(between.isAnswered()).toBe(false);
      expect(texts()).toEqual(were);
      await machine.restart();
      expect(between.isAnswered()).toBe(false);
      expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    });

    it('loses them again after a restart when it was not made to last', { timeout: 600_000 }, async () => {
      const state = await topic.run({ without: ['keep'], before: between.asking });
      expect([state.status, between.isAnswered()], troublesOf(state)).toEqual(['done', true]);
      await machine.restart();
      expect(between.isAnswered()).toBe(false);
    });
  });
});
