/**
 * A DHCP server that systemd starts at boot, on a machine whose interface gets its address five seconds after that start has failed; and a
 * client in another network namespace that asks it for an address.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['isc-dhcp-server', 'isc-dhcp-client', 'iproute2'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`A DHCP server whose interface comes late is not tried: ${why}.`);

const setUp = `${passwordlessSudo}
mkdir -p /etc/dhcp /var/lib/dhcp
: >/var/lib/dhcp/dhcpd.leases
printf 'authoritative;\\nsubnet 198.18.0.0 netmask 255.255.255.0 { range 198.18.0.100 198.18.0.110; }\\n' >/etc/dhcp/dhcpd.conf
printf 'INTERFACESv4="served"\\nINTERFACESv6=""\\n' >/etc/default/isc-dhcp-server
printf '[Unit]\\nAfter=isc-dhcp-server.service\\n[Service]\\nExecStart=/bin/sh -c "sleep 5; ip address add 198.18.0.1/24 dev served; exec sleep infinity"\\n' >/etc/systemd/system/late-address.service
printf '[Service]\\nPrivateNetwork=yes\\nExecStart=/bin/sleep infinity\\n' >/etc/systemd/system/client.service
`;
const powerOn = 'ip link del served 2>/dev/null; ip link add served type veth peer name asking; ip link set served up';

describe.skipIf(why)('a DHCP server on a machine that boots', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], {
      packages,
      boot: { units: ['isc-dhcp-server.service', 'late-address.service', 'client.service'], powerOn },
    });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    topic = new RealTopic(machine, 'isc-dhcp-boot-retry', { seconds: '5' });
  });
  afterEach(() => topic.end());

  /** What a client that asks gets; empty where nobody answers. */
  const lease = (): string => {
    const said = machine.asRoot(`client=$(systemctl show -p MainPID --value client.service)
ip link set asking netns "$client" 2>/dev/null
nsenter -t "$client" -n ip link set asking up
nsenter -t "$client" -n timeout 8 dhclient -4 -1 -v -sf /bin/true -lf /tmp/leases -pf /tmp/dhclient.pid asking >/tmp/said 2>&1
kill "$(cat /tmp/dhclient.pid 2>/dev/null)" 2>/dev/null
rm -f /tmp/leases
cat /tmp/said`);
    return /bound to (\S+)/.exec(said)?.[1] ?? '';
  };
  const show = (property: string) => machine.asRoot(`systemctl show -p ${property} --value isc-dhcp-server.service`).trim();
  const waitFor = async (seconds: number, there: () => boolean) => {
    for (let tries = 0; tries < seconds * 2 && !there(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 500));
  };
  /** Waits until the interface has its address and more than one retry would have been due. */
  const settled = async () => {
    await waitFor(30, () => machine.asRoot('ip -4 address show dev served').includes('198.18.0.1'));
    await waitFor(20, () => show('ActiveState') === 'active');
  };
  const boot = async () => {
    await machine.restart();
    await settled();
  };

  it('is down after a boot, also one that follows a start by hand, comes up by itself with the drop-in, and is down once that was undone', {
    timeout: 600_000,
  }, async () => {
    await settled();
    expect([show('ActiveState'), lease()]).toEqual(['failed', '']);
    const started = await topic.run({ without: ['drop-in'] });
    expect([started.status, show('ActiveState')], troublesOf(started)).toEqual(['done', 'active']);
    expect(lease()).not.toBe('');
    await boot();
    expect([show('ActiveState'), lease()]).toEqual(['failed', '']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(machine.asRoot('stat -c %a:%U /etc/systemd/system/isc-dhcp-server.service.d').trim()).toBe('755:root');
    expect(lease()).toMatch(/^198\.18\.0\.1\d\d$/);
    await boot();
    expect(show('ActiveState')).toBe('active');
    expect(Number(show('NRestarts'))).toBeGreaterThan(0);
    expect(lease()).toMatch(/^198\.18\.0\.1\d\d$/);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(machine.asRoot('ls /etc/systemd/system')).not.toContain('isc-dhcp-server');
    await boot();
    expect([show('ActiveState'), lease()]).toEqual(['failed', '']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });
});
