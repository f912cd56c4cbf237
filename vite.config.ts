import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

/** `ZAGON_API=http://localhost:3000 npx vite dev` draws the console live on top of a server that runs elsewhere. */
const api = process.env.ZAGON_API;

/** The server answers its own pages only: behind the proxy a request says that it comes from there. */
const asItself = (target: string) => ({ target, changeOrigin: true, headers: { origin: target } });

export default defineConfig({
  ...(api ? { server: { proxy: { '/api': asItself(api), '/socket.io': { ...asItself(api), ws: true } } } } : {}),
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      project: './web/project.inlang',
      outdir: './web/src/lib/paraglide',
      strategy: ['localStorage', 'baseLocale'],
      localStorageKey: 'zagon.locale',
      emitTsDeclarations: true,
      outputStructure: 'locale-modules',
    }),
    sveltekit(),
  ],
  build: { chunkSizeWarningLimit: 900 },
});
