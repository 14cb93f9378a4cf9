import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Two pages: the window, and the one-line capture window, which must open at once and so shares nothing heavy.
export default defineConfig(({ mode, command }) => ({
  plugins: [svelte()],
  define: { __FAKE_HOST__: JSON.stringify(command === 'serve' || mode === 'fake') },
  resolve: {
    alias: { '@': here('./src') },
    ...(mode === 'test' ? { conditions: ['browser'] } : {}),
  },
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    target: ['es2022', 'safari16.4'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: here('./index.html'), capture: here('./capture.html') },
      output: {
        codeSplitting: {
          // Two files instead of fifty at the start: what both pages need, and what stands between the start and the first
          // key: the frame, the room of today, the editor. The other rooms are fetched on their own.
          groups: [
            { name: 'ground', test: /node_modules.(svelte|@tauri-apps|esm-env|clsx)|src.ipc.(?!fake)|src.text.(?!kitWords|de.host)|src.components.Mark|src.app.keys|@lucide.svelte.dist.(?!icons)|lucide.svelte.dist.icons.lock\.|vite.preload-helper/, priority: 2 },
            { name: 'start', test: /src.app.(?!Shortcuts)|src.components.[A-Z]\w+\.(svelte|ts)|src.components.editor.(?!rich)|src.features.today|node_modules.(@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)/, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // A whole page is looked at for barriers within a test; on a machine that builds beside it that takes its time.
    testTimeout: 20_000,
  },
}));
