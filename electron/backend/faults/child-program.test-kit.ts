/** Programs for tests that need a process of their own to be killed: bundled, as Node can't run their TypeScript. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Bundles a TypeScript file for Node; resolves with the path of the program. As `cjs` it may use terminals, with NODE_PATH set. */
export async function bundleProgram(entry: string, format: 'es' | 'cjs' = 'es'): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'wb-program-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['node-pty'] },
    build: {
      ssr: true,
      outDir,
      minify: false,
      rollupOptions: { input: { program: entry }, output: { format, entryFileNames: `[name].${format === 'es' ? 'mjs' : 'cjs'}` } },
    },
  });
  return path.join(outDir, `program.${format === 'es' ? 'mjs' : 'cjs'}`);
}
