/** Secret variables for ansible-playbook over a named pipe: they are in no argument, no environment, and no file's content. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';

export interface SecretPipe {
  /** For `--extra-vars @FILE`. */
  file: string;
  /** Lets go of a reader that never came, and removes the pipe. */
  close(): void;
}

/** Throws `session` where no pipe can be made. */
export function secretPipe(values: Readonly<Record<string, string>>): SecretPipe {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-vars-'));
  const file = path.join(folder, 'vars.json');
  try {
    execFileSync('mkfifo', ['-m', '600', file]);
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw new WrenchbookError('session', `No pipe for the secrets could be made in ${folder}: ${(cause as Error).message}`, 'Check that mkfifo is there.', {
      cause,
    });
  }
  let read = false;
  const writing = writeFile(file, variablesText(values), { flag: 'w' }).then(
    () => {
      read = true;
    },
    () => undefined, // its reader ended first; ansible-playbook says what was wrong
  );
  return {
    file,
    close() {
      // A writer waits in open(2) for its reader: one that reads nothing ends that.
      if (!read) {
        const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
        void writing.finally(() => {
          closeSync(fd);
          rmSync(folder, { recursive: true, force: true });
        });
      } else rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As YAML that Ansible does not take for templates: braces in a password are braces, and nobody's text is evaluated. Pure. */
export const variablesText = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${JSON.stringify(name)}: !unsafe ${JSON.stringify(value)}\n`)
    .join('');
