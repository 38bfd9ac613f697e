/**
 * A server that boots with systemd, udev and ifupdown, and whose network card gets its driver once udev runs. The old rule lets udev run
 * ifup; its slow up line is ended with it. Rebooted by the run itself.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';

const packages = ['ifupdown', 'udev', 'iproute2'];
const why = whyNoMachineThatBoots(packages);
if (why) console.log(`An old udev rule beside ifupdown is not tried: ${why}.`);

const rule = '/etc/udev/rules.d/85-ifupdown.rules';
const start = '/sbin/start-stop-daemon --start --background --pidfile /run/network/bogus --startas /sbin/ifup';
const interfaces = (way: string) => `${way} eth0\\niface eth0 inet static\\n    address 198.18.0.1/24\\n    up sleep 6; ip route add 198.18.9.0/24 dev eth0\\n`;
// udev does not run where /sys is read-only; in this machine it has its own /dev, and nothing else to change.
const setUp = `${passwordlessSudo}
mkdir -p /etc/network /etc/udev/rules.d /etc/systemd/system/systemd-udevd.service.d
printf '[Unit]\\nConditionPathIsReadWrite=\\n' >/etc/systemd/system/systemd-udevd.service.d/scratch.conf
cat >/etc/systemd/system/driver.service <<'END'
[Unit]
DefaultDependencies=no
After=systemd-udevd.service
Before=networking.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c "mkdir -p /run/network; ip link add eth0 type veth peer name p0; ip link set p0 up; sleep 1"
END
# Debian's own, but for the device that it waits for: systemd knows no devices where /sys is read-only. udev is done with it after a second.
sed '/^BindsTo=/d; /^After=sys-subsystem/d; s/^ExecStart=/ExecStartPre=sleep 1\\n&/' /lib/systemd/system/ifup@.service >/etc/systemd/system/ifup@.service
`;
// Its network outlives the boot, and the kernel would give the same boot id to each.
const powerOn = `ip link del eth0 2>/dev/null
cat /proc/sys/kernel/random/uuid >/etc/boot-id
mount --bind /etc/boot-id /proc/sys/kernel/random/boot_id`;

describe.skipIf(why)('an old udev rule on a server that boots', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], {
      packages,
      boot: { units: ['systemd-udevd.service', 'driver.service', 'networking.service'], powerOn },
    });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  beforeEach(() => {
    topic = new RealTopic(machine, 'ifupdown-udev-rule', { route: '198.18.9.0/24' });
  });
  afterEach(() => topic.end());

  const bringUpBy = (way: string, allow: string) => {
    machine.asRoot(`printf '${interfaces(way)}' >/etc/network/interfaces
printf 'SUBSYSTEM!="net", GOTO="end"\\nACTION=="add", RUN+="${start} -- --allow ${allow} $env{INTERFACE}"\\nLABEL="end"\\n' >${rule}
chmod 640 ${rule}; touch -d 2008-04-24 ${rule}`);
  };
  /** What ifup says in this boot, once it has had time for its up line, and whether the up line's route is there. */
  const seenSinceBoot = () => {
    const said = machine.asRoot("journalctl -b --no-pager -o cat | grep -o 'ifup: .*' || true").trim();
    return [said, machine.asRoot('ip route show 198.18.9.0/24').trim()];
  };
  /** What is there once the machine has come to rest; a busy one takes longer to have said what it says. */
  const expectAfterBoot = async (said: unknown, route: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, 9000));
    await expect.poll(seenSinceBoot, { timeout: 60_000, interval: 1000 }).toEqual([said, route]);
  };
  const found = () => machine.asRoot(`stat -c '%n %a %y' /etc/udev/rules.d/85* /var/lib/wrenchbook/moved/*/it 2>/dev/null || true`).trim();

  it('loses its up line, keeps it over the reboot of the run, and loses it again once that was undone', { timeout: 600_000 }, async () => {
    bringUpBy('allow-hotplug', 'hotplug');
    await machine.restart();
    await expectAfterBoot(expect.stringContaining('ifup: interface eth0 already configured'), '');
    const before = found();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    await expectAfterBoot('', expect.stringMatching(/^198\.18\.9\.0\/24 /));
    expect(found()).toBe(before.replace(rule, '/var/lib/wrenchbook/moved/etc-udev-rules.d-85-ifupdown.rules.1/it'));
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.says, troublesOf(undone)).toMatch(/undone/i);
    expect(found()).toBe(before);
    await machine.restart();
    await expectAfterBoot(expect.stringContaining('already configured'), '');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('is found to be there still when the rule was not moved', { timeout: 600_000 }, async () => {
    const state = await topic.run({ without: ['move'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'after']);
    const rules = state.steps
      .at(-1)
      ?.verdicts.filter(({ kind }) => kind === 'failure')
      .map((one) => one.rule);
    expect(rules).toContain('still-twice');
  });

  it('loses the up line of an auto interface, too, where ifup only says that it waits', { timeout: 600_000 }, async () => {
    bringUpBy('auto', 'auto');
    // Who comes first is a race here, as on the servers that have this trouble: on a busy machine it may take more than one boot.
    const waits = () => seenSinceBoot()[0]?.includes('waiting for lock on /run/network/ifstate.eth0');
    for (let boots = 0; boots < 5 && (boots === 0 || !waits()); boots += 1) {
      await machine.restart();
      await new Promise((resolve) => setTimeout(resolve, 9000));
    }
    await expect.poll(seenSinceBoot).toEqual([expect.stringContaining('waiting for lock on /run/network/ifstate.eth0'), '']);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });
});
