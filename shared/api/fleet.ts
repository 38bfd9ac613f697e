/** Fleets: one procedure on many hosts, by Ansible. A fleet run has hosts, steps, and for each of both together a cell. */
import { z } from 'zod';
import { hostName, targetId, userName } from './target.ts';

export const fleetRunId = z
  .string()
  .regex(/^\d{8}-\d{6}-[a-z0-9-]{1,80}-[0-9a-f]{4}$/, 'Give the id of a fleet run')
  .max(120);

/**
 * `unknown`: it was not seen how it ended, or nothing came back. `skipped`: not affected. `would-change`: by a check that changes nothing.
 */
export const cellStatus = z.enum(['pending', 'running', 'ok', 'changed', 'skipped', 'failed', 'unreachable', 'unknown', 'would-change', 'undone']);
export type CellStatus = z.infer<typeof cellStatus>;
/** `done`: Ansible has counted it to its end without a failure, and every step has a result. */
export const hostStatus = z.enum(['pending', 'running', 'done', 'failed', 'unreachable', 'unknown', 'undone']);
export type HostStatus = z.infer<typeof hostStatus>;
/** `check` changes nothing (`--check --diff`); `retry` is for hosts that failed, `resume` for all that are not done, `undo` for those that changed. */
export const attemptKind = z.enum(['check', 'apply', 'retry', 'resume', 'undo']);
export type AttemptKind = z.infer<typeof attemptKind>;
/** `interrupted`: Ansible is gone, and nobody saw it end. */
export const fleetStatus = z.enum(['planned', 'running', 'done', 'failed', 'stopped', 'interrupted', 'undone']);
export type FleetStatus = z.infer<typeof fleetStatus>;

const hostGiven = { name: hostName, address: z.string().max(255).optional(), user: userName.optional(), port: z.number().int().min(1).max(65_535).optional() };
/** `role`: which of a procedure's machines it is; empty where there is one. `from`: where it was named. */
export const chosenHost = z.object({ ...hostGiven, role: z.string().max(64).default(''), from: z.string().max(400) });
export type ChosenHost = z.infer<typeof chosenHost>;

const role = z.string().max(64).default('');
/** Where hosts come from. What is pasted names hosts and nothing else: no variables, no options. */
export const hostSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), text: z.string().max(1_000_000), role }),
  z.object({ kind: z.literal('tag'), tag: z.string().max(64), role }),
  z.object({ kind: z.literal('targets'), ids: z.array(targetId).max(1000), role }),
  /** A pattern of names with `*` and `?`. */
  z.object({ kind: z.literal('ssh-config'), pattern: z.string().max(255), role }),
]);
export type HostSource = z.infer<typeof hostSource>;
/** An inventory of Ansible: a file, a folder, or a program that prints one; with one of its groups. */
export const inventorySource = z.object({ kind: z.literal('inventory'), path: z.string().min(1).max(4096), group: z.string().max(255).default('all'), role });
export const anyHostSource = z.discriminatedUnion('kind', [...hostSource.options, inventorySource]);
export type AnyHostSource = z.infer<typeof anyHostSource>;

/** An entry that could not be used, and why; the others stay. */
export const hostTrouble = z.object({ entry: z.string(), why: z.string() });
export type HostTrouble = z.infer<typeof hostTrouble>;
export const foundHosts = z.object({ hosts: z.array(chosenHost), troubles: z.array(hostTrouble), twice: z.array(z.string()) });
export type FoundHosts = z.infer<typeof foundHosts>;

/** `tags` and `groups` of the list of targets, for choosing. */
export const hostChoices = z.object({ tags: z.array(z.string()), groups: z.array(z.string()), sshConfig: z.array(z.string()) });

export const installWay = z.object({ system: z.string(), command: z.string() });
export const fleetEngine = z.object({
  /** Null where there is none; `why` says so. */
  ansible: z.object({ path: z.string(), version: z.string() }).nullable(),
  why: z.string(),
  install: z.array(installWay),
  /** Rules of compiled procedures need it where ansible-playbook runs; null where there is none, and `nodeWhy` says so. */
  node: z.object({ path: z.string(), version: z.string() }).nullable(),
  nodeWhy: z.string(),
  nodeInstall: z.array(installWay),
});
export type FleetEngine = z.infer<typeof fleetEngine>;

/** `role`: of which machine's hosts; empty for all. `one`: only the first of these goes through it, for all. */
export const fleetStep = z.object({ id: z.string(), title: z.string(), role: z.string(), one: z.boolean().optional() });
export type FleetStep = z.infer<typeof fleetStep>;
export const fleetHostState = z.object({ name: z.string(), role: z.string(), from: z.string(), status: hostStatus, changed: z.boolean(), says: z.string() });
export type FleetHostState = z.infer<typeof fleetHostState>;

/** Hosts at a time, batch by batch; the percentage of a batch that may fail before the rest is left alone; and failed hosts in all after which no further batch begins. */
export const fleetRollout = z.object({
  serial: z
    .array(z.union([z.number().int().min(1).max(99_999), z.string().regex(/^(?:[1-9]\d?|100)%$/)]))
    .min(1)
    .max(20)
    .optional(),
  maxFail: z.number().int().min(0).max(100).optional(),
  stopAt: z.number().int().min(1).max(99_999).optional(),
});
export type FleetRollout = z.infer<typeof fleetRollout>;

const counts = z.record(hostStatus, z.number().int());
export const fleetSummary = z.object({
  runId: fleetRunId,
  topicId: z.string(),
  title: z.string(),
  status: fleetStatus,
  /** What it comes to, as a sentence. */
  says: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  hosts: z.number().int(),
  counts,
});
export type FleetSummary = z.infer<typeof fleetSummary>;

export const fleetAttempt = z.object({
  number: z.number().int(),
  kind: attemptKind,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Exit status of ansible-playbook; null while it runs, or where nobody saw it. */
  status: z.number().int().nullable(),
  /** As it was started. */
  command: z.string(),
  hosts: z.number().int(),
});
export type FleetAttempt = z.infer<typeof fleetAttempt>;

export const fleetState = fleetSummary.extend({
  version: z.string(),
  /** Folder with the playbook as it runs. */
  folder: z.string(),
  hostRows: z.array(fleetHostState),
  steps: z.array(fleetStep),
  /** One row a host, one status a step. */
  cells: z.array(z.array(cellStatus)),
  attempts: z.array(fleetAttempt),
  /** Variables that are asked for before it runs. */
  secrets: z.array(z.string()),
  /** What can be started now, and for how many hosts. */
  offers: z.array(z.object({ kind: attemptKind, hosts: z.number().int() })),
  /** Ansible runs here and can be stopped; `outlived`: it is from before Wrenchbook was started again. */
  live: z.enum(['no', 'here', 'outlived']),
});
export type FleetState = z.infer<typeof fleetState>;

/** What has changed since the state or the last news: apply it to what is kept. */
export const fleetNews = fleetState.omit({ hostRows: true, steps: true, cells: true }).extend({
  hostRows: z.array(z.object({ at: z.number().int(), row: fleetHostState })),
  cells: z.array(z.object({ host: z.number().int(), step: z.number().int(), status: cellStatus })),
});
export type FleetNews = z.infer<typeof fleetNews>;

export const cellTask = z.object({
  name: z.string(),
  attempt: z.number().int(),
  kind: attemptKind,
  status: cellStatus,
  /** Exactly what ran; empty where it was not told. */
  command: z.string(),
  exit: z.number().nullable(),
  output: z.string(),
  error: z.string(),
  message: z.string(),
  diff: z.string(),
  at: z.string(),
});
export type CellTask = z.infer<typeof cellTask>;
export const cellDetail = z.object({ host: z.string(), step: fleetStep, status: cellStatus, tasks: z.array(cellTask) });
export type CellDetail = z.infer<typeof cellDetail>;

/** A line of a diff, without its sign. */
export const changedLine = z.object({ added: z.boolean(), text: z.string() });
export type ChangedLine = z.infer<typeof changedLine>;
/** Hosts on which a check would change the same. The diffs are the first host's. */
export const changeGroup = z.object({
  hosts: z.array(z.string()),
  steps: z.array(z.object({ id: z.string(), title: z.string(), diff: z.string() })),
  /** What the other groups do not change so; a few lines, and `more`: how many were left out. */
  differs: z.array(changedLine),
  more: z.number().int(),
});
export type ChangeGroup = z.infer<typeof changeGroup>;
/** `unseen`: hosts of which the last check does not know what would change. */
export const fleetChanges = z.object({ groups: z.array(changeGroup), unseen: z.array(z.object({ host: z.string(), why: z.string() })) });
export type FleetChanges = z.infer<typeof fleetChanges>;

export const fleetFile = z.object({ path: z.string(), text: z.string() });
export const fleetExportFormat = z.enum(['markdown', 'html', 'json', 'bundle']);
export type FleetExportFormat = z.infer<typeof fleetExportFormat>;
export const fleetVerification = z.object({ ok: z.boolean(), findings: z.array(z.string()), events: z.number().int(), fingerprint: z.string().nullable() });
export type FleetVerification = z.infer<typeof fleetVerification>;
