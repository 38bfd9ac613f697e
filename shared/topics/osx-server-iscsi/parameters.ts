/** What is asked of the admin. */
import { z } from 'zod';
import { field } from '../../topic-kit/index.ts';

export const parameters = z.object({
  setting: field(
    z
      .string()
      .trim()
      .regex(/^[a-z]{2,20}:[A-Za-z0-9:_-]{1,80}$/, 'Give the name of a setting such as calendar:DocumentRoot')
      .default('calendar:DocumentRoot'),
    {
      label: 'Setting with the path',
      help: 'As “serveradmin settings SERVICE” prints it; names differ between releases, and the check lists them. Also addressbook:DocumentRoot and mail:imap:partition-default.',
      control: 'text',
    },
  ),
  volume: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,26}$/, 'Give the name of a volume: letters, digits, dots and hyphens')
      .default('Calendar'),
    {
      label: 'Volume',
      help: 'Of the iSCSI disk, as it is below /Volumes. One disk and one volume for each service, and one Mac for each disk.',
      control: 'text',
    },
  ),
});
export type Parameters = z.output<typeof parameters>;

export const serviceOf = ({ setting }: Parameters): string => setting.slice(0, setting.indexOf(':'));
export const mountPoint = ({ volume }: Parameters): string => `/Volumes/${volume}`;
/** On the volume: it tells a mounted one from a folder of the same name on the internal disk. */
export const markerOf = (values: Parameters): string => `${mountPoint(values)}/.wrenchbook-volume`;

/** What may hold data of people or keys on the internal disk, whatever is moved. */
export const sensitive: readonly (readonly [path: string, what: string])[] = [
  ['/var/db/openldap', 'Open Directory: accounts. Can’t be moved to a disk that comes late'],
  ['/var/db/krb5kdc', 'Kerberos keys of all accounts'],
  ['/var/db/authserver', 'passwords of Open Directory'],
  ['/Library/CalendarServer/Documents', 'calendars'],
  ['/Library/AddressBookServer/Documents', 'contacts'],
  ['/Library/Collaboration', 'wikis and blogs'],
  ['/var/spool/imap', 'mail'],
  ['/var/spool/postfix', 'mail on its way'],
  ['/var/jabberd', 'chats'],
  ['/var/mysql', 'databases'],
  ['/Library/WebServer/Documents', 'web sites'],
  ['/Groups', 'group folders'],
  ['/Users', 'homes, with keychains'],
  ['/Library/Keychains', 'passwords of the system, the CHAP secret too'],
  ['/etc/certificates', 'private keys'],
  ['/var/spool/cups', 'print jobs'],
  ['/var/vm', 'memory that was swapped out'],
  ['/var/log', 'logs'],
];
