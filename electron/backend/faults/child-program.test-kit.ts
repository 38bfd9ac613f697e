/** Programs for tests that need a process of their own to be killed: bundled, as Node can't run their TypeScript. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Bundles a TypeScript file for Node; resolves with the path of the program. */
export async function bundleProgram(entry: string): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'wb-program-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: true, outDir, minify: false, rollupOptions: { input: { program: entry }, output: { format: 'es', entryFileNames: '[name].mjs' } } },
  });
  return path.join(outDir, 'program.mjs');
}
