/** The programs that a compiled role of a procedure carries, as Wrenchbook brings them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { CompileRequest } from './compile-topic.ts';

/** Folders that the product brings: `fleet` of the build, and `assets`. */
export interface FleetFolders {
  rules: string;
  assets: string;
}

/** Throws `storage` where they are missing. */
export function rolePrograms(topicId: string, { rules, assets }: FleetFolders): CompileRequest['programs'] {
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new WrenchbookError(
        'storage',
        `${file} of Wrenchbook can't be read: ${(cause as Error).message}`,
        'Install Wrenchbook again, or build it: "npm run build".',
        { cause },
      );
    }
  };
  return { rules: read(path.join(rules, `${topicId}.mjs`)), filters: read(path.join(assets, 'fleet', 'role_rules.py')) };
}
