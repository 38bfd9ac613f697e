/** The plan in numbers, the part numbers that are known, and how to reach the array. */
import type { StepCard } from '../../topic-kit/index.ts';
import { bothSizes, initialiseHours, levels, mayFail, usableBytes, whyNotDisks } from './capacity.ts';
import { type Parameters, sizesOf } from './parameters.ts';
import { parseVolumes } from './volumes.ts';

/** The two pairs of the source; HP's matrix has more. */
export const diskParts = [
  { part: 'QK703A', model: 'Seagate ST33000650SS', size: '3 TB SAS' },
  { part: 'AW555A', model: 'Seagate ST2000NM0001', size: '2 TB SAS' },
] as const;

export function planCards(values: Parameters): StepCard[] {
  const sizes = sizesOf(values);
  const usable = whyNotDisks(values.level, sizes.length) ? 0 : usableBytes(values.level, sizes);
  const volumes = parseVolumes(values.volumes);
  const wanted = volumes.reduce((sum, { gigabytes }) => sum + gigabytes * 1e9, 0);
  return [
    {
      title: 'Capacity',
      lines: [
        ...levels.map((level) => {
          const why = whyNotDisks(level, sizes.length);
          return `${level === values.level ? '→' : ' '} ${level.padEnd(6)} ${sizes.length} × ${values.terabytes} TB: ${why ?? `${bothSizes(usableBytes(level, sizes))}, ${mayFail(level)} may fail`}`;
        }),
        `Volumes: ${bothSizes(wanted)} of ${bothSizes(usable)}`,
        `Initialisation: about ${Math.round(initialiseHours(sizes))} hours in the background, slower under load`,
      ],
      note: 'Less a little that the array keeps for itself. A volume above 2 TiB needs hosts that take it: ESXi 5 and newer.',
    },
    {
      title: 'Disks by part number',
      lines: diskParts.map(({ part, model, size }) => `${part} = ${model}, ${size}`),
      note: 'Only these two pairs are known here. The array takes most other SAS disks; HP gives no support for them.',
    },
    {
      title: 'How to reach the array',
      lines: [
        'Serial: 115200 8N1',
        'Without DHCP: 10.0.0.2 (A), 10.0.0.3 (B), 255.255.255.0',
        'ssh -o HostKeyAlgorithms=+ssh-rsa,ssh-dss -o KexAlgorithms=+diffie-hellman-group1-sha1 -o Ciphers=+aes128-cbc,3des-cbc manage@ADDRESS',
      ],
      note: 'The old ciphers are for this connection only. An OpenSSH that does not know a word of these refuses the line: leave it out.',
    },
  ];
}
