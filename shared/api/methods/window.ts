/** What needs a window or a dialog; the main process answers. */
import { z } from 'zod';
import { dataLimit } from '../calculation.ts';
import { checkUpFormat, checkUpId } from '../doctor.ts';
import { keyFingerprint } from '../keys.ts';
import { cardFile } from '../plan.ts';
import { runId, runState } from '../run.ts';
import { settings } from '../settings.ts';
import { bundleVerification, exportFormat, exportId } from '../transcript.ts';
import { byteArray, main, nothing } from './method.ts';

const savedPicture = z.object({
  /** Without its extension. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(140),
  content: z.discriminatedUnion('format', [
    z.object({ format: z.literal('svg'), text: z.string().max(8_000_000) }),
    z.object({ format: z.literal('csv'), text: z.string().max(8_000_000) }),
    z.object({ format: z.literal('png'), bytes: byteArray.refine(({ length }) => length <= 32_000_000, 'Expected at most 32 MB') }),
  ]),
});
const savedCard = z.object({
  name: cardFile,
  lines: z
    .array(
      z
        .string()
        .max(8191)
        .regex(/^[\x20-\x7e]*$/, 'Expected plain ASCII'),
    )
    .max(2000),
});

export const windowMethods = {
  /** Asks where to save, then exports there. `path` is null when the admin cancelled. */
  'window.exportTranscript': main(
    z.object({ runId, format: exportFormat, exportId: exportId.optional(), outside: z.boolean().optional() }),
    z.object({ path: z.string().nullable() }),
  ),
  /** The same for a check-up. */
  'window.exportCheckUp': main(z.object({ checkUpId, format: checkUpFormat, outside: z.boolean().optional() }), z.object({ path: z.string().nullable() })),
  'window.chooseFile': main(z.object({ title: z.string().max(200) }), z.object({ path: z.string().nullable() })),
  /** Asks for a text file and reads it; null when the admin cancelled. Rejects with `file` where it is no text, or too long. */
  'window.openText': main(z.object({ title: z.string().max(200) }), z.object({ path: z.string(), text: z.string().max(dataLimit) }).nullable()),
  /** Asks where to save a picture or a table, and writes it there; `path` is null when the admin cancelled. */
  'window.savePicture': main(savedPicture, z.object({ path: z.string().nullable() })),
  /** Asks where to save a file for a stick, and writes it there with the line ends of Windows; `path` is null when the admin cancelled. */
  'window.saveCard': main(savedCard, z.object({ path: z.string().nullable() })),
  /** Asks for a bundle and checks it; null when the admin cancelled. What was chosen last is what is taken in. */
  'window.chooseBundle': main(nothing, z.object({ path: z.string(), verification: bundleVerification }).nullable()),
  /** `key`: fingerprint the admin agreed to, for good or for this run (`once`); without it only keys known here count. */
  'window.importBundle': main(z.object({ key: keyFingerprint.optional(), once: z.boolean().optional() }), runState),
  /** Shows the data folder in the system's file manager; rejects where that can't be done. */
  'window.openDataFolder': main(nothing, nothing),
  /** In percent of the usual size. */
  'window.setZoom': main(z.object({ percent: settings.shape.zoom }), nothing),
  'window.openExternal': main(z.object({ url: z.url().max(2048) }), z.object({ opened: z.boolean() })),
  /** Whether this is real Electron or the preview in a browser, and of which version. */
  'window.info': main(nothing, z.object({ preview: z.boolean(), electron: z.string() })),
};
