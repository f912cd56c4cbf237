// A process that runs one import and nothing else, so that its memory is the import's: node --import tsx worker.ts <url> <folder> <import>.
import { openDatabase } from '../../../server/adapters/db/client.ts';
import { runImport } from '../../../server/app/imports/run-import.ts';
import { importParts } from './parts.ts';

const [url = '', folder = '', importId = ''] = process.argv.slice(2);
const database = openDatabase(url);
await database.prisma.$queryRaw`SELECT 1`;
const idleMegabytes = process.memoryUsage().rss / 1024 / 1024;
const startedMs = performance.now();
await runImport(importParts(database, folder), Number(importId));
const seconds = (performance.now() - startedMs) / 1000;
await database.close();
// Kilobytes, by the kernel's own count: nothing between two samples is missed.
process.send?.({ seconds, idleMegabytes, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
