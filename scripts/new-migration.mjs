// Writes prisma/migrations/<time>_<name>/migration.sql: the step from the migrations so far to schema.prisma.
// Hand-written SQL (partial indexes, functions, CHECKs) is added to that file afterwards.
import { mkdirSync, writeFileSync } from 'node:fs';
import { inRoot } from './lib/paths.mjs';
import { schemaDiff } from './prisma-offline/diff.mjs';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration -- name_in_small_letters');
  process.exit(2);
}
const sql = await schemaDiff();
const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = inRoot('prisma/migrations', `${time}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/migration.sql`, sql || '-- schema.prisma is unchanged: write the step by hand here.\n');
console.log(`${folder}/migration.sql`);
