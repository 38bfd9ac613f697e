/**
 * A server between a VPN and a LAN, whose virtual switch sends broadcasts back to it: its bridge learns wrongly. The server is to
 * stand in `networks.near`, where its ports are: tap0 to a client of the VPN, eth0 through the switch to a machine of the LAN.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

/** Why there can be none here; null where there can. */
export const whyNoReflectingSwitch: string | null = whyNoNetworks ?? (spawnSync('perl', ['-e', '1']).status === 0 ? null : 'there is no perl');

/** Between two ends of wires in its own namespace. What is sent to all comes back to the server as well. */
const reflector = `use Socket; my ($up, $down) = map { socket(my $s, 17, 3, 0x0300) or die "socket: $!";
  my $name = $_; open(my $index, "<", "/sys/class/net/$name/ifindex"); my $number = $ENV{"INDEX_$name"};
  bind($s, pack("S n i S C C x8", 17, 3, $number, 0, 0, 0)) or die "bind: $!"; $s } qw(sw0 sw1);
  print "ready\\n"; $| = 1;
  for (;;) { my $want = ""; vec($want, fileno($_), 1) = 1 for $up, $down; select($want, undef, undef, undef);
    for my $from ($up, $down) { next unless vec($want, fileno($from), 1);
      my $address = recv($from, my $frame, 9000, 0); my (undef, undef, undef, undef, $kind) = unpack("S n i S C C", $address); next if $kind == 4;
      if ($from == $up) { send($up, $frame, 0) if ord($frame) & 1; send($down, $frame, 0) } else { send($up, $frame, 0) } } }`;

export class ReflectingSwitch {
  readonly networks = new TwoNetworks();
  private readonly names: Record<'vpn' | 'lan' | 'hub', string>;
  private readonly hub: ChildProcess;

  constructor() {
    const id = process.pid;
    this.names = { vpn: `wb-vpn-${id}`, lan: `wb-lan-${id}`, hub: `wb-hub-${id}` };
    const { names } = this;
    const { namespace } = this.networks.near;
    for (const name of Object.values(names)) ip('netns', 'add', name);
    ip('-n', namespace, 'link', 'add', 'tap0', 'type', 'veth', 'peer', 'name', 'e0', 'netns', names.vpn);
    ip('-n', namespace, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'sw0', 'netns', names.hub);
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
    this.hub = spawn('ip', ['netns', 'exec', names.hub, 'perl', '-e', reflector], {
      env: { ...process.env, INDEX_sw0: index('sw0'), INDEX_sw1: index('sw1') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** `ip` in the server's network; prints what it prints. */
  atServer(...args: readonly string[]): string {
    return ip('-n', this.networks.near.namespace, ...args);
  }

  /** A bridge as Debian makes them, of both ports. */
  makeBridge(): void {
    this.forgetBridge();
    this.atServer('link', 'add', 'br0', 'type', 'bridge', 'ageing_time', '30000', 'mcast_snooping', '1');
    for (const port of ['tap0', 'eth0', 'br0']) this.atServer('link', 'set', port, 'up');
    for (const port of ['tap0', 'eth0']) this.atServer('link', 'set', port, 'master', 'br0');
  }
  forgetBridge(): void {
    spawnSync('ip', ['-n', this.networks.near.namespace, 'link', 'del', 'br0']);
  }
  setClient(to: 'up' | 'down'): void {
    ip('-n', this.names.vpn, 'link', 'set', 'e0', to);
  }

  /** Whether a client that has forgotten everything finds the machine of the LAN. */
  isAnswered(): boolean {
    const { vpn } = this.names;
    spawnSync('ip', ['netns', 'exec', vpn, 'bash', '-c', `ip neigh flush all; ${asks('10.50.0.3')}; ${asks('10.50.0.3')}`]);
    return /lladdr/.test(ip('-n', vpn, 'neigh', 'show', 'to', '10.50.0.3'));
  }

  /**
   * Meanwhile, as long as a step counts packets: a client asks for a machine of the LAN, and that one for a neighbour that is not
   * there. (The answer of one that is there would teach the bridge the right thing for a while.)
   */
  readonly asking = (stepId: string): void => {
    if (!stepId.startsWith('count')) return;
    const script = (to: string) => `sleep 1.5; for i in 1 2 3; do ip neigh flush all; ip -6 neigh flush all; ${asks(to)}; done`;
    spawn('ip', ['netns', 'exec', this.names.vpn, 'bash', '-c', script('10.50.0.3')], { stdio: 'ignore' });
    spawn('ip', ['netns', 'exec', this.names.lan, 'bash', '-c', script('fd00:50::99')], { stdio: 'ignore' });
  };

  remove(): void {
    this.hub.kill();
    for (const name of Object.values(this.names)) spawnSync('ip', ['netns', 'del', name]);
    this.networks.remove();
  }
}

const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const asks = (to: string) => `echo x >/dev/udp/${to}/9; sleep 0.4`;
