/**
 * Multicasts across a VPN server: smcroute under systemd routes RTP of three codecs from a sender's network into a phone's, where the packets are
 * counted and read. The tunnel is a pair of veth.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codecs, parameters } from '../../../shared/topics/snom-vpn-multicast/parameters.ts';
import { packetTime, payloadBytes, rtpClock, toneCommand } from '../../../shared/topics/snom-vpn-multicast/tone.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['smcroute', 'ffmpeg', 'iproute2', 'iputils-ping'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`Multicasts across a VPN server are not tried: ${why}.`);

const setUp = `${passwordlessSudo}
# Debian finds these by its alternatives, which an unpacked package has none of.
printf '%s\\n' /usr/lib/*/blas /usr/lib/*/lapack >/etc/ld.so.conf.d/alternatives.conf; ldconfig
mkdir -p /srv /etc/openvpn
for name in sender phone; do printf '[Service]\\nPrivateNetwork=yes\\nExecStart=/bin/sleep infinity\\n' >/etc/systemd/system/$name.service; done
cat >/srv/receive.pl <<'END'
use IO::Socket::INET; use Socket qw(inet_aton IPPROTO_IP);
my ($seconds, $joins) = @ARGV;
my $s = IO::Socket::INET->new(Proto => 'udp', LocalPort => 5004, ReuseAddr => 1) or die;
setsockopt($s, IPPROTO_IP, 35, inet_aton('239.255.1.1') . inet_aton('10.8.0.2')) or die;
$SIG{ALRM} = sub { printf "received=%d types=%s bytes=%s steps=%s\\n", $n, join(',', sort keys %type), join(',', sort keys %bytes), join(',', sort keys %step); exit };
alarm $seconds;
while (recv $s, my $packet, 2048, 0) {
  my (undef, $type, undef, $stamp) = unpack 'CCnN', $packet;
  $n++; $type{$type & 127}++; $bytes{length($packet) - 12}++; $step{$stamp - $last}++ if $n > 1; $last = $stamp;
}
END
`;
const powerOn = `ip link del eth0 2>/dev/null; ip link del tun0 2>/dev/null
ip link add eth0 type veth peer name lan; ip link add tun0 type veth peer name vpn
ip address add 192.0.2.1/24 dev eth0; ip address add 10.8.0.1/24 dev tun0; ip link set eth0 up; ip link set tun0 up`;

describe.skipIf(why)('a VPN server between a sender and a phone', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages, boot: { units: ['sender.service', 'phone.service'], powerOn } });
    machine.know();
    machine.asRoot(`in_net() { pid=$(systemctl show -p MainPID --value $1.service); shift; nsenter -t "$pid" -n "$@"; }
for name in sender:lan:192.0.2.9 phone:vpn:10.8.0.2; do
  unit=\${name%%:*}; address=\${name##*:}; link=\${name#*:}; link=\${link%:*}
  ip link set "$link" netns "$(systemctl show -p MainPID --value $unit.service)"
  in_net $unit ip link set lo up; in_net $unit ip address add $address/24 dev "$link"; in_net $unit ip link set "$link" up
  in_net $unit ip route add 224.0.0.0/4 dev "$link"
done
in_net phone ip route add default via 10.8.0.1`);
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    topic = new RealTopic(machine, 'snom-vpn-multicast', {});
  });
  afterEach(async () => {
    machine.asRoot('pkill -x ffmpeg; true');
    await topic.end();
  });

  const inNet = (unit: string, command: string) => `nsenter -t "$(systemctl show -p MainPID --value ${unit}.service)" -n ${command}`;
  const values = parameters.parse({});
  /** Plays in the background, and goes on while a step counts. */
  const play = (codec: keyof typeof codecs, seconds: number, more = '') =>
    machine.asRoot(
      `${inNet('sender', `${toneCommand({ ...values, codec }, seconds).replace("?ttl=4'", `?ttl=4${more}'`)}`)} </dev/null >/srv/sdp 2>/srv/ffmpeg & sleep 1`,
    );
  /** What the phone's network gets of six seconds of a tone. */
  const hears = (codec: keyof typeof codecs) => {
    const said = machine.asRoot(`${inNet('phone', 'perl /srv/receive.pl 8')} >/srv/heard & heard=$!
sleep 1
${inNet('sender', toneCommand({ ...values, codec }, 6))} </dev/null >/srv/sdp 2>/srv/ffmpeg
wait $heard
cat /srv/heard`);
    return Object.fromEntries(
      said
        .trim()
        .split(' ')
        .map((part) => part.split('=') as [string, string]),
    );
  };

  it('routes nothing before, three codecs after, and nothing again once it was undone', { timeout: 600_000 }, async () => {
    expect(Number(hears('pcmu').received)).toBe(0);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    // Nobody answers a ping to a group here, as Linux does not; and the package is unpacked already.
    const state = await topic.run({ without: ['ask', 'package'], before: (stepId) => void (stepId === 'send' && play('g722', 60)) });
    expect(state.says, troublesOf(state)).toContain('Done');
    expect(state.steps.find(({ id }) => id === 'send')?.status).toBe('done');
    for (const codec of ['g722', 'pcmu', 'pcma'] as const) {
      machine.asRoot('pkill -x ffmpeg; sleep 1');
      const { received, types, bytes, steps } = hears(codec);
      expect(Number(received), codec).toBeGreaterThan(100);
      expect([types, bytes, steps], codec).toEqual([
        String(codecs[codec].payloadType),
        String(payloadBytes(codec)),
        String((packetTime(codec) / 1000) * rtpClock),
      ]);
    }
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(state);
    expect(undone.says, troublesOf(undone)).toContain('Send a test tone');
    expect(machine.asRoot('systemctl is-active smcroute.service; ls /etc/smcroute.conf 2>&1; true')).toMatch(/inactive[\s\S]*No such file/);
    expect(Number(hears('pcmu').received)).toBe(0);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is told apart where nothing is sent, and where the sender’s packets may not be routed', { timeout: 600_000 }, async () => {
    const without = ['ask', 'package'];
    let state = await topic.run({ without });
    const rules = () => state.steps.find(({ id }) => id === 'send')?.verdicts.map(({ rule }) => rule);
    expect([state.current, rules()], troublesOf(state)).toEqual(['send', expect.arrayContaining(['no-stream'])]);
    await topic.undo(state);
    machine.asRoot(`${inNet('sender', toneCommand({ ...values, codec: 'pcmu' }, 60).replace('ttl=4', 'ttl=1'))} </dev/null >/srv/sdp 2>/srv/ffmpeg & sleep 1`);
    state = await topic.run({ without });
    machine.asRoot('pkill -x ffmpeg; true');
    expect([state.current, rules()], troublesOf(state)).toEqual(['send', expect.arrayContaining(['not-routed'])]);
    await topic.undo(state);
  });
});
