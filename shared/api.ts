/**
 * The contract. Every message between the window, the main process, the backend and the terminal command is declared
 * here once; the preload API, the dispatchers and the client are derived from this table.
 *
 * `audience` says who may call: `window` over the page's port, `cli` in process, `main` over its own channel. Methods
 * `servedBy: 'main'` need a window or a dialog and are answered by the main process itself.
 */
import { z } from 'zod';
import { calculationAnswer, calculationRequest, dataLimit } from './api/calculation.ts';
import type { WireError } from './api/error.ts';
import { comparison, runFilters, runPair, runSearch, searchResult } from './api/history.ts';
import { keyFingerprint, keyList, keyToTrust, knownKey } from './api/keys.ts';
import { mediaDevice, mediaProgress } from './api/media.ts';
import { cardFile, inputFile, plan } from './api/plan.ts';
import { runId, runState, runSummary } from './api/run.ts';
import { settings, settingsChange } from './api/settings.ts';
import { cleanResult, jobId, retentionChoice, retentionPlan, retentionRule, runStorage, savedRule, storageLog, storageUsage } from './api/storage.ts';
import { hiddenTarget, importable, importChoice, listedTarget, targetEntry, targetId, trialId, trialState } from './api/target.ts';
import { chosenTarget, machineId, otherMachines, parameterIssue, parameterValues, runPlace, topicDetail, topicId, topicSummary } from './api/topic.ts';
import { exportFormat, exportId, outsideReplacement, transcript, verification } from './api/transcript.ts';

type Audience = 'window' | 'cli' | 'main';
interface MethodSpec {
  input: z.ZodType;
  output: z.ZodType;
  servedBy: 'backend' | 'main';
  audience: readonly Audience[];
}
const everyone = ['window', 'cli', 'main'] as const;
const backend = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, audience: readonly Audience[] = everyone) => ({
  input,
  output,
  servedBy: 'backend' as const,
  audience,
});
const main = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output, servedBy: 'main' as const, audience: ['window'] as const });

const nothing = z.object({});
/** By name, not by identity: the bytes may come from another realm. */
const byteArray = z.custom<Uint8Array>((value) => Object.prototype.toString.call(value) === '[object Uint8Array]', 'Expected bytes');
const aRun = z.object({ runId });
const choice = z.object({ topicId, target: chosenTarget, machines: otherMachines.optional(), parameters: parameterValues });
const confirmation = z.string().max(256).optional();
/** Characters of a pasted output. */
const pastedLimit = 262_144;
const bundleVerification = verification.extend({ runId: runId.nullable() });
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
const utf8Bytes = (text: string) =>
  [...text].reduce((bytes, character) => bytes + (character < '\u0080' ? 1 : character < '\u0800' ? 2 : character.length === 1 ? 3 : 4), 0);
/** Of this machine. Names are up to 255 bytes there, and composed characters take several. */
const filePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'Expected a path without NUL')
  .refine((path) => path.split('/').every((name) => utf8Bytes(name) <= 255), 'Expected names of at most 255 bytes');
const aTarget = z.object({ targetId });
const aTrial = z.object({ trialId });

export const methods = {
  'app.info': backend(nothing, z.object({ version: z.string(), platform: z.string(), dataFolder: z.string() })),
  'topics.list': backend(nothing, z.array(topicSummary)),
  'topics.get': backend(z.object({ topicId }), topicDetail),
  /** Topics whose symptoms are in a pasted log line or text, best first. */
  'topics.search': backend(z.object({ text: z.string().max(65_536) }), z.array(z.object({ topicId, because: z.string() }))),
  /** Validates the form, reads the named files, and makes the plan where nothing is wrong. Runs no command. */
  'topics.check': backend(choice, z.object({ issues: z.array(parameterIssue), inputs: z.array(inputFile), plan: plan.nullable() })),
  /** Where it could run: this machine, what is in the book of targets, by hand, and the lab. */
  'topics.places': backend(z.object({ topicId, machine: machineId.optional() }), z.array(runPlace)),
  /** For each procedure the targets of the book that it fits, going by what they said of themselves when they were reached last. */
  'topics.fitting': backend(nothing, z.array(z.object({ topicId, targetIds: z.array(targetId) }))),
  /** What a calculator makes of its parameters and data; quick, and nothing is kept. */
  'calculators.calculate': backend(calculationRequest, calculationAnswer),
  /** The disks of this machine, and for each that can't be written over why not. */
  'media.devices': backend(nothing, z.array(mediaDevice)),
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
   * machine that Wrenchbook does not reach. Resolves when it is running.
   */
  'runs.advance': backend(
    z.object({ runId, stepId: z.string().max(64), confirmation, shown: z.string().max(200).optional(), output: z.string().max(pastedLimit).optional() }),
    runState,
  ),
  'runs.answer': backend(z.object({ runId, promptId: z.string().max(64), value: z.string().max(256) }), runState),
  'runs.remedy': backend(z.object({ runId, remedyId: z.string().max(64), confirmation }), runState),
  'runs.skip': backend(z.object({ runId, stepId: z.string().max(64), reason: z.string().trim().min(3).max(500) }), runState),
  /** Takes back everything, or the steps from `from` on. */
  'runs.undo': backend(z.object({ runId, from: z.string().max(64).default(''), confirmation }), runState),
  /** Ctrl-C to the command that is running. */
  'runs.interrupt': backend(aRun, runState),
  'runs.stop': backend(aRun, runState),
  /** Secret parameters, by name, after the process that had them has ended. They are kept in memory only. */
  'runs.giveSecrets': backend(z.object({ runId, secrets: z.record(z.string().max(64), z.string().max(1024)) }), runState, ['window', 'cli']),
  /** A password for the way to the target; kept in memory only, and typed where the way itself asks and `runs.answer` says the mark. */
  'runs.bringPassword': backend(z.object({ runId, password: z.string().min(1).max(1024) }), nothing, ['cli']),
  /** Ends the session and lets go of the run, so that it can be continued later or elsewhere. */
  'runs.leave': backend(aRun, runState),
  /** Takes in a run from a bundle, to read it or go on with it here. A `key` that is given counts from then on, or for this run only. */
  'runs.import': backend(z.object({ path: filePath, key: keyFingerprint.optional(), once: z.boolean().optional() }), runState, ['cli', 'main']),
  /** This computer’s signing key and those whose signatures count. */
  'keys.list': backend(nothing, keyList),
  /** Lets its signatures count. */
  'keys.trust': backend(keyToTrust, knownKey, ['window', 'cli']),
  /** Its signatures don't count any more; nothing that it signed is removed. */
  'keys.forget': backend(z.object({ fingerprint: keyFingerprint }), nothing, ['window', 'cli']),
  /** Starts sending terminal frames to this caller; `bytes` is what the terminal should show first. */
  'terminal.attach': backend(aRun, z.object({ bytes: byteArray, offset: z.number() })),
  'terminal.detach': backend(aRun, nothing),
  'terminal.write': backend(z.object({ runId, data: z.string().max(65_536) }), nothing),
  'terminal.resize': backend(z.object({ runId, cols: z.number().int(), rows: z.number().int() }), nothing),
  /** Tells how far the page has drawn, in bytes since the session's start (flow control). */
  'terminal.acknowledge': backend(z.object({ runId, offset: z.number().int().nonnegative() }), nothing),
  'transcripts.get': backend(aRun, transcript),
  /** The recording as asciicast v3 text, for the player; refused above 32 MiB with the way out (export). */
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
  /** What the data folder takes up. Checks every run the first time; with an id its progress is told, and it can be cancelled. */
  'storage.usage': backend(z.object({ jobId: jobId.optional() }), storageUsage),
  /** Of those that are there. */
  'storage.runs': backend(z.object({ runIds: z.array(runId).max(100) }), z.array(runStorage)),
  'storage.rule': backend(nothing, savedRule),
  'storage.setRule': backend(retentionRule, savedRule),
  /** A run that is kept is touched by no rule. */
  'storage.keep': backend(z.object({ runId, kept: z.boolean() }), nothing),
  /** What would be archived and deleted, by the saved rule, another one, or by hand. Does nothing. */
  'storage.plan': backend(z.object({ rule: retentionRule.optional(), choice: retentionChoice.optional(), jobId: jobId.optional() }), retentionPlan),
  /** Does what a plan that was shown says. `confirmation`: what the plan asks for, where it deletes. */
  'storage.clean': backend(z.object({ planId: z.string().max(64), confirmation, jobId: jobId.optional() }), cleanResult),
  /** Brings an archived run back as it was. */
  'storage.restore': backend(z.object({ runId, jobId: jobId.optional() }), nothing),
  /** Sets a damaged ledger aside and begins a new one with the runs that are fine by themselves. A person's decision, made in a terminal. */
  'storage.renewLedger': backend(nothing, z.object({ aside: z.string().nullable(), adopted: z.number().int() }), ['cli']),
  'storage.log': backend(nothing, storageLog),
  'storage.cancel': backend(z.object({ jobId }), nothing),
  /** Never rejects: where their file can't be read, they are as at first. */
  'settings.get': backend(nothing, settings),
  /** Changes what is given, for all windows. */
  'settings.set': backend(settingsChange, settings),
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
  'trials.get': backend(aTrial, trialState),
  'trials.cancel': backend(aTrial, nothing),
  /** The terminal of a trial, like that of a run. It is kept in memory only. */
  'trials.attach': backend(aTrial, z.object({ bytes: byteArray, offset: z.number() })),
  'trials.detach': backend(aTrial, nothing),
  'trials.write': backend(z.object({ trialId, data: z.string().max(65_536) }), nothing),
  'trials.resize': backend(z.object({ trialId, cols: z.number().int(), rows: z.number().int() }), nothing),
  'trials.acknowledge': backend(z.object({ trialId, offset: z.number().int().nonnegative() }), nothing),
  /** Asks where to save, then exports there. `path` is null when the admin cancelled. */
  'window.exportTranscript': main(
    z.object({ runId, format: exportFormat, exportId: exportId.optional(), outside: z.boolean().optional() }),
    z.object({ path: z.string().nullable() }),
  ),
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
} satisfies Record<string, MethodSpec>;

export const events = {
  'runs.changed': runState,
  /** How far the step that is running has come with an image; a few times a second. */
  'media.progress': mediaProgress.extend({ runId }),
  /** Bytes of one run's terminal; `offset` is where they begin, counted from the session's start. */
  'terminal.data': z.object({ runId, offset: z.number(), bytes: byteArray }),
  /** Bytes of the recording read, of all that will be; about ten times a second, to everybody. */
  'transcripts.exportProgress': z.object({ exportId, done: z.number(), total: z.number() }),
  /** Runs looked at, or bytes read and written, of all that will be; about ten times a second, to everybody. */
  'storage.progress': z.object({ jobId, done: z.number(), total: z.number() }),
  /** Runs were archived, restored or deleted. */
  'storage.changed': nothing,
  /** A target was added, edited, removed, or told of itself. */
  'targets.changed': nothing,
  'settings.changed': settings,
  'trials.changed': trialState,
  'trials.data': z.object({ trialId, offset: z.number(), bytes: byteArray }),
} satisfies Record<string, z.ZodType>;

export type MethodName = keyof typeof methods;
export type EventName = keyof typeof events;
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof methods)[M]['output']>;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

type Namespace<M extends string> = M extends `${infer N}.${string}` ? N : never;
type Member<M extends string, N extends string> = M extends `${N}.${infer F}` ? F : never;

/** The API object, `api.runs.start(…)` for `'runs.start'`; made by `makeApi` from the table above. */
export type Api = {
  [N in Namespace<MethodName>]: {
    [F in Member<MethodName, N>]: (input: MethodInput<Extract<`${N}.${F}`, MethodName>>) => Promise<MethodOutput<Extract<`${N}.${F}`, MethodName>>>;
  };
};
/** What the preload puts at `window.wrenchbook`. `on` returns the function that ends the subscription. */
export type WrenchbookApi = Api & {
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Called with what was wrong with an event that is not of the agreed form, and so reached no listener. */
  onMisfit(listener: (error: WireError) => void): () => void;
  /** Called whenever the connection to the backend is made or lost; what was attached has to be attached again. */
  onConnection(listener: (connected: boolean) => void): () => void;
};
