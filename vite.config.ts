import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * One build, three bundles: the window (a page), the main process (Electron's entry and the
 * command line) and the preload script. Everything is bundled, so that what is shipped is `dist`
 * and nothing else.
 */
export default defineConfig({
  root: path('renderer'),
  base: './',
  logLevel: 'warn',
  builder: {},
  environments: {
    client: {
      build: {
        outDir: path('dist/renderer'),
        emptyOutDir: true,
        target: 'es2024',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron', 'bufferutil', 'utf-8-validate'] },
      build: {
        outDir: path('dist/main'),
        emptyOutDir: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: {
            main: path('main/main.ts'),
            cli: path('main/cli.ts'),
            'hub-worker': path('main/server/hub-worker.ts'),
          },
          external: ['electron', 'bufferutil', 'utf-8-validate', /^node:/],
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: path('dist/preload'),
        emptyOutDir: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: { preload: path('preload/preload.ts') },
          external: ['electron'],
          // A sandboxed preload script must be one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
