/**
 * The arrows of the house. Each rule says why it is there; tests/unit/architecture-arrows.test.ts plants a breach of every one of
 * them and sees it caught.
 */

/** What `from` may import, and nothing else. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
})

const never = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to })

const DOMAIN = '^functions/src/domain/'
const PORTS = '^functions/src/ports/'
const LIB = '^functions/src/lib/'
/** The part of the library that reaches neither the environment nor a transport. */
const ARITHMETIC = '^functions/src/lib/(click-token|context|hash|incident|log|new-id)\\.ts$'
const NODE_MODULES = 'node_modules/'

module.exports = {
  forbidden: [
    never(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Two files that need each other load in an order nobody chose. A type alone loads nothing, so it may point back.',
    ),
    never(
      'no-dangling-import',
      {},
      { couldNotResolve: true },
      'An import that resolves to nothing fails in production.',
    ),
    only(
      'domain-is-pure',
      DOMAIN,
      [DOMAIN, 'node_modules/zod/'],
      'The model is shared with browser and command line: no I/O, no clock, no Google, nothing but zod.',
    ),
    only(
      'ports-speak-domain',
      PORTS,
      [DOMAIN, PORTS],
      'A port is said in the words of the domain, so that any technology can stand behind it.',
    ),
    only(
      'capabilities-speak-ports',
      '^functions/src/capabilities/',
      [DOMAIN, PORTS, '^functions/src/capabilities/', 'node_modules/zod/', ARITHMETIC, '^crypto$'],
      'A verb that knows no technology runs unchanged on the emulator, in a test and in the cloud. To hash, name, sign and log are none.',
    ),
    never(
      'capabilities-do-not-know-each-other',
      { path: '^functions/src/capabilities/([^/]+)/' },
      { path: '^functions/src/capabilities/', pathNot: '^functions/src/capabilities/$1/' },
      'Capabilities share the domain and talk by events: each can be read, changed and removed alone.',
    ),
    never(
      'adapters-know-nobody-else',
      { path: '^functions/src/adapters/([^/]+)/' },
      { path: '^functions/src/', pathNot: [DOMAIN, PORTS, LIB, '^functions/src/adapters/$1/'] },
      'An adapter can be thrown away and written again from its port alone.',
    ),
    never(
      'one-wiring',
      { path: '^(functions|web|cli|local|scripts)/', pathNot: '^functions/src/(wiring\\.ts|adapters/)' },
      { path: '^functions/src/adapters/' },
      'One file decides which technology stands behind which port, and loads it only where it is used.',
    ),
    never(
      'entry-is-thin',
      { path: '^functions/src/entry/' },
      {
        path: '^functions/src/',
        pathNot: [DOMAIN, PORTS, LIB, '^functions/src/(capabilities|entry)/', '^functions/src/wiring\\.ts$'],
      },
      'An entry joins a trigger to a verb; it holds no logic and reaches no technology by itself.',
    ),
    never(
      'lib-is-below-the-verbs',
      { path: LIB },
      { path: '^functions/src/', pathNot: [DOMAIN, PORTS, LIB] },
      'The library serves entries and adapters; if it knew a capability, every function would load it.',
    ),
    never(
      'google-clients-in-adapters',
      { path: '^functions/src/', pathNot: '^functions/src/(adapters/|entry/|lib/|wiring\\.ts$)' },
      { path: 'node_modules/(@google-cloud|google-gax|firebase-admin|google-ads-api|facebook-nodejs-business-sdk)/' },
      'A client library costs 0.1 to 1.5 s to load: only the adapter that needs it may name it.',
    ),
    only(
      'web-sees-domain-only',
      '^web/src/',
      ['^web/', DOMAIN, NODE_MODULES],
      'The console reads documents and calls the API; server code in a browser would leak and fail.',
    ),
    never(
      'firebase-in-one-file',
      { path: '^web/src/', pathNot: '^web/src/firebase\\.ts$' },
      { path: 'node_modules/(firebase|@firebase)/' },
      'The Firebase client is one lazily loaded chunk; a second importer would pull it into the shell.',
    ),
    never(
      'cli-sees-domain-only',
      { path: '^cli/' },
      { pathNot: ['^cli/', DOMAIN, NODE_MODULES], dependencyTypesNot: ['core'] },
      'The command line is a client of the same API that everybody else uses.',
    ),
    never(
      'no-local-or-tests-in-the-product',
      { path: '^(functions|web|cli)/' },
      { path: '^(local|tests|scripts)/' },
      'What is deployed must not depend on what imitates the cloud or checks it.',
    ),
    never(
      'local-stands-outside',
      { path: '^local/' },
      {
        path: '^(functions|web|cli|tests)/',
        // Keys of the demo are minted by the product's own code, so that they are keys of its kind.
        pathNot: [DOMAIN, '^functions/(functions\\.json|package\\.json|preload\\.mjs|src/lib/api-key\\.ts)$'],
      },
      'The local cloud knows the product as Google does: by its list of functions and over the wire.',
    ),
    never(
      'product-declares-what-it-uses',
      { path: '^(functions|web|cli)/src/', pathNot: '\\.d\\.ts$' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
      'The artifact installs the dependencies of its package: a borrowed one is absent in the cloud.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((functions|web|cli)/)?(dist|\\.adflux)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
