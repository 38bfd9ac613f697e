/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  host: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, 'Give a host name or an IPv4 address')
      .default('localhost'),
    {
      label: 'IMAP server',
      help: 'As the Mac reaches it itself, with TLS from the first byte.',
      control: 'text',
    },
  ),
  port: field(
    z
      .string()
      .trim()
      .regex(/^[1-9]\d{0,4}$/, 'Give a port such as 993')
      .default('993'),
    { label: 'Port', help: 'Usually 993.', control: 'text' },
  ),
  user: field(
    z
      .string()
      .trim()
      .regex(/^(?:[A-Za-z0-9][A-Za-z0-9._@+-]{0,120})?$/, 'Give the short name of one user')
      .default(''),
    {
      label: 'Test mailbox',
      help: 'Optional: then the capabilities after login are read too. Its password is asked for in the terminal, and kept nowhere.',
      control: 'text',
    },
  ),
  guid: field(
    z
      .string()
      .trim()
      .regex(/^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$/, 'Give a GUID such as 3F2504E0-4F89-41D3-9A0C-0305E82C3301')
      .default(''),
    {
      label: 'GUID of the user',
      help: 'Optional: from the warning in push_notify.log. Then the run checks that this user’s device has registered.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

export const setting = 'mail:imap:aps_topic_enabled';
export const pushLog = '/Library/Logs/Mail/push_notify.log';
export const deviceMap = '/Library/Server/Mail/Data/mta/guid_device_maps.plist';
