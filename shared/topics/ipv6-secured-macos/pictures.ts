/** How a MAC address becomes the host part. */
import type { PictureText } from '../../topic-kit/index.ts';
import { eui64Bytes } from './eui64.ts';
import type { Parameters } from './parameters.ts';

const example = 'a4:83:e7:12:34:56';

export function pictures({ way }: Partial<Parameters>, { facts }: { facts: Readonly<Record<string, string>> }): PictureText[] {
  if (way === 'fixed') return [];
  const mac = facts.mac !== undefined && eui64Bytes(facts.mac) ? facts.mac : example;
  const bytes = eui64Bytes(mac) ?? [];
  const notes = ['bit 02 turned', '', '', 'put in', 'put in', '', '', ''];
  return [
    {
      kind: 'shelves',
      id: 'eui64',
      title: 'From the MAC address to the host part',
      caption: `${mac} gives the host part ${bytes.join(' ')}: one bit of the first byte is turned, and ff fe is put into the middle.`,
      shelves: [
        { label: facts.mac === undefined ? 'MAC address (example)' : 'MAC address', items: mac.split(':').map((byte) => ({ label: byte })) },
        {
          label: 'Host part',
          items: bytes.map((byte, at) => ({ label: byte, text: notes[at] ?? '', tone: notes[at] === '' ? ('plain' as const) : ('accent' as const) })),
        },
      ],
    },
  ];
}
