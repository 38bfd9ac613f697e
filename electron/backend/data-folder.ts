/** Where runs and settings are kept: the platform's convention, or `WRENCHBOOK_DATA`. */
import path from 'node:path';
import envPaths from 'env-paths';

/** Absolute path of the data folder; it need not exist yet. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  const chosen = env.WRENCHBOOK_DATA;
  return chosen ? path.resolve(chosen) : envPaths('wrenchbook', { suffix: '' }).data;
}
