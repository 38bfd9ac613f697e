/** Runs the built terminal command in this process, so that terminal, signals and exit status are its own. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** `values`: the command's own arguments. Throws where it has not been built. */
export function runCommand(root, values) {
  const file = path.join(root, 'out/main/cli.cjs');
  if (!existsSync(file)) throw new Error(`Wrenchbook has not been built: ${file} is missing. Run "npm run build" in ${root} first.`);
  process.argv = [process.execPath, file, ...values];
  createRequire(import.meta.url)(file);
}
