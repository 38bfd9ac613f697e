/** The form: the server, its folders, and the installers. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';
import { type Installer, parseInstallers, whyNoRelativePath } from './installers.ts';

const absolute = z
  .string()
  .trim()
  .max(200)
  .regex(/^(\/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)+$/, 'Give an absolute path of letters, digits, "_", "-", "+", "@" and ".", without "/" at its end');
const relative = z
  .string()
  .trim()
  .superRefine((path, context) => {
    const why = whyNoRelativePath(path);
    if (why !== null) context.addIssue({ code: 'custom', message: why });
  });
const installers = z.string().superRefine((text, context) => {
  for (const message of parseInstallers(text).problems) context.addIssue({ code: 'custom', message });
});

export const parameters = z.object({
  installers: field(installers, {
    label: 'Installers',
    help: 'One a line: name for the menu | its folder below the TFTP root. Behind a second "|", files of a network driver that it lacks.',
    control: 'lines',
  }),
  server: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'Give an IPv4 address or a name'),
    { label: 'Address of the boot server', help: 'As machines on the network reach it. An address works without DNS.', control: 'text' },
  ),
  root: field(absolute.default('/srv/tftp'), { label: 'TFTP root', help: 'The folder that the TFTP server serves.', control: 'text' }),
  wimboot: field(relative.default('wimboot'), {
    label: 'wimboot',
    help: 'Path of the file below the TFTP root. It comes from the iPXE project.',
    control: 'text',
  }),
  menu: field(relative.default('menu.ipxe'), { label: 'Menu file', help: 'Its path below the TFTP root. It is made there.', control: 'text' }),
  wait: field(z.coerce.number().int().min(0, 'At least 0').max(3600, 'At most 3600').default(0), {
    label: 'Seconds until the first one starts',
    help: '0: the menu waits until somebody chooses.',
    control: 'text',
  }),
  share: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'Use letters, digits, "_" and "-"')
      .refine((name) => !/^(global|homes|printers|ipc|print)$/i.test(name), 'Samba keeps this name for itself')
      .default('tftpboot'),
    { label: 'Share', help: 'The name under which Windows finds the TFTP root. Everybody on the network can read it.', control: 'text' },
  ),
  smbConf: field(absolute.default('/etc/samba/smb.conf'), { label: 'Samba’s configuration', help: 'The file that gets the share.', control: 'text' }),
  others: field(z.enum(['stop', 'go-on']).default('stop'), {
    label: 'Other shares that open',
    help: 'Users that Samba does not know become guests, also in other shares that let guests in, and on a domain controller.',
    control: 'choice',
    choices: [
      { value: 'stop', label: 'Stop, and name what else would be opened' },
      { value: 'go-on', label: 'Continue: I know about it' },
    ],
  }),
  user: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,19}$/, 'Use up to 20 letters and digits')
      .default('foo'),
    {
      label: 'A user that does not exist',
      help: 'Windows must give a name. Samba treats an unknown one as a guest, and refuses a known one.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

export const installersOf = ({ installers: text }: Pick<Parameters, 'installers'>): readonly Installer[] => parseInstallers(text).installers;
export const menuPlace = ({ root, menu }: Pick<Parameters, 'root' | 'menu'>): string => `${root}/${menu}`;
