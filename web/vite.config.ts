import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Lets the browser fetch the data layer while the shell is still being parsed. */
function preloadDataLayer(): Plugin {
  return {
    name: 'adflux:preload-data-layer',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => /assets\/firebase-[^/]+\.js$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', href: `/${file}` },
            injectTo: 'head' as const,
          })),
    },
  }
}

/** Every function of zod that the domain calls while it loads: without side effects, so unused schemas leave the bundle. */
const PURE = ['z', 'Entity.extend', 'Stored.extend', 'Counts.extend']

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), preloadDataLayer()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      treeshake: { manualPureFunctions: PURE },
      output: {
        codeSplitting: {
          groups: [
            { name: 'firebase', test: /node_modules[\\/](@firebase|firebase|idb)[\\/]|web[\\/]src[\\/]firebase\.ts$/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
          ],
        },
      },
    },
  },
})
