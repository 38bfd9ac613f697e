/** Of targets, and what is tried there before a run. */
import { z } from 'zod';
import { checkUpAnswer, doctorRequest } from '../doctor.ts';
import { hiddenTarget, importable, importChoice, listedTarget, targetEntry, targetId, trialId, trialState } from '../target.ts';
import { backend, byteArray, choice, nothing } from './method.ts';

const aTarget = z.object({ targetId });
const aTrial = z.object({ trialId });

export const targetMethods = {
  /** The machines an admin has put down, with what each said of itself last. Rejects where their file is damaged. */
  'targets.list': backend(nothing, z.array(listedTarget)),
  /** What in their file can't be used: single entries, or the file as a whole (`damaged` says why). */
  'targets.state': backend(nothing, z.object({ file: z.string(), hidden: z.array(hiddenTarget), damaged: z.string().nullable() })),
  /** Puts a damaged file of targets out of the way; rejects where it can be read. `path`: where it is now. */
  'targets.moveAway': backend(nothing, z.object({ path: z.string() }), ['window', 'cli']),
  'targets.get': backend(aTarget, listedTarget),
  'targets.add': backend(targetEntry, listedTarget),
  /** Changes what is given. `before`: as it was shown; rejects where somebody else has changed it since. */
  'targets.edit': backend(z.object({ targetId, change: targetEntry.partial(), before: targetEntry.optional() }), listedTarget),
  'targets.remove': backend(aTarget, nothing),
  /** What the ssh client's own files name. */
  'targets.importable': backend(nothing, importable),
  /** Adds those of `importable` that are named: all or none. */
  'targets.import': backend(z.object({ choices: z.array(importChoice).min(1).max(1000) }), z.array(listedTarget)),
  /** Tries to reach a target and root there; goes on by `trials.changed`. A trial of it that is running is called off. */
  'trials.start': backend(aTarget, trialState),
  /** Looks whether a procedure applies to a target; goes on as a trial does, and ends with what was found (`probe`). */
  'probes.start': backend(choice, trialState),
  /** What that runs there. */
  'probes.script': backend(choice, z.object({ script: z.string() })),
  /** Looks for all procedures that could be about a machine; goes on as a trial does. It only reads. */
  'doctor.start': backend(doctorRequest, trialState),
  /** What came of it, and whether that was kept. Rejects with `wrong-state` before it has ended. */
  'doctor.findings': backend(aTrial, checkUpAnswer),
  'trials.get': backend(aTrial, trialState),
  'trials.cancel': backend(aTrial, nothing),
  /** The terminal of a trial, like that of a run. It is kept in memory only. */
  'trials.attach': backend(aTrial, z.object({ bytes: byteArray, offset: z.number() })),
  'trials.detach': backend(aTrial, nothing),
  'trials.write': backend(z.object({ trialId, data: z.string().max(65_536) }), nothing),
  'trials.resize': backend(z.object({ trialId, cols: z.number().int(), rows: z.number().int() }), nothing),
  'trials.acknowledge': backend(z.object({ trialId, offset: z.number().int().nonnegative() }), nothing),
};
