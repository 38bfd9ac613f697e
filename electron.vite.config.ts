import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { writeRules } from './electron/backend/fleet/rules/rules-bundle.ts';

const here = (file: string) => path.resolve(import.meta.dirname, file);

// Only node-pty and SQLite, which bring binary files, stay run-time dependencies: everything else is bundled, so that app.asar holds no library sources.
export default defineConfig({
  main: {
    // What compiled playbooks carry: each procedure's rules as a program of their own.
    plugins: [{ name: 'fleet-rules', apply: 'build', closeBundle: () => writeRules(here('out/fleet')) }],
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: here('electron/main.ts'),
          'backend-host': here('electron/backend-host.ts'),
          'history-worker': here('electron/history-worker.ts'),
          'symptom-worker': here('electron/symptom-worker.ts'),
          cli: here('electron/cli.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: { input: { preload: here('electron/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react()],
    build: {
      outDir: here('out/renderer'),
      minify: true,
      rollupOptions: {
        input: here('renderer/index.html'),
        // What every start needs is one file: six small ones that it shares with the pages cost a request each before anything is drawn.
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});
