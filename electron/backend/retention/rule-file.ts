/** `retention.json`: what the admin decided about old runs. Without it, or when it can't be read, nothing goes by itself. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type RetentionRule, retentionRule } from '../../../shared/api/storage.ts';
import { storageError } from '../storage-error.ts';
import { replaceFile } from '../whole-file.ts';

const ruleFile = retentionRule.extend({ version: z.literal(1) });
export const noRule: RetentionRule = { archiveAfterDays: null, deleteAfterDays: null, keepBelowBytes: null, atStart: false };
const fileOf = (dataFolder: string) => path.join(dataFolder, 'retention.json');

/** `trouble`: why there is a file and its rule does not count; the rule is off then. */
export function readRule(dataFolder: string): { rule: RetentionRule; trouble: string | null } {
  const file = fileOf(dataFolder);
  try {
    const { version: _version, ...rule } = ruleFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { rule, trouble: null };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { rule: noRule, trouble: null };
    return {
      rule: noRule,
      trouble: `${file} can't be read or belongs to a newer Wrenchbook: nothing is archived or deleted by rule. Save the rule again to replace it.`,
    };
  }
}

/** Throws `storage`. */
export function writeRule(dataFolder: string, rule: RetentionRule): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw storageError('make', dataFolder, cause);
  }
  replaceFile(fileOf(dataFolder), `${JSON.stringify({ version: 1, ...rule }, null, 2)}\n`);
}
