/** Targets: the machines a procedure can be run on, what is known of each, and the trial that shows whether one can be reached. */
import { z } from 'zod';
import { consoleDialect, consoleWay, consoleWayText, dialectTitles } from './console.ts';
import { probeResult } from './probe.ts';

export const targetId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens')
  .max(64);

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'Use one line of plain text');
/** As ssh takes it: a name, an address, or an alias of the client's configuration, in any script. Never an option, a URI or a user with it. */
export const hostName = z
  .string()
  .trim()
  .regex(/^(?!ssh:)[\p{L}\p{M}\p{N}_.:%[\]/+=,~#^][\p{L}\p{M}\p{N}_.:%[\]/+=,~#^-]*$/u, 'Give a host name, an address, or a Host of your ssh configuration')
  .max(255);
/** Also of a directory: `DOMAIN\user`, `DOMAIN+user`, `user@domain`, and with a blank in it. */
export const userName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.@\\+=~-]*(?: [\p{L}\p{N}_.][\p{L}\p{M}\p{N}_.@\\+=~-]*)*(?<!\\)\$?$/u, 'Give a user name')
  .max(128);
export const longestName = 80;

/** How a step that needs it becomes root there. */
export const rootWay = z.enum(['none', 'sudo', 'doas', 'su', 'pkexec']);
export type RootWay = z.infer<typeof rootWay>;

export const connection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ssh'), host: hostName, user: userName.optional(), port: z.number().int().min(1).max(65_535).optional() }),
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('console'), way: consoleWay, dialect: consoleDialect }),
]);
export type Connection = z.infer<typeof connection>;

/** What a target is called where nobody named it. */
export const nameFor = (to: Connection): string =>
  to.kind === 'local' ? 'This machine' : to.kind === 'ssh' ? to.host.trim().slice(0, longestName) : consoleWayText(to.way).slice(0, longestName);

/** Where that is, in words. */
export function placeText(to: Connection): string {
  if (to.kind === 'local') return 'this machine';
  if (to.kind === 'console') return `${dialectTitles[to.dialect]} on ${consoleWayText(to.way)}`;
  return `${to.user === undefined ? '' : `${to.user}@`}${to.host}${to.port === undefined ? '' : `:${to.port}`}`;
}

const tag = oneLine(32).pipe(z.string().regex(/^[^\s,]+$/, 'A tag is one word'));

/** What an admin says of a target. There is no field for anything secret: passwords are typed where they are asked for. */
export const targetEntry = z.object({
  name: oneLine(longestName).pipe(z.string().min(1, 'Give the target a name')),
  connection,
  root: rootWay,
  group: oneLine(64),
  tags: z.array(tag).max(32),
  note: z.string().max(2000),
  /** A mistake there costs more than elsewhere: runs on it say so over the whole width. */
  production: z.boolean().optional(),
});
export type TargetEntry = z.infer<typeof targetEntry>;

export const target = targetEntry.extend({ id: targetId });
export type Target = z.infer<typeof target>;

/** An entry of the book that can't be used: which, and why. `number` counts from 1, as the file has them. */
export const hiddenTarget = z.object({ number: z.number().int(), name: z.string(), why: z.string() });
export type HiddenTarget = z.infer<typeof hiddenTarget>;

const text = z.string().max(200);
/** What a target said of itself when it was reached last. Empty text: it did not say. */
export const targetFacts = z.object({
  readAt: z.string(),
  /** `like`: ids of systems it takes after. */
  os: z.object({ id: text, name: text, version: text, like: z.array(text).default([]) }),
  kernel: text,
  architecture: text,
  hostName: text,
  loginShell: text,
  user: text,
  uid: z.number().int().nullable(),
  /** The tools that were asked for: where each is, null where it is not. */
  tools: z.record(z.string().max(64), text.nullable()),
  /** Seconds its clock is ahead of this one; right to about a second and half the way there and back. */
  clockSkewSeconds: z.number().int().nullable(),
});
export type TargetFacts = z.infer<typeof targetFacts>;

export const listedTarget = target.extend({ facts: targetFacts.nullable() });
export type ListedTarget = z.infer<typeof listedTarget>;

export const importCandidate = z.object({
  host: z.string(),
  port: z.number().int().optional(),
  from: z.enum(['config', 'known_hosts']),
  /** What the configuration says of it, for reading. */
  detail: z.string(),
  /** A target leads there already. */
  present: z.boolean(),
});
export type ImportCandidate = z.infer<typeof importCandidate>;
export const importable = z.object({
  candidates: z.array(importCandidate),
  /** Entries of known_hosts whose names are hashed, and can't be shown. */
  hashed: z.number().int(),
  /** Files that are there and could not be read. */
  troubles: z.array(z.string()),
});
export type Importable = z.infer<typeof importable>;
export const importChoice = z.object({ host: hostName, port: z.number().int().min(1).max(65_535).optional() });

export const trialId = z.string().min(1).max(64);
export const stageName = z.enum(['console', 'prompt', 'network', 'host-key', 'authentication', 'shell', 'facts', 'root', 'probe']);
export type StageName = z.infer<typeof stageName>;
export const stageStatus = z.enum(['pending', 'running', 'ok', 'failed', 'skipped']);
export const trouble = z.object({ cause: z.string(), next: z.string() });
export type Trouble = z.infer<typeof trouble>;
export const stage = z.object({
  name: stageName,
  /** Which of several machines, by its name. */
  machine: z.string().optional(),
  status: stageStatus,
  trouble: trouble.nullable(),
});
export type Stage = z.infer<typeof stage>;

export const trialState = z.object({
  trialId,
  /** An entry of the book, or the place of a check: a new one ends the one before. */
  targetId: z.string().min(1).max(400),
  targetName: z.string(),
  status: z.enum(['running', 'ok', 'failed', 'cancelled']),
  stages: z.array(stage),
  facts: targetFacts.nullable(),
  /** What was found out about a procedure, where that was looked for. */
  probe: probeResult.nullable(),
});
export type TrialState = z.infer<typeof trialState>;
