import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      project: './web/project.inlang',
      outdir: './web/src/lib/paraglide',
      strategy: ['localStorage', 'baseLocale'],
      localStorageKey: 'zagon.locale',
      emitTsDeclarations: true,
    }),
    sveltekit(),
  ],
  build: { chunkSizeWarningLimit: 900 },
});
