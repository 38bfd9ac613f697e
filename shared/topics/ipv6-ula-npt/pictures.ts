/** Which bits of an address are replaced, and which are kept. */
import type { PictureText, PictureTone } from '../../topic-kit/index.ts';
import { addressText, adjustment, netmap, npt, parsePrefix } from './npt-mapping.ts';
import type { Parameters } from './parameters.ts';

export function pictures({ ula, gua, way }: Parameters): PictureText[] {
  const [inside, outside] = [parsePrefix(ula), parsePrefix(gua)];
  if (!inside || !outside) return [];
  // A host ::1234 in subnet 1, as in the example of RFC 6296.
  const host = inside.words.map((word, at) => word | (at === 3 && inside.length <= 48 ? 1 : 0) | (at === 7 ? 0x1234 : 0));
  const mapped = way === 'npt' ? npt(host, inside, outside) : netmap(host, outside);
  if (!mapped) return [];
  const hex = (words: readonly number[]) => words.map((word) => word.toString(16)).join(':');
  const row = (words: readonly number[], tone: PictureTone, changed: boolean) => [
    { label: hex(words.slice(0, 3)), text: 'bits 0 to 47', share: 48, tone },
    { label: hex(words.slice(3, 4)), text: 'bits 48 to 63', share: 16, tone: changed ? tone : ('plain' as const) },
    { label: hex(words.slice(4)), text: 'interface', share: 64, tone: changed && inside.length > 48 ? tone : ('plain' as const) },
  ];
  const adjusted = way === 'npt';
  return [
    {
      kind: 'shelves',
      id: 'bits',
      title: 'One address, inside and outside',
      caption: `${addressText(host)} is ${addressText(mapped)} outside. ${
        adjusted
          ? `The checksum stays the same, as 0x${adjustment(inside, outside).toString(16)} is added to one word.`
          : 'Only the prefix is replaced; the router corrects the checksums.'
      }`,
      shelves: [
        { label: 'Inside', items: row(host, 'accent', adjusted) },
        { label: 'Outside', items: row(mapped, 'good', adjusted) },
      ],
    },
  ];
}
