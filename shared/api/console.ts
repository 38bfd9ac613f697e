/** Consoles as targets: the way there, and what speaks at its other end. */
import { z } from 'zod';

/** What its prompt looks like and how it is spoken to; `login` is a getty with a POSIX shell behind it. */
export const consoleDialect = z.enum(['uefi-shell', 'login', 'grub', 'array-cli']);
export type ConsoleDialectName = z.infer<typeof consoleDialect>;

/** What stty(1) takes everywhere. */
export const serialSpeeds = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400] as const;
const speed = z.union(serialSpeeds.map((value) => z.literal(value)));

/** An absolute path that goes nowhere but down. */
const place = (below: string) =>
  z
    .string()
    .max(200)
    .regex(/^\/[A-Za-z0-9._/:@+ -]+$/, 'Give an absolute path')
    .refine((text) => text.startsWith(below) && !text.split('/').includes('..'), `Give a path below ${below}`);
/** Names that go to programs: never something that could be taken for an option. */
export const consoleNames = {
  domain: /^[A-Za-z0-9_.+][A-Za-z0-9_.+:-]{0,127}$/,
  bmcHost: /^[A-Za-z0-9[][A-Za-z0-9.:%_[\]-]{0,252}$/,
  bmcUser: /^[A-Za-z0-9_][\x21-\x7e]{0,31}$/,
  /** Known transports and no parameters: with `command=`, or over `ext`, a URI would name a program to start. */
  libvirtUri: /^[a-z]+(?:\+(?:ssh|libssh2?|tls|tcp|unix))?:\/\/(?:(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9_[][A-Za-z0-9_.:[\]-]*)?\/[\w./-]*$/,
} as const;
const domain = z.string().regex(consoleNames.domain, 'Give the name of a virtual machine');

const serial = z.object({ by: z.literal('serial'), device: place('/dev/'), speed });
const fifo = z.object({ by: z.literal('fifo'), path: place('/') });
const ipmi = z.object({
  by: z.literal('ipmi'),
  host: z.string().regex(consoleNames.bmcHost, 'Give the name or address of the management controller'),
  user: z.string().regex(consoleNames.bmcUser, 'Give a user of the management controller'),
  port: z.number().int().min(1).max(65_535).optional(),
});
const virsh = z.object({
  by: z.literal('virsh'),
  domain,
  connection: z.string().max(255).regex(consoleNames.libvirtUri, 'Give a libvirt URI without parameters, such as qemu+ssh://host/system').optional(),
});
const xl = z.object({ by: z.literal('xl'), domain });
/** Any program: words that an admin typed on this machine, never a line for a shell. */
const command = z.object({
  by: z.literal('command'),
  words: z
    .array(
      z
        .string()
        .max(1000)
        .regex(/^\P{Cc}*$/u, 'Use plain text'),
    )
    .min(1)
    .max(64),
});

/** Ways that are made of checked values and a fixed program. */
const fixedWays = [serial, fifo, ipmi, virsh, xl] as const;
export const fixedWay = z.discriminatedUnion('by', fixedWays);
export const consoleWay = z.discriminatedUnion('by', [...fixedWays, command]);
export type ConsoleWay = z.infer<typeof consoleWay>;

/**
 * A console as a run names it. Any program is named by its entry in the book of targets only: whoever asks for a run can't
 * bring a command along, nor can the record of a run that comes from elsewhere.
 */
export const consoleRef = z.union([
  z.object({ way: fixedWay, dialect: consoleDialect }),
  z.object({
    entry: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(64),
    /** Put in when the run is made: what the entry was then. */
    dialect: consoleDialect.optional(),
    text: z.string().max(8000).optional(),
  }),
]);
export type ConsoleRef = z.infer<typeof consoleRef>;

/** How the far end is spoken of. */
export const dialectTitles: Readonly<Record<ConsoleDialectName, string>> = {
  'uefi-shell': 'UEFI shell',
  login: 'login console',
  grub: 'GRUB',
  'array-cli': 'array command line',
};

/** How a way is spoken of, everywhere and in transcripts. */
export function consoleWayText(way: ConsoleWay): string {
  switch (way.by) {
    case 'serial':
      return `${way.device} at ${way.speed} baud`;
    case 'fifo':
      return `FIFOs ${way.path}.in and .out`;
    case 'ipmi':
      return `ipmitool sol of ${way.user}@${way.host}${way.port === undefined ? '' : `:${way.port}`}`;
    case 'virsh':
      return `virsh console ${way.domain}${way.connection === undefined ? '' : ` (${way.connection})`}`;
    case 'xl':
      return `xl console ${way.domain}`;
    case 'command':
      return way.words.join(' ');
  }
}
