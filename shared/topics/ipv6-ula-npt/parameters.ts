/** What is asked of the admin. */
import { z } from 'zod';
import { canonicalAddress, field } from '../../topic-kit/index.ts';
import { isGlobal, isLocal, parsePrefix, wordsOf } from './npt-mapping.ts';

export const ways = ['nft', 'iptables', 'npt'] as const;
const interfaceName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/, 'Give the name of one interface, such as eth0');
const prefix = z
  .string()
  .trim()
  .max(43)
  .refine((text) => parsePrefix(text) !== null, 'Give a prefix with zeros behind it, such as fd01:203:405::/48')
  .refine((text) => [48, 52, 56, 60, 64].includes(parsePrefix(text)?.length ?? 48), 'The length has to be 48, 52, 56, 60 or 64');

export const parameters = z
  .object({
    ula: field(
      prefix.refine((text) => {
        const parsed = parsePrefix(text);
        return parsed === null || isLocal(parsed);
      }, 'Give one of fd00::/8 with random bits. fc00::/8 is not defined, and fd00::/48 is not yours alone'),
      {
        label: 'Local prefix',
        help: 'The unique local prefix of your network. If there is none yet, the check proposes a random one.',
        control: 'text',
        example: 'fd01:203:405::/48',
      },
    ),
    gua: field(
      prefix.refine((text) => {
        const parsed = parsePrefix(text);
        return parsed === null || isGlobal(parsed);
      }, 'Give one of 2000::/3: the prefix that your provider routes to this router'),
      {
        label: 'Provider’s prefix',
        help: 'Of the same length as the local one. If the provider changes it, start a new run with the new one.',
        control: 'text',
        example: '2001:db8:1::/48',
      },
    ),
    lan: field(interfaceName.default('eth1'), { label: 'Interface to the local network', help: 'It has an address of the local prefix.', control: 'text' }),
    ext: field(interfaceName.default('eth0'), {
      label: 'Interface to the provider',
      help: 'The check fills in the one of the default route.',
      control: 'text',
    }),
    outside: field(
      z
        .string()
        .trim()
        .refine((text) => wordsOf(text) !== null, 'Give an IPv6 address')
        .transform(canonicalAddress)
        .default('2001:500:2f::f'),
      { label: 'Host outside', help: 'It answers to ping. The run pings it from a local address.', control: 'text' },
    ),
    way: field(z.enum(ways).default('nft'), {
      label: 'Translation by',
      help: 'Only one of them at a time. The check fills in what this router has.',
      control: 'choice',
      choices: [
        { value: 'nft', label: 'nftables: the same bits behind the other prefix' },
        { value: 'iptables', label: 'ip6tables NETMAP: the same, for routers without nft' },
        { value: 'npt', label: 'ip6tables SNPT and DNPT: stateless, as RFC 6296 says. No stateful firewall on this router' },
      ],
    }),
  })
  .superRefine(({ ula, gua, lan, ext }, context) => {
    const [inside, outside] = [parsePrefix(ula), parsePrefix(gua)];
    if (inside && outside && inside.length !== outside.length)
      context.addIssue({ code: 'custom', path: ['gua'], message: 'Both prefixes need the same length' });
    if (lan === ext) context.addIssue({ code: 'custom', path: ['ext'], message: 'It is the interface to the local network' });
  });
export type Parameters = z.output<typeof parameters>;
