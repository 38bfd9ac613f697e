/** Tests of what may not be read or written, where they run as root, who may all. */
import { execFileSync } from 'node:child_process';

const nobody = 65_534;

/** Works with the rights of nobody where it would be with root's; the folders become nobody's own before. */
export async function withPlainRights<Result>(folders: readonly string[], work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  execFileSync('chown', ['-R', String(nobody), ...folders]);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
