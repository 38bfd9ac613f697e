/** Of transcripts, bundles, and the keys that sign them. */
import { z } from 'zod';
import { keyFingerprint, keyList, keyToTrust, knownKey } from '../keys.ts';
import { runId, runState } from '../run.ts';
import { bundleVerification, exportFormat, exportId, outsideReplacement, transcript, verification } from '../transcript.ts';
import { aRun, backend, filePath, nothing } from './method.ts';

export const transcriptMethods = {
  /** Takes in a run from a bundle, to read it or go on with it here. A `key` that is given counts from then on, or for this run only. */
  'runs.import': backend(z.object({ path: filePath, key: keyFingerprint.optional(), once: z.boolean().optional() }), runState, ['cli', 'main']),
  /** This computer’s signing key and those whose signatures count. */
  'keys.list': backend(nothing, keyList),
  /** Lets its signatures count. */
  'keys.trust': backend(keyToTrust, knownKey, ['window', 'cli']),
  /** Its signatures don't count any more; nothing that it signed is removed. */
  'keys.forget': backend(z.object({ fingerprint: keyFingerprint }), nothing, ['window', 'cli']),
  'transcripts.get': backend(aRun, transcript),
  /** The recording as asciicast v3 text, for the player; refused above 32 MiB, and says that exports have it. */
  'transcripts.recording': backend(aRun, z.object({ cast: z.string() })),
  'transcripts.verify': backend(aRun, verification),
  /** A bundle that somebody handed over; `key` is the fingerprint its signature has to have. */
  'transcripts.verifyFile': backend(z.object({ path: filePath, key: keyFingerprint.optional() }), bundleVerification, ['cli', 'main']),
  /** `out` is a file, or a new folder for the format `sudo`. With an id its progress is told, and it can be cancelled. */
  'transcripts.export': backend(
    z.object({ runId, format: exportFormat, out: filePath, exportId: exportId.optional(), outside: z.boolean().optional() }),
    z.object({ path: z.string(), bytes: z.number() }),
    ['cli', 'main'],
  ),
  /** What an export for outside (`outside: true`) replaces in this run. Reads the recording three times; told about and cancelled as an export. */
  'transcripts.outsidePreview': backend(z.object({ runId, exportId: exportId.optional() }), z.object({ replacements: z.array(outsideReplacement) })),
  /** That export rejects with `cancelled` and leaves nothing; without effect when it has ended. */
  'transcripts.cancelExport': backend(z.object({ exportId }), nothing),
};
