/** What is asked of the admin. */
import { z } from 'zod';
import { canonicalAddress, field, type ParameterIssue } from '../../topic-kit/index.ts';

const isAddress = (text: string) => z.ipv6().safeParse(text).success;
const address = z.string().trim().max(39);

export const parameters = z.object({
  iface: field(
    z
      .string()
      .trim()
      .regex(/^[a-z]{2,12}\d{1,4}$/, 'Give the name of one interface, such as en0')
      .default('en0'),
    { label: 'Interface', help: 'As "ifconfig" names it.', control: 'text' },
  ),
  way: field(z.enum(['switch', 'fixed']).default('switch'), {
    label: 'How',
    help: 'The kernel’s switch needs a restart, and newer releases may ignore its file. A fixed address works on all of them.',
    control: 'choice',
    choices: [
      { value: 'switch', label: 'Make addresses from the MAC address again (net.inet6.send.opmode, as up to 10.11)' },
      { value: 'fixed', label: 'Give the server a fixed address (networksetup; for servers today)' },
    ],
  }),
  address: field(
    address
      .refine((text) => text === '' || (isAddress(text) && !/^(?:fe[89ab]|ff|::)/i.test(text)), 'Give a global or unique local IPv6 address without a length')
      .transform((text) => (isAddress(text) ? canonicalAddress(text) : text))
      .default(''),
    { label: 'Fixed address', help: 'Of the prefix of your network, and free.', control: 'text', example: '2001:db8:2:4a::10', when: { way: 'fixed' } },
  ),
  router: field(
    address
      .refine((text) => text === '' || isAddress(text), 'Give the router’s IPv6 address, without %en0')
      .transform((text) => (isAddress(text) ? canonicalAddress(text) : text))
      .default(''),
    { label: 'Router', help: 'Its address in the same network, or its fe80:: address.', control: 'text', example: '2001:db8:2:4a::1', when: { way: 'fixed' } },
  ),
  name: field(
    z
      .string()
      .trim()
      .regex(/^(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252})?$/, 'Give a DNS name such as mac.example.org')
      .default(''),
    { label: 'DNS name', help: 'For the AAAA line. Empty: the name that the Mac gives itself.', control: 'text' },
  ),
});
export type Parameters = z.output<typeof parameters>;

export function misfit({ way, address: fixed, router }: Parameters): ParameterIssue | null {
  if (way !== 'fixed') return null;
  if (fixed === '') return { field: 'address', message: 'A fixed address is needed.', next: 'Give a free one of your network’s prefix.' };
  if (router === '') return { field: 'router', message: 'The router is needed.', next: 'networksetup sets address and router together.' };
  return null;
}

export const key = 'net.inet6.send.opmode';
export const conf = '/etc/sysctl.conf';
