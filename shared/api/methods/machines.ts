/** Of one machine: its check-ups, what is ignored there, and logs of it that are watched. */
import { z } from 'zod';
import { checkUp, checkUpFormat, checkUpId, checkUpVerification, findingId, ignoreReason, machinePage } from '../doctor.ts';
import { keyFingerprint } from '../keys.ts';
import { trialId } from '../target.ts';
import { chosenTarget } from '../topic.ts';
import { exportId } from '../transcript.ts';
import { watchRequest, watchState } from '../watch.ts';
import { backend, filePath, nothing } from './method.ts';

const aWatch = z.object({ watchId: trialId });
const aMachine = z.object({ target: chosenTarget });

export const machineMethods = {
  /** What is known of a machine that is reached with a shell. Nothing is looked at there. */
  'machines.get': backend(aMachine, machinePage),
  /** A check-up that is kept, with what is ignored now. Rejects with `not-found`, `not-intact`. */
  'machines.checkUp': backend(z.object({ checkUpId }), checkUp),
  /** "Not here, because …": until it is taken back, wherever the same is found on this machine. */
  'machines.ignore': backend(aMachine.extend({ findingId, because: ignoreReason }), nothing),
  'machines.unignore': backend(aMachine.extend({ findingId }), nothing),
  /** `out` is a file, or a new folder for the format `sudo`. With an id it can be cancelled by `transcripts.cancelExport`. */
  'machines.export': backend(
    z.object({ checkUpId, format: checkUpFormat, out: filePath, exportId: exportId.optional(), outside: z.boolean().optional() }),
    z.object({ path: z.string(), bytes: z.number() }),
    ['cli', 'main'],
  ),
  /** A signed record that somebody handed over; `key` is the fingerprint its signature has to have. */
  'machines.verifyFile': backend(z.object({ path: filePath, key: keyFingerprint.optional() }), checkUpVerification, ['cli', 'main']),
  /** Follows a log from now on; goes on by `watches.changed`, and its session by `trials.changed`. The same log again starts it anew. */
  'watches.start': backend(watchRequest, watchState),
  /** Those of this process that were not put away. */
  'watches.list': backend(nothing, z.object({ watches: z.array(watchState) })),
  'watches.stop': backend(aWatch, nothing),
  /** Stops it where it is not, and puts it away. */
  'watches.forget': backend(aWatch, nothing),
};
