/** What each way leaves in the page cache, as it was measured. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

const ways: readonly (readonly [string, string, PictureTone])[] = [
  ['plain', 'tar', 'bad'],
  ['nocache', 'nocache tar', 'warning'],
  ['dd', 'dd iflag=nocache', 'warning'],
  ['direct', 'O_DIRECT', 'quiet'],
  ['dontneed', 'DONTNEED from the start of the file', 'accent'],
  ['limited', 'tar under the limit', 'good'],
];
/** Measured on Linux 6.18 with ext4, a file of 256 MiB and a limit of 64 MiB: what the page shows before anything was measured. */
const example: Readonly<Record<string, string>> = {
  'plain-curve': '0:0,32:40,64:72,96:104,128:136,160:176,192:200,224:232,256:256',
  'limited-curve': '0:0,32:40,64:62,96:62,128:54,160:54,192:62,224:54,256:62',
};

export function pictures({ mib }: Parameters, { facts }: { facts: Readonly<Record<string, string>> }): PictureText[] {
  const isMeasured = facts['plain-curve'] !== undefined;
  const from = isMeasured ? facts : example;
  const points = (curve: string) => curve.split(',').map((point): [number, number] => point.split(':').map(Number) as [number, number]);
  const measured = ways.flatMap(([id, label, tone]) => {
    const curve = from[`${id}-curve`];
    return curve ? [{ label, tone, points: points(curve), peak: Math.max(...points(curve).map(([, y]) => y)) }] : [];
  });
  return [
    {
      kind: 'lines',
      id: 'cache',
      title: isMeasured ? 'In the page cache while the file is read' : 'In the page cache while a file is read: an example',
      caption: isMeasured
        ? `The limit is ${mib} MiB. ${measured.map(({ label, peak }) => `${label}: at most ${peak} MiB`).join(', ')}.`
        : 'Measured on Linux 6.18 with a limit of 64 MiB: tar leaves the whole file in the cache; under the limit it replaces its own pages.',
      x: { label: 'Read', unit: 'MiB' },
      y: { label: 'In the cache', unit: 'MiB' },
      series: measured.map(({ label, tone, points: curve }) => ({ label, tone, points: curve })),
    },
  ];
}
