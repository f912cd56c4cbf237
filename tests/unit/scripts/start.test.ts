import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../../scripts/lib/build.mjs';
import { checkNode, checkPort } from '../../../scripts/lib/checks.mjs';
import { lockDataFolder, openDataFolder, sessionSecret } from '../../../scripts/lib/data-folder.mjs';
import { isInstalled } from '../../../scripts/lib/install.mjs';
import { freePorts } from '../../support/ports.ts';
import { parseLine } from '../../../scripts/lib/server-process.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zagon-start-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what start refuses in one sentence', () => {
  it('is an old Node', () => {
    expect(() => {
      checkNode('20.18.3');
    }).toThrow('Zagon needs Node 20.19 or newer; this is 20.18.3.');
    for (const good of ['20.19.0', '22.1.0', '24.0.0'])
      expect(() => {
        checkNode(good);
      }).not.toThrow();
  });

  it('is a port that is no port, or taken', async () => {
    await expect(checkPort('70000')).rejects.toThrow('PORT must be a whole number from 1 to 65535.');
    const port = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, resolve));
    await expect(checkPort(String(port))).rejects.toThrow(`Port ${port} is taken by another program`);
    await new Promise((resolve) => server.close(resolve));
    expect(await checkPort(String(port))).toBe(port);
  });

  it('is a data folder that cannot be written, also below /proc', () => {
    writeFileSync(path.join(folder, 'file'), '');
    for (const place of [path.join(folder, 'file', 'data'), '/proc/zagon']) {
      expect(() => {
        openDataFolder(place);
      }).toThrow(/^The data folder .* cannot be written to/);
    }
  });
});

describe('the data folder', () => {
  it('is held by one start, and a dead holder does not hold it', () => {
    writeFileSync(path.join(folder, 'start.lock'), '1');
    const release = lockDataFolder(folder);
    expect(readFileSync(path.join(folder, 'start.lock'), 'utf8')).toBe(String(process.pid));
    release();
    expect(() => readFileSync(path.join(folder, 'start.lock'))).toThrow('ENOENT');
  });

  it('keeps one secret', () => {
    expect(sessionSecret(folder)).toBe(sessionSecret(folder));
    expect(sessionSecret(folder).length).toBeGreaterThanOrEqual(32);
  });
});

describe('isInstalled', () => {
  const lock = (packages: object) => JSON.stringify({ packages });
  const wanted = lock({ '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/for-mac': { version: '1.0.0', optional: true } });

  it('accepts the wanted versions, without foreign binaries', () => {
    expect(isInstalled(wanted, lock({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
  });

  it('refuses a missing or another version', () => {
    expect(isInstalled(wanted, lock({}))).toBe(false);
    expect(isInstalled(wanted, lock({ 'node_modules/a': { version: '1.0.1' } }))).toBe(false);
  });
});

describe('the build stamp', () => {
  it('depends on contents and counts a missing place as empty', () => {
    expect(fingerprint(['package.json'])).toBe(fingerprint(['package.json', 'no/such/place']));
    expect(fingerprint(['package.json'])).not.toBe(fingerprint(['tsconfig.json']));
  });
});

describe("the server's log", () => {
  it('tells errors and progress from the rest', () => {
    expect(parseLine('{"level":60,"msg":"could not start","err":{"message":"no database"}}')).toEqual({
      level: 60,
      text: 'could not start: no database',
      progress: false,
    });
    expect(parseLine('{"level":30,"msg":"loading","progress":true}')).toEqual({ level: 30, text: 'loading', progress: true });
    expect(parseLine('plain words')).toEqual({ level: 0, text: 'plain words', progress: false });
  });
});
