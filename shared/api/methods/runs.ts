/** Of runs and their terminals. */
import { z } from 'zod';
import { comparison, runFilters, runPair, runSearch, searchResult } from '../history.ts';
import { runId, runState, runSummary } from '../run.ts';
import { aRun, backend, byteArray, choice, confirmation, nothing } from './method.ts';

/** Characters of a pasted output. */
const pastedLimit = 262_144;

export const runMethods = {
  'runs.list': backend(nothing, z.array(runSummary)),
  /** Finds runs by what was done and what the screens showed; answers from what the index knows so far. */
  'runs.search': backend(runSearch, searchResult),
  'runs.filters': backend(nothing, runFilters),
  'runs.compare': backend(runPair, comparison),
  'runs.get': backend(aRun, runState),
  /** Those running, held or interrupted, of the runs that are open here or were begun last; newest first. */
  'runs.attention': backend(nothing, z.array(runState)),
  'runs.start': backend(choice, runState),
  /**
   * Runs the current step, or runs a failed or interrupted one again. `shown` is the offer's change; `output` what was printed on a
   * machine that Wrenchbook does not reach. Resolves when it is running. Here and below, what came of it is told by `runs.changed`, before the answer.
   */
  'runs.advance': backend(
    z.object({ runId, stepId: z.string().max(64), confirmation, shown: z.string().max(200).optional(), output: z.string().max(pastedLimit).optional() }),
    nothing,
  ),
  'runs.answer': backend(z.object({ runId, promptId: z.string().max(64), value: z.string().max(256) }), nothing),
  'runs.remedy': backend(z.object({ runId, remedyId: z.string().max(64), confirmation }), nothing),
  'runs.skip': backend(z.object({ runId, stepId: z.string().max(64), reason: z.string().trim().min(3).max(500) }), nothing),
  /** Takes back everything, or the steps from `from` on. */
  'runs.undo': backend(z.object({ runId, from: z.string().max(64).default(''), confirmation }), nothing),
  /** Ctrl-C to the command that is running. */
  'runs.interrupt': backend(aRun, nothing),
  'runs.stop': backend(aRun, nothing),
  /** Secret parameters, by name, after the process that had them has ended. They are kept in memory only. */
  'runs.giveSecrets': backend(z.object({ runId, secrets: z.record(z.string().max(64), z.string().max(1024)) }), nothing, ['window', 'cli']),
  /** A password for the way to the target; kept in memory only, and typed where the way itself asks and `runs.answer` says the mark. */
  'runs.bringPassword': backend(z.object({ runId, password: z.string().min(1).max(1024) }), nothing, ['cli']),
  /** Ends the session and lets go of the run, so that it can be continued later or elsewhere. */
  'runs.leave': backend(aRun, nothing),
  /** Starts sending terminal frames to this caller; `bytes` is what the terminal should show first. */
  'terminal.attach': backend(aRun, z.object({ bytes: byteArray, offset: z.number() })),
  'terminal.detach': backend(aRun, nothing),
  'terminal.write': backend(z.object({ runId, data: z.string().max(65_536) }), nothing),
  'terminal.resize': backend(z.object({ runId, cols: z.number().int(), rows: z.number().int() }), nothing),
  /** Tells how far the page has drawn, in bytes since the session's start (flow control). */
  'terminal.acknowledge': backend(z.object({ runId, offset: z.number().int().nonnegative() }), nothing),
};
