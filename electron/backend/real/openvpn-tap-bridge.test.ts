/**
 * The bridge for real: a server whose uplink's virtual switch sends broadcasts back, so that its bridge learns wrongly. ARP
 * replies and neighbour solicitations really cross, or don't.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

const packages = ['tcpdump', 'ifupdown', 'libpcap0.8'];
const why = whyNoNetworks ?? whyNoMachineWithPackages(packages) ?? (spawnSync('perl', ['-e', '1']).status === 0 ? null : 'there is no perl');
if (why) console.log(`ARP across a bridge is not tried: ${why}.`);

const interfaces = 'auto br0\niface br0 inet manual\n    bridge_ports eth0\n';
/** A virtual switch in promiscuous mode: what is sent to all comes back to the server as well. Between two ends of wires in its own namespace. */
const reflector = `use Socket; my ($up, $down) = map { socket(my $s, 17, 3, 0x0300) or die "socket: $!";
  my $name = $_; open(my $index, "<", "/sys/class/net/$name/ifindex"); my $number = $ENV{"INDEX_$name"};
  bind($s, pack("S n i S C C x8", 17, 3, $number, 0, 0, 0)) or die "bind: $!"; $s } qw(sw0 sw1);
  print "ready\\n"; $| = 1;
  for (;;) { my $want = ""; vec($want, fileno($_), 1) = 1 for $up, $down; select($want, undef, undef, undef);
    for my $from ($up, $down) { next unless vec($want, fileno($from), 1);
      my $address = recv($from, my $frame, 9000, 0); my (undef, undef, undef, undef, $kind) = unpack("S n i S C C", $address); next if $kind == 4;
      if ($from == $up) { send($up, $frame, 0) if ord($frame) & 1; send($down, $frame, 0) } else { send($up, $frame, 0) } } }`;

describe.skipIf(why)('a tap bridge', () => {
  let networks: TwoNetworks;
  let machine: ScratchMachine;
  let topic: RealTopic;
  let hub: ChildProcess;
  const id = process.pid;
  const names = { vpn: `wb-vpn-${id}`, lan: `wb-lan-${id}`, hub: `wb-hub-${id}` };
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8' });
  const inside = (namespace: string, ...command: string[]) => spawnSync('ip', ['netns', 'exec', namespace, ...command], { encoding: 'utf8' });

  beforeAll(async () => {
    networks = new TwoNetworks();
    const { near } = networks;
    for (const name of Object.values(names)) ip('netns', 'add', name);
    ip('-n', near.namespace, 'link', 'add', 'tap0', 'type', 'veth', 'peer', 'name', 'e0', 'netns', names.vpn);
    ip('-n', near.namespace, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'sw0', 'netns', names.hub);
    ip('-n', names.hub, 'link', 'add', 'sw1', 'type', 'veth', 'peer', 'name', 'e0', 'netns', names.lan);
    for (const [name, address, address6] of [
      [names.vpn, '10.50.0.2/24', 'fd00:50::2/64'],
      [names.lan, '10.50.0.3/24', 'fd00:50::3/64'],
    ] as const) {
      ip('-n', name, 'address', 'add', address, 'dev', 'e0');
      ip('-n', name, 'address', 'add', address6, 'dev', 'e0', 'nodad');
      ip('-n', name, 'link', 'set', 'e0', 'up');
    }
    for (const port of ['sw0', 'sw1']) ip('-n', names.hub, 'link', 'set', port, 'up');
    const index = (port: string) => /^(\d+):/.exec(ip('-n', names.hub, '-o', 'link', 'show', port))?.[1] ?? '';
    hub = spawn('ip', ['netns', 'exec', names.hub, 'perl', '-e', reflector], {
      env: { ...process.env, INDEX_sw0: index('sw0'), INDEX_sw1: index('sw1') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    machine = await ScratchMachine.start(
      `${passwordlessSudo}\nuseradd -r -s /usr/sbin/nologin tcpdump\nmkdir -p /etc/network\ncat >/etc/network/interfaces <<'END'\n${interfaces}END`,
      [],
      {
        packages,
        at: near,
      },
    );
    machine.know();
  }, 120_000);
  afterAll(async () => {
    hub?.kill();
    await machine?.stop();
    for (const name of Object.values(names)) spawnSync('ip', ['netns', 'del', name]);
    networks?.remove();
  });

  beforeEach(() => {
    const { namespace } = networks.near;
    spawnSync('ip', ['-n', namespace, 'link', 'del', 'br0']);
    ip('-n', namespace, 'link', 'add', 'br0', 'type', 'bridge', 'ageing_time', '30000', 'mcast_snooping', '1');
    for (const port of ['tap0', 'eth0', 'br0']) ip('-n', namespace, 'link', 'set', port, 'up');
    for (const port of ['tap0', 'eth0']) ip('-n', namespace, 'link', 'set', port, 'master', 'br0');
    topic = new RealTopic(machine, 'openvpn-tap-bridge', { seconds: '6' });
  });
  afterEach(() => topic.end());

  const asks = (to: string) => `echo x >/dev/udp/${to}/9; sleep 0.4`;
  /** Whether a client that has forgotten everything finds the machine of the LAN. */
  function isAnswered(): boolean {
    inside(names.vpn, 'bash', '-c', `ip neigh flush all; ${asks('10.50.0.3')}; ${asks('10.50.0.3')}`);
    return /lladdr/.test(ip('-n', names.vpn, 'neigh', 'show', 'to', '10.50.0.3'));
  }
  /**
   * Meanwhile, as long as packets are counted: a client asks for a machine of the LAN, and that one for a neighbour that is not
   * there. (The answer of one that is there would teach the bridge the right thing for a while.)
   */
  const asking = (stepId: string) => {
    if (!stepId.startsWith('count')) return;
    const script = (to: string) => `sleep 1.5; for i in 1 2 3; do ip neigh flush all; ip -6 neigh flush all; ${asks(to)}; done`;
    spawn('ip', ['netns', 'exec', names.vpn, 'bash', '-c', script('10.50.0.3')], { stdio: 'ignore' });
    spawn('ip', ['netns', 'exec', names.lan, 'bash', '-c', script('fd00:50::99')], { stdio: 'ignore' });
  };
  const interfacesNow = () => machine.asRoot('cat /etc/network/interfaces');

  it('loses replies before, passes them on after, and loses them again when it is taken back', { timeout: 120_000 }, async () => {
    expect(isAnswered()).toBe(false);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run({ before: asking });
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    const facts = Object.fromEntries(state.facts.map(({ id: fact, value }) => [fact, Number(value)]));
    expect(facts['arp-in-before']).toBeGreaterThan(0);
    expect(facts['arp-out-before']).toBe(0);
    expect(facts['arp-out-after']).toBe(facts['arp-in-after']);
    expect(facts['ip6-out-after']).toBeGreaterThan(0);
    expect(isAnswered()).toBe(true);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(interfacesNow()).toBe(`${interfaces}    post-up ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0\n`);
    expect(machine.asRoot('ifquery --interfaces=/etc/network/interfaces br0')).toContain('up: ip link set dev br0 type bridge ageing_time 0 mcast_snooping 0');
    state = await topic.undo(state);
    expect(state.status).toBe('undone');
    expect(interfacesNow()).toBe(interfaces);
    expect(isAnswered()).toBe(false);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found out by the second count when the step is left out', { timeout: 120_000 }, async () => {
    const state = await topic.run({ without: ['ageing'], before: asking });
    expect([state.status, state.current]).toEqual(['failed', 'count-after']);
    expect(state.steps.at(-1)?.verdicts.map(({ rule }) => rule)).toContain('arp-still-lost');
    expect(isAnswered()).toBe(false);
    await topic.undo(state);
  });

  it('says what is wrong before anything is changed: another port, no bridge, nobody who pings', { timeout: 120_000 }, async () => {
    ip('-n', networks.near.namespace, 'link', 'set', 'tap0', 'nomaster');
    const portMissing = await topic.run();
    expect([portMissing.current, portMissing.steps[0]?.verdicts.map(({ rule }) => rule)]).toEqual(['look', expect.arrayContaining(['vpn-port'])]);
    expect((await topic.look()).verdict).toBe('unknown');
    ip('-n', networks.near.namespace, 'link', 'set', 'tap0', 'master', 'br0');
    ip('-n', names.vpn, 'link', 'set', 'e0', 'down');
    const silent = await topic.run();
    ip('-n', names.vpn, 'link', 'set', 'e0', 'up');
    expect([silent.current, silent.steps[1]?.verdicts.map(({ rule }) => rule)]).toEqual(['count-before', expect.arrayContaining(['no-traffic'])]);
    ip('-n', networks.near.namespace, 'link', 'del', 'br0');
    expect((await topic.run()).steps[0]?.verdicts.map(({ rule }) => rule)).toContain('no-bridge');
    expect((await topic.look()).verdict).toBe('not-affected');
    expect(interfacesNow()).toBe(interfaces);
  });
});
