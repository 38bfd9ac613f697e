/** What is packed in what, and once it is unpacked how large each part is. */
import { type PictureText, sizeText } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

interface Part {
  name: string;
  files: number;
  bytes: number;
}
/** `mc:12:30408704 sc:3:2000000`; names with colons or blanks are left out. */
export const partsOf = (tree = ''): Part[] =>
  tree.split(/\s+/).flatMap((text) => {
    const [, name, files, bytes] = /^([^:]+):(\d+):(\d+)$/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, files: Number(files), bytes: Number(bytes) }];
  });

export function pictures(_: Parameters, { facts, done }: { facts: Readonly<Record<string, string>>; done: ReadonlySet<string> }): PictureText[] {
  const { firmware = 'TS….bin', md5, sha256, bytes, size } = facts;
  const tone = (step: string) => (done.has(step) ? ('good' as const) : ('plain' as const));
  const unpacked = [
    { label: 'components', parts: partsOf(facts.components) },
    { label: 'system (app.squashfs)', parts: partsOf(facts.system) },
  ].filter(({ parts }) => parts.length > 0);
  return [
    {
      kind: 'graph',
      id: 'layers',
      title: 'What is packed in what',
      caption: done.has('take-out')
        ? `${firmware} is taken out${md5 ? `; its MD5 is ${md5}` : ''}.`
        : 'The updater is a script with an archive behind it. The firmware file is one member of that.',
      nodes: [
        { id: 'updater', title: 'Updater', text: size ? `script + tar.gz, ${sizeText(Number(size))}` : 'script + tar.gz', column: 0, row: 0 },
        { id: 'firmware', title: firmware, text: bytes ? `tar, ${sizeText(Number(bytes))}` : 'tar', column: 1, row: 0, tone: tone('take-out') },
        { id: 'components', title: 'mc/, sc/ …', text: 'components', column: 2, row: 0, tone: tone('components') },
        { id: 'system', title: 'app.squashfs', text: 'root file system', column: 3, row: 0, tone: tone('system') },
      ],
      edges: [
        { from: 'updater', to: 'firmware', label: 'gzip, tar' },
        { from: 'firmware', to: 'components', label: 'tar' },
        { from: 'components', to: 'system', label: 'squashfs' },
      ],
    },
    ...(unpacked.length === 0
      ? []
      : [
          {
            kind: 'shelves' as const,
            id: 'tree',
            title: 'What is inside',
            caption: `Sizes of what was unpacked. MD5 of ${firmware}: ${md5 ?? '–'}; SHA-256: ${sha256 ?? '–'}. Checksums of all files are in components.md5 and system.md5.`,
            shelves: unpacked.map(({ label, parts }) => ({
              label,
              items: parts.slice(0, 12).map((part) => ({
                label: part.name,
                text: `${part.files} ${part.files === 1 ? 'file' : 'files'}, ${sizeText(part.bytes)}`,
                tone: 'good' as const,
              })),
            })),
          },
        ]),
  ];
}
