/** What is asked of the admin: the group, and the ways that lead to it. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

const name = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/;
/** The block 224.0.0.0/24 is never routed (RFC 5771). */
const group = /^(?!224\.0\.0\.)(?:22[4-9]|23\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export const codecs = {
  pcmu: { title: 'PCMU (G.711 µ-law)', encoder: 'pcm_mulaw', rate: 8000, payloadType: 0 },
  pcma: { title: 'PCMA (G.711 A-law)', encoder: 'pcm_alaw', rate: 8000, payloadType: 8 },
  g722: { title: 'G.722', encoder: 'g722', rate: 16_000, payloadType: 9 },
} as const;

export const parameters = z.object({
  way: field(z.enum(['smcroute', 'routes']).default('smcroute'), {
    label: 'Way',
    help: 'Multicast routing changes the VPN server only. Other routes for the phone are uncertain: with them a phone may not start again.',
    control: 'choice',
    choices: [
      { value: 'smcroute', label: 'Route the group into the VPN, with smcroute' },
      { value: 'routes', label: 'Give the phone routes that leave multicasts out (a card)' },
    ],
  }),
  group: field(z.string().trim().regex(group, 'Give a multicast address such as 239.255.1.1').default('239.255.1.1'), {
    label: 'Group',
    help: 'As on the phone: Advanced, SIP/RTP, Multicast.',
    control: 'text',
  }),
  port: field(z.coerce.number().int().min(1024, 'At least 1024').max(65_534, 'At most 65534').default(5004), {
    label: 'Port',
    help: 'As on the phone.',
    control: 'text',
  }),
  lan: field(z.string().trim().regex(name, 'Give the name of an interface, such as eth0').default('eth0'), {
    label: 'LAN interface',
    help: 'Where the audio comes from.',
    control: 'text',
  }),
  tunnels: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}(?: [A-Za-z0-9][A-Za-z0-9_.-]{0,14}){0,30}$/, 'Give names of interfaces with a blank between them: tun0 tun1')
      .default('tun0'),
    { label: 'VPN interfaces', help: 'All that phones are connected to, at most 31. The check fills them in.', control: 'text' },
  ),
  codec: field(z.enum(['pcmu', 'pcma', 'g722']).default('g722'), {
    label: 'Codec of the test tone',
    help: 'The phone takes its codec from the stream.',
    control: 'choice',
    choices: Object.entries(codecs).map(([value, { title }]) => ({ value, label: title })),
  }),
});
export type Parameters = z.output<typeof parameters>;
export const tunnelsOf = ({ tunnels }: Pick<Parameters, 'tunnels'>): string[] => tunnels.split(' ');
