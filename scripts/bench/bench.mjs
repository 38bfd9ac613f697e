/**
 * `npm run bench`: how the terminal and the search keep up, printed beside the figures it is meant to reach. Nothing here passes or
 * fails: the machine's other work moves the absolute numbers, so they are read as ratios within one run.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, '.cache', 'bench', 'built');
const here = (file) => path.join(import.meta.dirname, file);
const shared = { configFile: false, logLevel: 'error' };

// The same TypeScript as the product's, bundled: the engine for Node, the terminal for the page.
await build({
  ...shared,
  root,
  // CommonJS without named exports: bundled, as the product's own build does.
  ssr: { noExternal: ['@xterm/headless'] },
  build: {
    ssr: true,
    outDir: path.join(built, 'node'),
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: {
        main: here('main.ts'),
        'product-host': here('host/product-host.ts'),
        'export-process': here('host/export-process.ts'),
        'history-worker': path.join(root, 'electron/history-worker.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].mjs' },
    },
  },
});
await build({ ...shared, root: here('empty-page'), base: './', build: { outDir: path.join(built, 'empty-page'), emptyOutDir: true, minify: true } });
await build({ ...shared, root: here('page'), build: { outDir: path.join(built, 'page'), emptyOutDir: true, minify: true } });

const bench = spawn(process.execPath, [path.join(built, 'node', 'main.mjs'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
bench.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
