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

/**
 * Marks the domain's schemas as free of side effects, so that a screen which needs a type or a sum does not carry zod (24 KB):
 * `const Job = z.object(…)` becomes `const Job = (() => z.object(…))()` with the mark that bundlers know.
 */
function shakeSchemas(): Plugin {
  return {
    name: 'adflux:shake-schemas',
    enforce: 'post',
    transform: {
      filter: { id: /functions\/src\/domain\/[^/]+\.ts$/ },
      handler(code) {
        const calls = this.parse(code).body.flatMap((statement) => {
          const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
          if (declared?.type !== 'VariableDeclaration') return []
          return declared.declarations.flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []))
        })
        const marked = calls.reduceRight(
          (text, { start, end }) =>
            `${text.slice(0, start)}/* @__PURE__ */ (() => ${text.slice(start, end)})()${text.slice(end)}`,
          code,
        )
        return { code: marked, map: null }
      },
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), shakeSchemas(), preloadDataLayer()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'firebase',
              test: /node_modules[\\/](@firebase|firebase|idb)[\\/]|web[\\/]src[\\/]firebase\.ts$/,
            },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
          ],
        },
      },
    },
  },
})
