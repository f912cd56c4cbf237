// Fails when schema.prisma says something that the migrations do not build, or the other way round.
import { schemaDiff } from './prisma-offline/diff.mjs';

const sql = await schemaDiff();
if (sql) {
  console.error(`schema.prisma and prisma/migrations differ; this would close the gap (npm run migration -- name):\n\n${sql}`);
  process.exit(1);
}
console.log('schema.prisma and prisma/migrations agree');
