import express from 'express';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtConsole } from '../../server/entrypoints/http/console.ts';

describe('the built console', () => {
  let root: string;
  let app: express.Express;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'zagon-console-'));
    await mkdir(path.join(root, 'build/web/client/_app'), { recursive: true });
    await writeFile(path.join(root, 'build/web/client/_app/kept.js'), '');
    await writeFile(path.join(root, 'build/web/handler.js'), 'export const handler = (request, response) => response.end("the console");');
    const handler = await builtConsole(root, []);
    if (!handler) throw new Error('the console was not found');
    app = express().use(handler);
  });
  afterAll(() => rm(root, { recursive: true }));

  it.each([
    ['a page', '/companies', 200],
    ['a file that is there', '/_app/kept.js', 200],
    ['a file that went with a new build', '/_app/gone.js', 404],
    ['an address that cannot be read', '/%E0%A4%A.js', 200],
  ])('answers for %s', async (_, address, status) => {
    const answer = await request(app).get(address);
    expect(answer.status).toBe(status);
    expect(answer.text).toBe(status === 200 ? 'the console' : '');
  });
});
