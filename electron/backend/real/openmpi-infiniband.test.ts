/**
 * A node with Debian's mlx4_core on its disk and in its initramfs, Open MPI, environment modules, dracut and initramfs-tools. No card and no
 * module of OFED's: a copy of Debian's driver in which one option has the name log_num_mtt, and its folder in /sys, stand in for them.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cloudKernel } from './cloud-kernel.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = [
  'openmpi-bin',

  'initramfs-tools-core',
  'dracut-core',
  'environment-modules',
  'kmod',
  cloudKernel ?? 'linux-image-cloud-amd64',
];
const why = cloudKernel === null ? 'there is no kernel package for it' : whyNoMachineWithPackages(packages);
if (why) console.log(`A node with InfiniBand’s driver is not tried: ${why}.`);

const modules = '/usr/share/modules/modulefiles';
const setUp = `${passwordlessSudo}
kernel=$(uname -r)
ln -s "$(ls /lib/modules | grep cloud)" "/lib/modules/$kernel"
depmod "$kernel"
driver=$(modinfo -n mlx4_core)
cp "$driver" /srv/debians.ko
sed 's/log_num_mac/log_num_mtt/' /srv/debians.ko >/srv/ofeds.ko
cp /srv/ofeds.ko "$driver"
ln -s "$driver" /srv/driver
mkdir -p /sys/module/mlx4_core/parameters /sys/class/infiniband/mlx4_0
echo 0 >/sys/module/mlx4_core/parameters/log_num_mtt
echo 3 >/sys/module/mlx4_core/parameters/log_mtts_per_seg
for name in rocks-openmpi rocks-openmpi_ib; do printf '#%%Module1.0\\nsetenv MPI %s\\n' "$name" >${modules}/$name; done
printf 'module add rocks-openmpi\\n' >/etc/profile.d/rocks-hpc.sh
printf 'module add rocks-openmpi\\n' >/etc/profile.d/rocks-hpc.csh
printf '%s\\n' 'dracutmodules+=" kernel-modules "' 'compress="cat"' 'do_strip="no"' 'do_hardlink="no"' 'early_microcode="no"' 'drivers="mlx4_core"' >/etc/dracut.conf.d/small.conf
sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=gzip/' /etc/initramfs-tools/initramfs.conf
echo mlx4_core >/etc/initramfs-tools/modules
cp /boot/config-*cloud* "/boot/config-$kernel"
dracut -f "/boot/initramfs-$kernel.img" "$kernel" >/dev/null 2>&1
mkinitramfs -o "/boot/initrd.img-$kernel" "$kernel" 2>/dev/null
`;

describe.skipIf(why)('a node with InfiniBand', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
    machine.know();
  }, 600_000);
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());

  const memory = () => Number(machine.asRoot("awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo"));
  const params = '/etc/openmpi/openmpi-mca-params.conf';
  const usual = { registerable: '1024', params, cluster: 'rocks', reboot: 'later' };
  const begin = (more: Record<string, string> = {}) => {
    topic = new RealTopic(machine, 'openmpi-infiniband', { ...usual, ...more });
    return topic;
  };
  const rulesOf = ({ steps, current }: Awaited<ReturnType<RealTopic['run']>>) =>
    steps
      .find(({ id }) => id === current)
      ?.verdicts.filter(({ kind }) => kind === 'failure')
      .map(({ rule }) => rule);
  const inImage = {
    dracut: () => machine.asRoot('lsinitrd /boot/initramfs-$(uname -r).img etc/modprobe.d/mlx4.conf').trim(),
    // What is listed, and what is in it.
    'initramfs-tools': () =>
      machine.asRoot(
        'lsinitramfs /boot/initrd.img-$(uname -r) | grep -c etc/modprobe.d/mlx4.conf || true; rm -rf /tmp/i; unmkinitramfs /boot/initrd.img-$(uname -r) /tmp/i; find /tmp/i -name mlx4.conf -exec cat {} +',
      ),
  };
  const btl = () => /param:btl:value:(.*)/.exec(machine.asRoot("ompi_info -a --parsable 2>/dev/null | grep '^mca:btl:base:param:btl:value'"))?.[1];
  const loads = () => machine.asRoot("bash -l -c 'module list' 2>&1 </dev/null | grep -o 'rocks-[a-z_]*' || true").trim();
  const all = () =>
    machine.asRoot(
      'cd / && cksum etc/openmpi/* etc/profile.d/* etc/dracut.conf.d/* boot/init*; find etc/modprobe.d var/lib/wrenchbook -type f 2>/dev/null | grep -v backups || true',
    );

  it.each(['dracut', 'initramfs-tools'] as const)(
    'has its option in the image that %s makes, and all as before once that was undone',
    { timeout: 600_000 },
    async (initramfs) => {
      begin({ initramfs });
      const before = all();
      expect([btl(), loads()]).toEqual(['^uct,openib,ofi', 'rocks-openmpi']);
      expect(await topic.look()).toMatchObject({ verdict: 'affected' });
      const done = await topic.run();
      expect(done.says, troublesOf(done)).toBe('Done and verified.');
      const log = Math.max(20, Math.ceil(Math.log2((2 * memory() * 2 ** 20) / 8 / 4096)));
      expect(inImage[initramfs]()).toMatch(new RegExp(`${initramfs === 'dracut' ? '' : '^1\n'}options mlx4_core log_num_mtt=${log}`));
      expect(machine.asRoot('modprobe --show-depends mlx4_core')).toContain(`mlx4_core.ko log_num_mtt=${log}`);
      expect([btl(), loads()]).toEqual(['^uct,openib,ofi,udapl', 'rocks-openmpi_ib']);
      expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
      const undone = await topic.undo(done);
      expect(undone.status, troublesOf(undone)).toBe('undone');
      expect(all()).toBe(before);
      expect([btl(), loads()]).toEqual(['^uct,openib,ofi', 'rocks-openmpi']);
      expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    },
  );

  it('is found not to have it in dracut’s image when the file was not named to dracut', { timeout: 600_000 }, async () => {
    const state = await begin({ initramfs: 'dracut' }).run({ without: ['dracut-conf'] });
    expect([state.status, state.current, rulesOf(state)], troublesOf(state)).toEqual(['failed', 'initramfs', ['in-image']]);
    await topic.undo(state);
  });

  it('keeps its option out of a driver that does not know it', { timeout: 600_000 }, async () => {
    machine.asRoot('cp /srv/debians.ko "$(readlink /srv/driver)"');
    const state = await begin().run();
    expect([state.status, state.current, rulesOf(state)], troublesOf(state)).toEqual(['failed', 'look', ['not-needed']]);
    expect((await topic.look()).proposes).toContainEqual(expect.objectContaining({ field: 'table', value: 'leave' }));
    machine.asRoot('cp /srv/ofeds.ko "$(readlink /srv/driver)"');
  });

  it('has a broken Open MPI and a login without its module after the source’s commands', { timeout: 600_000 }, () => {
    const kept = machine.asRoot(`cat ${params}`);
    machine.asRoot(
      `echo 'btl = ^udapl' >>${params}; for time in 1 2; do sed -i 's/add rocks-openmpi/add rocks-openmpi_ib/g' /etc/profile.d/rocks-hpc.*sh; done`,
    );
    expect(machine.asRoot('ompi_info -a --parsable 2>&1 || true')).toContain('can only take a single negation operator');
    expect(machine.asRoot("bash -l -c 'module list' 2>&1 </dev/null || true")).toContain("Unable to locate a modulefile for 'rocks-openmpi_ib_ib'");
    writeFileSync(`${machine.root}${params}`, kept);
  });
});
