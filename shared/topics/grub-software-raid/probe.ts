/** From how many disks of its array a machine would start. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { type DiskState, diskStates, moduleFor, whyNot } from './readable.ts';
import { reading } from './reading.ts';

const meaning: Record<DiskState['code'], string> = {
  grub: 'The machine starts from it.',
  old: 'Its GRUB is not the one in /boot: it may stop at “symbol not found”.',
  other: 'It has another boot loader.',
  none: 'The machine does not start from it.',
  unread: 'It could not be read.',
};

export const probe: Probe<Parameters> = {
  looksAt: ['the array below /boot', 'partition tables of its disks', 'the boot code of each disk, or its EFI system partition'],
  uses: ['firmware', 'grub'],
  needsRoot: true,
  script: (values) => sh`${reading(values)}
for name in grub grub2; do if [ -d ${file('/boot')}/$name ] && command -v $name-install > /dev/null 2>&1; then echo "has.$name=yes"; fi; done`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const states = diskStates(found.get('states') ?? '');
    const array = found.get('array') ?? '';
    const [level = '', metadata = ''] = [found.get('level'), found.get('metadata_version')];
    const because = whyNot(level, metadata);
    const proposes: ProbeProposal[] = [];
    const firmware = found.get('firmware');
    if ((firmware === 'bios' || firmware === 'uefi') && firmware !== values.firmware)
      proposes.push({ field: 'firmware', value: firmware, because: `This machine boots by ${firmware === 'bios' ? 'BIOS' : 'UEFI'}.` });
    const names = ['grub', 'grub2'].filter((name) => found.get(`has.${name}`) === 'yes');
    if (names.length === 1 && names[0] && names[0] !== values.grub)
      proposes.push({ field: 'grub', value: names[0], because: `This machine has ${names[0]}-install.` });
    const findings: ProbeFinding[] = [
      ...(array === '' || array === 'none' || array === 'unread'
        ? []
        : [
            {
              label: `Array ${array}`,
              value: `${level}, metadata ${metadata}`,
              means: because ?? `GRUB reads it with ${moduleFor(metadata)}.`,
              speaks: 'neither' as const,
            },
          ]),
      ...states.map(({ disk, code }) => ({
        label: `Disk ${disk}`,
        value: code,
        means: meaning[code],
        speaks: code === 'grub' ? ('against' as const) : ('for' as const),
      })),
    ];
    const say = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', why: string, next: string) => ({
      verdict,
      because: why,
      next,
      findings,
      proposes,
    });
    if (array === 'none') return say('not-affected', '/boot is not on software RAID.', 'Nothing needs to be done.');
    if (array === '' || array === 'unread') return say('unknown', 'The array below /boot could not be read.', 'Check as root.');
    if (because !== null) return say('not-affected', because, 'This procedure does not help here.');
    if (proposes.length > 0) return say('unknown', 'The form does not fit this machine.', 'Let it be filled in, and check again.');
    if (states.length < 2 || states.some(({ code }) => code === 'unread'))
      return say('unknown', 'Not every disk could be read.', 'Check as root, and read "lsblk" and "dmesg".');
    const without = states.filter(({ code }) => code !== 'grub').map(({ disk }) => disk);
    const degraded = found.get('degraded');
    if (!/^\d+$/.test(degraded ?? '')) return say('unknown', 'Whether the array is whole could not be read.', 'Check /proc/mdstat.');
    if (without.length > 0)
      return say(
        'affected',
        `The machine does not start from ${without.join(', ')} alone.`,
        degraded === '0' ? 'Start the run.' : 'Repair the array first, then start the run.',
      );
    if (degraded !== '0') return say('unknown', 'The array lacks a disk, and that one was not looked at.', 'Repair the array, and check again.');
    return say('already-fixed', 'Each disk has the GRUB of /boot.', 'Check again after an upgrade of GRUB, and after a disk was replaced.');
  },
};
