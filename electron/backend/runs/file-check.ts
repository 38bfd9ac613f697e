/** Reads the files a form names and lets the topic judge them. Nothing is copied or changed. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { InputFile } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { FileCheck } from '../../../shared/topic-kit/index.ts';
import { workstationShell } from '../sessions/workstation-shell.ts';

export interface CheckedFile {
  check: FileCheck;
  /** What was found; null when the file could not be read or is too large. */
  input: InputFile | null;
  problem: { rule: string; means: string; next: string; remedies: readonly string[] } | null;
  /** Of a file that is usable. */
  warning?: { rule: string; means: string; next: string };
}

/** Checks one file; relative paths start at `folder`. Never blocks on a FIFO and never reads more than the limit. */
export async function checkFile(check: FileCheck, folder: string): Promise<CheckedFile> {
  const file = check.path.startsWith('/') ? workstationShell.here(check.path) : path.resolve(folder, check.path);
  const refuse = (rule: string, means: string, next: string): CheckedFile => ({ check, input: null, problem: { rule, means, next, remedies: [] } });
  const name = path.basename(file);
  try {
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (info.isDirectory())
        return refuse('is-directory', `${check.path} is a directory.`, `Choose the file itself, ${name === check.path ? 'inside it' : 'not its folder'}.`);
      if (!info.isFile())
        return refuse('not-a-file', `${check.path} is not an ordinary file but a pipe, socket or device.`, 'Copy its content into a file and choose that.');
      if (info.size > check.limit)
        return refuse(
          'too-large',
          `${check.path} has ${info.size.toLocaleString('en')} bytes; no such file is larger than ${check.limit.toLocaleString('en')}.`,
          'Choose the unpacked file, not the package or disk image it came in.',
        );
      const content = await handle.readFile();
      const finding = check.inspect(content);
      const input = {
        field: check.field,
        path: check.path,
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        summary: finding.summary,
      };
      const warning = finding.problem ? undefined : finding.warning;
      return {
        check,
        input,
        ...(warning && { warning }),
        problem: finding.problem ? { remedies: [], ...finding.problem, means: `${check.path}: ${finding.problem.means}` } : null,
      };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('missing', `${check.path} does not exist.`, 'Check the path, or choose the file with Browse.');
    if (code === 'EACCES' || code === 'EPERM')
      return refuse(
        'unreadable',
        `${check.path} can't be read: you have no permission.`,
        'Give yourself read permission on it, or copy it to a folder of your own.',
      );
    if (code === 'ENXIO') return refuse('not-a-file', `${check.path} is a socket or device.`, 'Choose an ordinary file.');
    return refuse(
      'unreadable',
      `${check.path} can't be read: ${code ?? (cause as Error).message}.`,
      'Check the disk it is on, or take another copy of the file.',
    );
  }
}

/** The verdict on a checked file, as a step shows it. */
export const fileVerdict = ({ check, input, problem, warning }: CheckedFile): Verdict => ({
  kind: problem ? 'failure' : warning ? 'warning' : 'expected',
  rule: problem?.rule ?? warning?.rule ?? 'file-fits',
  line: check.path,
  means: problem?.means ?? (warning ? `${input?.summary}. ${warning.means}` : (input?.summary ?? '')),
  next: problem?.next ?? warning?.next ?? '',
  remedies: [...(problem?.remedies ?? [])],
  noWayBack: false,
});
