/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field, type ParameterIssue } from '../../topic-kit/index.ts';

export const parameters = z.object({
  folders: field(z.boolean().default(true), {
    label: 'Make missing folders',
    help: 'For “Product file URL contains possible security violation” with the reason that the path does not exist.',
    control: 'switch',
  }),
  catalog: field(z.boolean().default(false), {
    label: 'Fetch the catalogues again',
    help: 'For “Missing version string”, or “_productId Update” in Server Admin. Clients get no updates until the catalogues are there again: minutes to hours.',
    control: 'switch',
  }),
  enable: field(z.boolean().default(false), {
    label: 'Enable all updates',
    help: 'Each update that is mirrored is offered to clients. Leave it off if you choose updates yourself.',
    control: 'switch',
  }),
  log: field(absolutePath.default('/var/log/swupd/swupd_syncd_log'), {
    label: 'Log of the sync',
    help: 'Rotated ones beside it are read too.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;

export const misfit = ({ folders, catalog, enable }: Parameters): ParameterIssue | null =>
  folders || catalog || enable ? null : { field: 'folders', message: 'Nothing is chosen.', next: 'Let the check fill in what the log calls for.' };

export const user = '_softwareupdate';
/** What was done here, for the undo and for the next check. */
export const notes = '/var/db/wrenchbook/swupdate';
