/** Changes of files of the target: what is shown before they are written, and what the files were before. */
import { z } from 'zod';

export const fileBefore = z.object({
  sha256: z.string(),
  /** As cksum(1) says it, which nearly every target has; others are asked for the SHA-256. */
  sum: z.string(),
  size: z.number(),
  /** Octal. */
  mode: z.string(),
  uid: z.number(),
  gid: z.number(),
});
export type FileBefore = z.infer<typeof fileBefore>;

/** Where the file as it was is kept on the target. */
export const targetBackup = z.object({
  folder: z.string(),
  /** Also of the copy in the run's own folder. */
  name: z.string(),
  /** Folders that have to be made for it, the deepest first. */
  missing: z.array(z.string()),
});
export type TargetBackup = z.infer<typeof targetBackup>;

/** One of the files that a step shows. */
export const shownFile = z.object({
  /** As it is named to people. */
  file: z.string(),
  /** On the target, behind all links. */
  place: z.string(),
  /** The physical path of its folder; not in journals of earlier versions. */
  folder: z.string().optional(),
  /** Null where the file is made. */
  before: fileBefore.nullable(),
  after: z.object({ sha256: z.string(), size: z.number(), mode: z.string() }),
  /** Null where there is nothing to keep. */
  backup: targetBackup.nullable(),
  /** Folders that are made for it, the deepest first. Missing where none is. */
  newFolders: z.array(z.string()).optional(),
});
export type ShownFile = z.infer<typeof shownFile>;

/** The files of a step that change, in the order in which they are written. */
export const shownEdits = z.object({
  files: z.array(shownFile),
  /** How many were found in all; null where the step names its one file. */
  found: z.number().int().nullable(),
  /** Unified, one file after the other. */
  diff: z.string(),
  /** They were shown before, and one of them has changed since. */
  again: z.boolean(),
});
export type ShownEdits = z.infer<typeof shownEdits>;

/** Progress: shown and can be written, written, or left without all being written. */
export const stepEdit = shownEdits.extend({
  stage: z.enum(['shown', 'written', 'left']),
  files: z.array(shownFile.extend({ written: z.boolean() })),
});
export type StepEdit = z.infer<typeof stepEdit>;
