/**
 * A server in QEMU with /boot on an array of mdadm's, on which GRUB was installed for its first disk alone; and machines that have only one
 * of these disks each, which are started to GRUB's menu and the kernel's first line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { RaidServer, whyNoRaidServer } from './raid-server.test-kit.ts';
import { RealTopic, troublesOf } from './real-topic.test-kit.ts';

if (whyNoRaidServer) console.log(`GRUB on software RAID is not tried: ${whyNoRaidServer}.`);
const isWhole = inject('soak');
if (!whyNoRaidServer && !isWhole)
  console.log('GRUB on software RAID: only RAID 1 with metadata 1.2 on a BIOS is tried. The other six kinds take minutes: npm run soak -- grub-software-raid.');

interface Kind {
  level: 1 | 10;
  metadata: '0.90' | '1.0' | '1.2';
  firmware: 'bios' | 'uefi';
}
const place = { bios: 'size=2048, type=21686148-6449-6E6F-744E-656564454649', uefi: 'size=131072, type=U' };

/** RAID 1 on a BIOS has old partition tables, the others GPT. */
const setUp = ({ level, metadata, firmware }: Kind) => {
  const isOld = level === 1 && firmware === 'bios';
  const part = isOld ? 1 : 2;
  return `for disk in vda vdb; do
  printf '${isOld ? 'label: dos\\nstart=2048, type=fd\\n' : `label: gpt\\nstart=2048, ${place[firmware]}\\ntype=R\\n`}' | sfdisk -q /dev/$disk
done
${firmware === 'uefi' ? '/bin/mkfs.fat -F 32 /dev/vda1 >/dev/null; /bin/mkfs.fat -F 32 /dev/vdb1 >/dev/null' : ''}
mdadm --create /dev/md0 --run --assume-clean --level=${level} --raid-devices=2 --metadata=${metadata} /dev/vda${part} /dev/vdb${part} 2>/dev/null
/bin/mke2fs -q -t ext4 /dev/md0
mount /dev/md0 /boot
cat /kernel >/boot/vmlinuz
${
  firmware === 'uefi'
    ? 'mkdir -p /boot/efi; mount -t vfat /dev/vda1 /boot/efi; grub-install --target=x86_64-efi --efi-directory=/boot/efi --removable --no-nvram 2>/dev/null'
    : 'grub-install --target=i386-pc /dev/vda 2>/dev/null'
}
printf 'serial\\nterminal_output serial\\nset timeout=1\\nmenuentry Start { linux /vmlinuz console=ttyS0 panic=1 }\\n' >/boot/grub/grub.cfg
`;
};

describe.skipIf(whyNoRaidServer)('a server with /boot on software RAID', () => {
  let folder: string;
  let server: RaidServer | undefined;
  let topic: RealTopic | undefined;
  afterEach(async () => {
    await topic?.end();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const begin = async (kind: Kind) => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-raid-'));
    server = await RaidServer.start(folder, { firmware: kind.firmware, disks: 2, setUp: setUp(kind) });
    topic = new RealTopic(server, 'grub-software-raid', { firmware: kind.firmware });
    return { server, topic };
  };
  /** Whether a machine with this disk alone comes to GRUB's menu and to the kernel. */
  const starts = async (there: RaidServer, disk: number, silent?: number) => {
    const said = await there.startFrom(disk, silent);
    return [said.includes('GNU GRUB'), said.includes('Linux version')];
  };

  it('starts from its first disk alone, from each with the steps, and from the first alone again once they were undone', { timeout: 600_000 }, async () => {
    const { server, topic } = await begin({ level: 1, metadata: '1.2', firmware: 'bios' });
    const first = () => server.asRoot('cat /dev/vda /dev/vdb | head -c 1048576 | cksum; find /boot/grub -type f -exec cksum {} + | sort');
    const before = first();
    expect(await starts(server, 1, 8)).toEqual([false, false]);
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: 'The machine does not start from vdb alone.' });
    // A disk on which GRUB was never installed is found before anybody needs it.
    const left = await topic.run({ without: ['install'] });
    expect([left.status, left.current], troublesOf(left)).toEqual(['failed', 'check']);
    await topic.runs.api.runs.leave({ runId: left.runId });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(await Promise.all([starts(server, 0), starts(server, 1)])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(first(), 'as they were when it did not start from the second').toBe(before);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  const kinds: readonly Kind[] = [
    { level: 1, metadata: '0.90', firmware: 'bios' },
    { level: 1, metadata: '1.0', firmware: 'bios' },
    { level: 10, metadata: '0.90', firmware: 'bios' },
    { level: 10, metadata: '1.2', firmware: 'bios' },
    { level: 1, metadata: '1.2', firmware: 'uefi' },
    { level: 10, metadata: '1.0', firmware: 'uefi' },
  ];
  it.skipIf(!isWhole).each(kinds)('in the soak: starts from each disk with RAID $level, metadata $metadata, $firmware', { timeout: 600_000 }, async (kind) => {
    const { server, topic } = await begin(kind);
    expect(await topic.look()).toMatchObject({ verdict: 'affected', because: 'The machine does not start from vdb alone.' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    expect(await Promise.all([starts(server, 0), starts(server, 1)])).toEqual([
      [true, true],
      [true, true],
    ]);
    const undone = await topic.undo(done);
    expect(undone.status, troublesOf(undone)).toBe('undone');
    expect(await starts(server, 1, 8)).toEqual([false, false]);
  });
});
