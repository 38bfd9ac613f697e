/**
 * A server whose kernel makes both kinds of stable address, from a router’s real announcements: Linux with addr_gen_mode. It is restarted by
 * the run itself, and a job at its start reads /etc/sysctl.conf as a Mac’s kernel does. The programs of a Mac stand in front; no Mac is here.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['radvd', 'iproute2', 'iputils-ping'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`Addresses from a router’s announcements are not tried: ${why}.`);

const tools = {
  sw_vers: `if [ "$1" = -productVersion ]; then echo 10.12.6; else printf 'ProductName:\\tMac OS X\\nProductVersion:\\t10.12.6\\n'; fi`,
  sysctl: `printf 'net.inet6.send.opmode: %s\\n' "$(cat /run/opmode)"`,
  shutdown: 'exec systemctl reboot',
  // What the kernel says of each address, in ifconfig’s form.
  ifconfig: `printf 'en0: flags=8863<UP,RUNNING> mtu 1500\\n\\tether %s \\n' "$(cat /sys/class/net/en0/address)"
ip -6 -o address show dev en0 | awk '{
  split($4, a, "/"); print "\\tinet6 " a[1] ($6 == "link" ? "%en0" : "") " prefixlen " a[2] (/dadfailed/ ? " duplicated" : / tentative/ ? " tentative" : "") \\
    (/ dynamic/ ? " autoconf" : "") (/ temporary/ ? " temporary" : "") (/stable-privacy/ ? " secured" : "") ($6 == "link" ? " scopeid 0x4" : "") " " }'`,
  networksetup: `case $1 in
-listnetworkserviceorder) printf '%s\\n' '(1) Ethernet' '(Hardware Port: Ethernet, Device: en0)' ;;
-listallhardwareports) printf '%s\\n' 'Hardware Port: Ethernet' 'Device: en0' 'Ethernet Address: 10:dd:b1:9f:6b:ba' ;;
-getinfo) printf 'IPv6: %s\\n' "$(cat /srv/mode)" ;;
-setv6manual) echo Manual >/srv/mode; ip link set en0 addrgenmode none; ip -6 address flush dev en0 scope global; ip -6 address add "$3/$4" dev en0 ;;
-setv6automatic) echo Automatic >/srv/mode; systemctl restart addresses.service ;;
esac`,
  netstat: `ip -6 route show default dev en0 | awk '{ print "default " $3 "%en0 UGc en0"; exit }'`,
  // A Mac’s is setuid.
  ping6: 'exec sudo ping -6 -c 3 -i 0.2 -W 2 -I "$4" "$5"',
};
const setUp = `${passwordlessSudo}
rm -f /etc/sysctl.conf
echo Automatic >/srv/mode
${Object.entries(tools)
  .map(([name, text]) => `cat >/usr/local/bin/${name} <<'END'\n#!/bin/sh\n${text}\nEND\nchmod 755 /usr/local/bin/${name}\n`)
  .join('')}
printf '%s\\n' 'interface r0 { AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; prefix 2001:db8:2:4a::/64 { AdvOnLink on; AdvAutonomous on; }; };' >/etc/radvd.conf
cat >/srv/addresses <<'END'
opmode=$(sed -n 's/^net\\.inet6\\.send\\.opmode=//p' /etc/sysctl.conf 2>/dev/null | tail -n 1)
echo "\${opmode:-1}" >/run/opmode
case $opmode in 0) way=eui64 ;; *) way=random ;; esac
ip link set en0 down
ip link set en0 addrgenmode $way
ip link set en0 up
END
cat >/etc/systemd/system/addresses.service <<'END'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh /srv/addresses
END
cat >/etc/systemd/system/router.service <<'END'
[Unit]
DefaultDependencies=no
After=addresses.service
[Service]
ExecStart=/sbin/ip netns exec lan radvd -n -m stderr -p /run/radvd.pid
END
`;
// Its network outlives the boot, and the kernel would give the same boot id to each.
const powerOn = `ip link del en0 2>/dev/null
cat /proc/sys/kernel/random/uuid >/etc/boot-id
mount --bind /etc/boot-id /proc/sys/kernel/random/boot_id
ip netns add lan
ip link add en0 address 10:dd:b1:9f:6b:ba type veth peer name r0
ip link set r0 netns lan
ip -n lan link set r0 addrgenmode none
ip -n lan link set r0 up
ip -n lan address add fe80::1/64 dev r0 nodad
ip -n lan address add 2001:db8:2:4a::1/64 dev r0 nodad`;

describe.skipIf(why)('a server whose addresses are secured ones', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages, boot: { units: ['addresses.service', 'router.service'], powerOn } });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'ipv6-secured-macos', { name: 'mac.example.org', ...more });
  };
  /** Waits for the router’s announcement, and for the kernel’s check for duplicates. */
  const addressed = () =>
    machine.asRoot(`n=0; until ip -6 address show dev en0 scope global -tentative 2>/dev/null | grep -q inet6 || [ $n -ge 100 ]; do sleep 0.1; n=$((n + 1)); done
ip -6 -o address show dev en0 scope global | awk '{ print $4 }'`);
  /** Whether somebody else in the network gets an answer from this address. */
  const answers = (address: string) => machine.asRoot(`ip netns exec lan ping -6 -c 1 -W 2 ${address} >/dev/null 2>&1 && echo yes || echo no`).trim();
  const eui64 = '2001:db8:2:4a:12dd:b1ff:fe9f:6bba';

  it('has the one from its MAC address after the run and its restart, and a secured one again when that is undone and it restarts', {
    timeout: 600_000,
  }, async () => {
    expect(addressed()).not.toContain(eui64);
    expect(answers(eui64)).toBe('no');
    begin();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const left = await topic.run({ without: ['turn-off'] });
    expect([left.status, left.current], troublesOf(left)).toEqual(['failed', 'after']);
    await topic.runs.api.runs.leave({ runId: left.runId });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(done.facts.find(({ id }) => id === 'stable')?.value).toBe(eui64);
    expect(topic.runs.shown).toContain(`mac.example.org. IN AAAA ${eui64}`);
    expect(answers(eui64)).toBe('yes');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(machine.asRoot('ls /etc/sysctl.conf 2>&1 || :'), troublesOf(undone)).toContain('No such file');
    await machine.restart();
    expect(addressed()).not.toContain(eui64);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('has a fixed one after the run, finds out one that is taken, and has its own again when that is undone', { timeout: 600_000 }, async () => {
    begin({ way: 'fixed', address: '2001:db8:2:4a::1', router: 'fe80::1' });
    const taken = await topic.run();
    expect([taken.status, taken.current], troublesOf(taken)).toEqual(['failed', 'set-address']);
    expect(taken.steps.find(({ id }) => id === 'set-address')?.verdicts.map(({ rule }) => rule)).toContain('taken');
    await topic.undo(taken);
    addressed();
    await topic.end();
    begin({ way: 'fixed', address: '2001:db8:2:4a::10', router: 'fe80::1' });
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(answers('2001:db8:2:4a::10')).toBe('yes');
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    addressed();
    expect(answers('2001:db8:2:4a::10')).toBe('no');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });
});
