const GENERATED = '^server/adapters/db/generated';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-stands-alone',
      comment: 'The rules of the trade must be readable and testable without anything else; time and chance are arguments.',
      severity: 'error',
      from: { path: '^server/core' },
      to: { pathNot: '^(server/core|node_modules/luxon|node_modules/libphonenumber-js)' },
    },
    {
      name: 'contract-knows-rules-and-zod',
      comment: 'The web bundles the contract: anything else in it would be shipped to every browser.',
      severity: 'error',
      from: { path: '^server/contract' },
      to: { pathNot: '^(server/contract|server/core|node_modules/(zod|@asteasolutions/zod-to-openapi))' },
    },
    {
      name: 'app-does-not-know-how',
      comment: 'Use cases say what happens; which database, carrier or queue does it is decided in adapters behind app/ports.',
      severity: 'error',
      from: { path: '^server/app' },
      to: { path: '^(server/(adapters|entrypoints)|web)' },
    },
    {
      name: 'adapters-fulfil-ports-only',
      comment: 'An adapter that calls a use case or an entrypoint turns the flow of data round.',
      severity: 'error',
      from: { path: '^server/adapters' },
      to: { path: '^(server/(app/(?!ports)|entrypoints)|web)' },
    },
    {
      name: 'adapters-stay-apart',
      comment: 'Adapters that import one another cannot be replaced one at a time.',
      severity: 'error',
      from: { path: '^server/adapters/([^/]+)/' },
      to: { path: '^server/adapters/([^/]+)/', pathNot: '^server/adapters/$1/' },
    },
    {
      name: 'nobody-imports-entrypoints',
      comment: 'The outermost room: what others need from it belongs further in.',
      severity: 'error',
      from: { path: '^server/(core|contract|app|adapters)' },
      to: { path: '^server/entrypoints' },
    },
    {
      name: 'web-sees-the-contract-only',
      comment: 'Anything else of the server in a browser is a leak or dead weight.',
      severity: 'error',
      from: { path: '^web' },
      to: { path: '^server', pathNot: '^server/contract' },
    },
    {
      name: 'server-never-imports-web',
      comment: 'The server must run without the console.',
      severity: 'error',
      from: { path: '^server' },
      to: { path: '^web' },
    },
    {
      name: 'no-cycles',
      comment: 'Modules in a circle can only be understood and changed together.',
      severity: 'error',
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that imports nobody is forgotten code; knip looks at web, whose aliases are unknown here.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '(^|/)[^/]+\\.config\\.(ts|js)$',
          '\\.d\\.ts$',
          '^scripts/[^/]+\\.mjs$',
          // Loaded by name into another process (--import), not imported.
          '^scripts/lib/end-with-parent\\.mjs$',
          '^tests/support/skewed-clock\\.mjs$',
          '\\.cjs$',
          '^web/',
        ],
      },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that does not resolve fails only when it runs; the aliases of web are checked by svelte-check.',
      severity: 'error',
      from: { pathNot: '^web' },
      to: { couldNotResolve: true, pathNot: '^(\\$|@prisma/schema-engine-wasm|bullmq)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', GENERATED, 'web/src/lib/paraglide'] },
    exclude: { path: ['^build', '^\\.svelte-kit', '^data'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
