/** The form: the domain, its controllers, and the files of BIND. */
import { z } from 'zod';
import { absolutePath, canonicalAddress, field } from '../../topic-kit/index.ts';

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const hostName = new RegExp(`^${label}(?:\\.${label})*$`);
const seconds = (usual: number) => z.coerce.number().int().min(0, 'At least 0').max(604_800, 'At most 604800, a week').default(usual);

export interface Controller {
  /** Without a dot at its end. */
  host: string;
  address: string;
}

const address = z.union([z.ipv4(), z.ipv6()]);
/** `dc1=192.0.2.11, dc2=192.0.2.12`. A short name is one of the domain. */
export function parseControllers(text: string, domain: string): Controller[] {
  return text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((word) => {
      const at = word.indexOf('=');
      const name = word.slice(0, at).toLowerCase().replace(/\.$/, '');
      return { host: name === domain || name.endsWith(`.${domain}`) ? name : `${name}.${domain}`, address: canonicalAddress(word.slice(at + 1)) };
    });
}

const controllerList = z
  .string()
  .trim()
  .max(2000)
  .superRefine((text, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', message });
    const words = text.split(/[\s,;]+/).filter(Boolean);
    if (words.length === 0) issue('Give at least one, as dc1=192.0.2.11');
    if (words.length > 16) issue('At most 16');
    const names = words.map((word) => word.split('=')[0]?.toLowerCase().replace(/\.$/, '') ?? '');
    for (const [index, word] of words.entries()) {
      const [name = '', place = '', more] = word.split('=');
      if (!hostName.test(name.replace(/\.$/, '')) || more !== undefined || !address.safeParse(place).success) issue(`${word}: give it as dc1=192.0.2.11`);
      else if (names.indexOf(names[index] ?? '') !== index) issue(`${name} is there twice`);
    }
  });

export const parameters = z.object({
  domain: field(
    z
      .string()
      .trim()
      .toLowerCase()
      .transform((name) => name.replace(/\.$/, ''))
      .pipe(z.string().max(200).regex(hostName, 'Give the name of the domain, such as corp.example.com').includes('.', { message: 'Give the full name' })),
    {
      label: 'Domain',
      help: 'The DNS name of the Active Directory domain. BIND is primary for the zone of this name.',
      control: 'text',
    },
  ),
  controllers: field(controllerList, {
    label: 'Domain controllers',
    help: 'All of them, name=address, with commas between: dc1=198.51.100.1, dc2=198.51.100.2.',
    control: 'text',
  }),
  zoneFile: field(absolutePath, { label: 'Zone file', help: 'The file of the zone on the DNS server, such as /etc/bind/db.example.org.', control: 'text' }),
  optionsFile: field(absolutePath.default('/etc/bind/named.conf.options'), {
    label: 'File with BIND’s options',
    help: 'The file with the options { … } block. Red Hat and others: /etc/named.conf.',
    control: 'text',
  }),
  zonesFile: field(absolutePath.default('/etc/bind/named.conf.local'), {
    label: 'File that declares the zone',
    help: 'The file with the zone "…" { … } block of the domain. It may be the same file.',
    control: 'text',
  }),
  server: field(z.union([z.ipv4('Give an address'), z.ipv6()], 'Give an IP address').default('127.0.0.1'), {
    label: 'Address that BIND answers at',
    help: 'Asked from the DNS server itself, as its clients would.',
    control: 'text',
  }),
  ttl: field(seconds(86_400), {
    label: 'Lifetime of delegation and aliases (s)',
    help: 'How long others may cache them. They seldom change.',
    control: 'text',
  }),
  passwordTtl: field(seconds(3600), {
    label: 'Lifetime of the _kpasswd records (s)',
    help: 'These must follow every change of the domain controllers.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

export const controllersOf = ({ controllers, domain }: Parameters): Controller[] => parseControllers(controllers, domain);
