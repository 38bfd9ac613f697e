/** What main tells the backend's process over its parent port; ports travel beside the message. */
import { z } from 'zod';

export const hostMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), dataFolder: z.string(), assetsFolder: z.string(), version: z.string(), signingKeyPem: z.string().nullable() }),
  /** One port comes with it: answer calls on it as calls of this audience. */
  z.object({ kind: z.literal('serve'), audience: z.enum(['window', 'main']) }),
  /** End sessions, write what is to be written, exit. */
  z.object({ kind: z.literal('stop') }),
]);
export type HostMessage = z.infer<typeof hostMessage>;
