/**
 * The bridge for real: a server whose uplink's virtual switch sends broadcasts back, so that its bridge learns wrongly. ARP
 * replies and neighbour solicitations really cross, or don't.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ReflectingSwitch, whyNoReflectingSwitch } from './reflecting-switch.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['tcpdump', 'ifupdown', 'libpcap0.8'];
const why = whyNoReflectingSwitch ?? whyNoMachineWithPackages(packages);
if (why) console.log(`ARP across a bridge is not tried: ${why}.`);

const interfaces = 'auto br0\niface br0 inet manual\n    bridge_ports eth0\n';
const setUp = `${passwordlessSudo}
useradd -r -s /usr/sbin/nologin tcpdump
mkdir -p /etc/network
cat >/etc/network/interfaces <<'END'
${interfaces}END`;

describe.skipIf(why)('a tap bridge', () => {
  let between: ReflectingSwitch;
  let machine: ScratchMachine;
  let topic: RealTopic;

  beforeAll(async () => {
    between = new ReflectingSwitch();
    machine = await ScratchMachine.start(setUp, [], { packages, at: between.networks.near });
    machine.know();
  }, 600_000);
  afterAll(async () => {
    await machine?.stop();
    between?.remove();
  });

  beforeEach(() => {
    between.makeBridge();
    topic = new RealTopic(machine, 'openvpn-tap-bridge', { seconds: '6' });
  });
  afterEach(() => topic.end());

  const interfacesNow = () => machine.asRoot('cat /etc/network/interfaces');

  it('loses replies before, passes them on after, and loses them again when it is taken back', { timeout: 600_000 }, async () => {
    expect(between.isAnswered()).toBe(false);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ before: between.asking });
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    const facts = Object.fromEntries(state.facts.map(({ id: fact, value }) => [fact, Number(value)]));
    expect(facts['arp-in-before']).toBeGreaterThan(0);
    expect(facts['arp-out-before']).toBe(0);
    expect(facts['arp-out-after']).toBe(facts['arp-in-after']);
    expect(facts['ip6-out-after']).toBeGreaterThan(0);
    expect(between.isAnswered()).toBe(true);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(interfacesNow()).toBe(`${interfaces}    post-up ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0\n`);
    expect(machine.asRoot('ifquery --interfaces=/etc/network/interfaces br0')).toContain('up: ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0');
    state = await topic.undo(state);
    expect(state.status).toBe('undone');
    expect(interfacesNow()).toBe(interfaces);
    expect(between.isAnswered()).toBe(false);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  const uncounted = { without: ['count-before', 'count-after'] };
  const put = (text: string) => machine.asRoot(`cat >/etc/network/interfaces <<'END'\n${text}END`);
  const rules = (state: Awaited<ReturnType<RealTopic['run']>>) => state.steps.find(({ id }) => id === 'keep')?.verdicts.map(({ rule }) => rule);

  it('is kept in a stanza with a rename behind it, as ifupdown itself reads it', { timeout: 600_000 }, async () => {
    const old =
      'auto br0\niface br0 inet static\n    address 192.0.2.5/24\n    bridge_ports eth0 tap0\nrename mac/00:11:22:33:44:55=lan0\niface lan0 inet manual\n    mtu 1400\n';
    put(old);
    try {
      const state = await topic.run(uncounted);
      expect(rules(state), troublesOf(state)).toContain('kept');
      expect(machine.asRoot('ifquery br0')).toContain('up: ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0');
      expect(machine.asRoot('ifquery lan0')).toContain('mtu: 1400');
      const undone = await topic.undo(state);
      expect([undone.status, interfacesNow()]).toEqual(['undone', old]);
    } finally {
      put(interfaces);
    }
  });

  it('is not kept in a file that ifupdown can’t read: that is put back at once, with what it says', { timeout: 600_000 }, async () => {
    const broken = `${interfaces}rename mac/00:11:22:33:44:55=lan0\n    mtu 1400\n`;
    put(broken);
    try {
      const state = await topic.run(uncounted);
      expect([state.current, interfacesNow()], troublesOf(state)).toEqual(['keep', broken]);
      expect(rules(state)).toEqual(expect.arrayContaining(['unread', 'put-back']));
      expect((await topic.look()).verdict).toBe('affected');
      put(interfaces);
      await topic.undo(state);
    } finally {
      put(interfaces);
    }
  });

  it('is found out by the second count when the step is left out', { timeout: 600_000 }, async () => {
    const state = await topic.run({ without: ['ageing'], before: between.asking });
    expect([state.status, state.current]).toEqual(['failed', 'count-after']);
    expect(state.steps.at(-1)?.verdicts.map(({ rule }) => rule)).toContain('arp-still-lost');
    expect(between.isAnswered()).toBe(false);
    await topic.undo(state);
  });

  it('says what is wrong before anything is changed: another port, no bridge, nobody who pings', { timeout: 600_000 }, async () => {
    between.atServer('link', 'set', 'tap0', 'nomaster');
    const portMissing = await topic.run();
    expect([portMissing.current, portMissing.steps[0]?.verdicts.map(({ rule }) => rule)]).toEqual(['look', expect.arrayContaining(['vpn-port'])]);
    expect((await topic.look()).verdict).toBe('unknown');
    between.atServer('link', 'set', 'tap0', 'master', 'br0');
    between.setClient('down');
    const silent = await topic.run();
    between.setClient('up');
    expect([silent.current, silent.steps[1]?.verdicts.map(({ rule }) => rule)]).toEqual(['count-before', expect.arrayContaining(['no-traffic'])]);
    between.forgetBridge();
    expect((await topic.run()).steps[0]?.verdicts.map(({ rule }) => rule)).toContain('no-bridge');
    expect((await topic.look()).verdict).toBe('not-affected');
    expect(interfacesNow()).toBe(interfaces);
  });
});
