/** The terminal command with other topics than the product's, for tests of what those need. Below .cache, two folders below assets/. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const product = path.resolve('shared/topics/index.ts');

/** `topics`: a module that exports `topics`. Remove it after use. */
export async function bundleCli(topics: string): Promise<{ program: string; remove(): void }> {
  mkdirSync('.cache', { recursive: true });
  const outDir = mkdtempSync(path.resolve('.cache', 'cli-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [{ name: 'other-topics', enforce: 'pre', load: (id) => (id === product ? `export { topics } from ${JSON.stringify(topics)};` : null) }],
    ssr: { noExternal: true, external: ['node-pty', 'node-sqlite3-wasm'] },
    build: {
      ssr: true,
      outDir,
      minify: false,
      rollupOptions: {
        input: { program: path.resolve('electron/cli.ts'), 'history-worker': path.resolve('electron/history-worker.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  return { program: path.join(outDir, 'program.mjs'), remove: () => rmSync(outDir, { recursive: true, force: true }) };
}
