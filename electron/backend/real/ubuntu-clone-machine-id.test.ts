/** Two machines with one machine id and two MAC addresses, and a DHCP server that gives out addresses by what they call themselves. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const serverPackages = ['isc-dhcp-server', 'iproute2'];
const why = whyNoMachineWithPackages(serverPackages) ?? whyNoMachineThatBoots();
if (why) console.log(`Two clones that ask for an address are not tried: ${why}.`);

const id = '5e1f0c7ab2d94e63a8b7c6d5e4f30921';
const fingerprint = createHash('sha256').update(`${id}\n`).digest('hex').slice(0, 12);
// Without udev, the number of the interface has to be given; udev would make it the same on equal hardware.
const setUp = `${passwordlessSudo}
echo ${id} >/srv/id
mkdir -p /etc/systemd/network /var/lib/dbus
rm -f /var/lib/dbus/machine-id
cp /srv/id /var/lib/dbus/machine-id
printf '[Match]\\nName=eth0\\n[Network]\\nDHCP=ipv4\\nLinkLocalAddressing=no\\n[DHCPv4]\\nIAID=1\\n' >/etc/systemd/network/10-eth0.network
`;
const powerOn = '[ -s /etc/machine-id ] || cp /srv/id /etc/machine-id\nip address flush dev eth0 2>/dev/null';

describe.skipIf(why)('a clone beside its original', () => {
  let server: ScratchMachine;
  let original: ScratchMachine;
  let clone: ScratchMachine;
  let topic: RealTopic;

  const pidOf = (machine: ScratchMachine) => path.basename(path.dirname(machine.root));
  const start = () => ScratchMachine.start(setUp, [], { boot: { units: ['systemd-networkd.service'], powerOn } });
  beforeAll(async () => {
    server = await ScratchMachine.start('', [], { packages: serverPackages });
    server.asRoot(`ip link add br0 type bridge; ip link set br0 up; ip address add 198.18.0.1/24 dev br0
mkdir -p /var/lib/dhcp; : >/var/lib/dhcp/dhcpd.leases
printf 'authoritative;\\nsubnet 198.18.0.0 netmask 255.255.255.0 { range 198.18.0.100 198.18.0.150; }\\n' >/etc/dhcpd.conf`);
    [original, clone] = await Promise.all([start(), start()]);
    clone.know();
    for (const [port, machine] of Object.entries({ original, clone })) {
      execFileSync('ip', ['link', 'add', 'eth0', 'netns', pidOf(machine), 'type', 'veth', 'peer', 'name', port, 'netns', pidOf(server)]);
      server.asRoot(`ip link set ${port} master br0 up`);
    }
    server.asRoot('dhcpd -4 -q -cf /etc/dhcpd.conf -lf /var/lib/dhcp/dhcpd.leases -pf /run/dhcpd.pid br0 >/dev/null 2>&1');
  }, 600_000);
  afterAll(async () => {
    for (const machine of [clone, original, server]) await machine?.stop();
  });
  afterEach(() => topic?.end());

  /** The address that a machine has got from the server, once it has one. */
  const address = async (machine: ScratchMachine) => {
    for (let tries = 0; tries < 60; tries += 1) {
      const [, found] = /inet (198\.18\.0\.\d+)/.exec(machine.asRoot('ip -4 -o address show dev eth0')) ?? [];
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return 'none';
  };
  const mac = (machine: ScratchMachine) => machine.asRoot('cat /sys/class/net/eth0/address').trim();
  const begin = () => {
    topic = new RealTopic(clone, 'ubuntu-clone-machine-id', { original: fingerprint, dbus: 'copy' });
    return topic;
  };

  it('gets the address of its original, another one with its own id, and the same again once that was undone', { timeout: 600_000 }, async () => {
    expect(mac(clone)).not.toBe(mac(original));
    expect(await address(clone)).toBe(await address(original));
    expect(await begin().look()).toMatchObject({ verdict: 'affected', proposes: [] });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(clone.asRoot('cat /etc/machine-id; stat -c %a /etc/machine-id; readlink /var/lib/dbus/machine-id')).toMatch(
      /^(?!5e1f)[0-9a-f]{32}\n444\n\/etc\/machine-id\n$/,
    );
    await clone.restart();
    const own = await address(clone);
    expect([own, own === (await address(original))]).toEqual([expect.stringMatching(/^198\.18\.0\.1\d\d$/), false]);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(clone.asRoot('cat /etc/machine-id /var/lib/dbus/machine-id')).toBe(`${id}\n${id}\n`);
    await clone.restart();
    expect(await address(clone)).toBe(await address(original));
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('has the old id again where D-Bus’s copy was left, and where the old id was', { timeout: 600_000 }, async () => {
    const withCopy = await begin().run({ without: ['dbus'] });
    expect([withCopy.status, withCopy.current], troublesOf(withCopy)).toEqual(['failed', 'create']);
    expect(withCopy.steps.find((step) => step.id === 'create')?.verdicts.map(({ rule }) => rule)).toContain('from-dbus');
    await topic.undo(withCopy);
    expect(clone.asRoot('cat /etc/machine-id')).toBe(`${id}\n`);
    await topic.end();
    const kept = await begin().run({ without: ['old'] });
    expect([kept.status, kept.current], troublesOf(kept)).toEqual(['failed', 'create']);
    await topic.undo(kept);
  });

  it('is not cured by other SSH host keys, which are only duplicates too', { timeout: 600_000 }, async () => {
    clone.asRoot('rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key; systemctl restart systemd-networkd');
    expect(await address(clone)).toBe(await address(original));
  });
});
