import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { PLATFORMS } from '#domain/ids.ts'
import { adaptersBehind, portsNamed } from './needed-adapters.ts'

const FUNCTIONS = fileURLToPath(new URL('../../functions/', import.meta.url))
const WIRING = join(FUNCTIONS, 'src/wiring.ts')
const entryOf = (name: string): string => join(FUNCTIONS, `src/entry/${name}.ts`)
const FRAMEWORK = '@google-cloud/functions-framework'

const OPTIONS = {
  absWorkingDir: FUNCTIONS,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The framework keeps a registry in its module, and Google's clients read files beside theirs: neither survives bundling.
  packages: 'external',
  // An adapter stays a chunk of its own that is loaded when a request first needs it.
  splitting: true,
  metafile: true,
  define: { 'globalThis.__ADFLUX_BUILD__': '"production"' },
  logLevel: 'warning',
} satisfies BuildOptions

/** What was built: the folder, the packages it names, and the adapters inside. */
export type Artifact = { folder: string; packages: string[]; adapters: string[] }
type Survey = { sources: string[]; ports: string[]; adapters: string[] }

/** Names of all deployed functions, from functions.json. */
export const functionNames = (): string[] =>
  Object.keys((JSON.parse(readFileSync(join(FUNCTIONS, 'functions.json'), 'utf8')) as { functions: object }).functions)

/**
 * Adapters of ad platforms that a function has no channel or account of, by its line in functions.json (without one it may need all),
 * and those that ask a function which does not take its calls.
 */
function foreignPlatform(name: string): (adapter: string) => boolean {
  const { functions } = JSON.parse(readFileSync(join(FUNCTIONS, 'functions.json'), 'utf8')) as {
    functions: Record<string, { platforms?: string[]; trigger: { http?: { callers?: string[] } } }>
  }
  const own = functions[name]?.platforms
  const asks = (platform: string) => functions[`ask-${platform}`]?.trigger.http?.callers?.includes(name) ?? false
  const foreign = PLATFORMS.flatMap((platform) => [
    ...(own === undefined || own.includes(platform) ? [] : [platform]),
    ...(asks(platform) ? [] : [`ask-${platform}`]),
  ])
  return (adapter) => foreign.some((folder) => adapter.startsWith(`./adapters/${folder}/`))
}

/** What a function's code reaches: its sources without adapters, the ports it asks the wiring for, the adapters behind those. */
export async function surveyFunction(name: string): Promise<Survey> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: [entryOf(name)],
    plugins: [leavingOut(() => false)],
    write: false,
    outdir: 'dist',
    logLevel: 'silent',
  })
  const sources = inputsOf(metafile)
  const ports = [...new Set(sources.filter((path) => path !== WIRING).flatMap(portsNamed))].sort()
  const isForeign = foreignPlatform(name)
  return { sources, ports, adapters: adaptersBehind(WIRING, ports).filter((adapter) => !isForeign(adapter)) }
}

/** Bundles one function into `<out>/<name>/`, which starts by itself after `npm install && npm start`. */
export async function buildFunction(name: string, out: string): Promise<Artifact> {
  const { adapters } = await surveyFunction(name)
  const folder = join(out, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { metafile } = await build({
    ...OPTIONS,
    // The environment is read at once: a production build with local settings, or without its own, must not even start.
    stdin: {
      contents: `import { env } from './src/lib/env.ts'\nimport './src/entry/${name}.ts'\nenv()\n`,
      resolveDir: FUNCTIONS,
    },
    entryNames: 'index',
    plugins: [leavingOut((adapter) => adapters.includes(adapter))],
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
  })
  const packages = packagesOf(metafile)
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(name, packages), null, 2)}\n`)
  for (const file of ['preload.mjs', 'functions.json']) copyFileSync(join(FUNCTIONS, file), join(folder, file))
  return { folder, packages, adapters }
}

const inputsOf = (metafile: Metafile): string[] =>
  Object.keys(metafile.inputs)
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
    .map((path) => join(FUNCTIONS, path))

/** The wiring names every adapter there is; one that no port of this function leads to would drag its packages along. */
const leavingOut = (needed: (adapter: string) => boolean): Plugin => ({
  name: 'leaving-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/adapters\// }, ({ path, importer, kind }) =>
      kind === 'dynamic-import' && importer === WIRING && !needed(path) ? { path, namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not part of this artifact: its entry names no port that needs it`)})`,
    }))
  },
})

/** Every package that the bundle imports or asks the path of, sorted. */
function packagesOf(metafile: Metafile): string[] {
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external, path }) => external && !isBuiltin(path)).map(({ path }) => path),
  )
  const located = inputsOf(metafile).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\.resolve\(\s*'([@a-z][^']*)'/g)].map(([, target]) => target ?? ''),
  )
  return [...new Set([FRAMEWORK, ...imported, ...located].map(packageName))].sort()
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function manifest(name: string, packages: readonly string[]): object {
  return {
    name: `adflux-${name}`,
    version: installedVersion('@adflux/functions', join(FUNCTIONS, 'package.json')),
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '24' },
    scripts: { start: `FUNCTION_TARGET=${name} NODE_OPTIONS='--import ./preload.mjs' functions-framework` },
    dependencies: Object.fromEntries(packages.map((each) => [each, installedVersion(each)])),
  }
}

/** The exact version that the lock file chose for the functions. Throws where the package is not installed. */
function installedVersion(name: string, file?: string): string {
  const path = file ?? manifestOf(name)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

/** Found by folder, not by import: many packages do not export their package.json. */
function manifestOf(name: string): string {
  const roots = createRequire(join(FUNCTIONS, 'package.json')).resolve.paths(name) ?? []
  for (const root of roots) {
    const path = join(root, name, 'package.json')
    try {
      readFileSync(path)
      return path
    } catch {}
  }
  throw new Error(`${name} is imported by ${basename(FUNCTIONS)} but not installed: run npm ci`)
}
