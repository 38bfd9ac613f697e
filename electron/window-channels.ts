/** The two IPC channels between main and the window's preload, and the form of what goes over them. */
import { z } from 'zod';
import { wireError } from '../shared/api/error.ts';

/** Calls of the methods main serves; `ipcRenderer.invoke(CALL_CHANNEL, method, input)`. */
export const CALL_CHANNEL = 'wrenchbook:call';
/** Main hands over a port to the backend: after each page load, and after each restart of the backend. */
export const PORT_CHANNEL = 'wrenchbook:backend-port';

/** A rejected `invoke` keeps only a message with a prefix of Electron's, so errors come back as values. */
export const callAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireError }),
]);
export type CallAnswer = z.infer<typeof callAnswer>;
