import { afterAll, beforeAll, expect, it } from 'vitest';
import { runningServer } from '../support/running-server.ts';

let server: Awaited<ReturnType<typeof runningServer>>;

beforeAll(async () => {
  server = await runningServer();
});
afterAll(async () => {
  await server.stop();
});

const scrape = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();

it('counts requests by the route as declared, not by the ids in the address', async () => {
  await server.call('get', '/api/companies/123');
  await server.call('get', '/api/companies/456');
  expect(await scrape()).toContain('zagon_http_request_seconds_count{method="get",route="/api/companies/:id",status="401"} 2');
});

it('reads what the department does at the moment of the scrape', async () => {
  expect(await scrape()).toMatch(/^zagon_department_known 1$/m);
  expect(await scrape()).toMatch(/^zagon_outbox_waiting 0$/m);
  expect(await scrape()).toMatch(/^zagon_recordings_overdue 0$/m);
  await server.database.pool.query(`INSERT INTO outbox_event (topic, payload) VALUES ('job:none', '{}')`);
  expect(await scrape()).toMatch(/^zagon_outbox_waiting 1$/m);
});

it('says that the department is not known when its database is away, and still tells of the process', async () => {
  await server.database.pool.query('ALTER TABLE outbox_event RENAME TO hidden');
  const figures = await scrape();
  await server.database.pool.query('ALTER TABLE hidden RENAME TO outbox_event');
  expect(figures).toMatch(/^zagon_department_known 0$/m);
  expect(figures).toMatch(/^zagon_outbox_waiting Nan$/m);
  expect(figures).toContain('process_resident_memory_bytes');
});
