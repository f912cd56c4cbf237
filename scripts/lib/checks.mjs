import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';
import { PlainError } from './plain-error.mjs';
import { portFault } from './ports.mjs';

const OLDEST_NODE = [20, 19];

/** @param {string} version like "20.19.1" */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor = 0, oldMinor = 0] = OLDEST_NODE;
  if (major < oldMajor || (major === oldMajor && minor < oldMinor))
    throw new PlainError(`Zagon needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}.`);
}

/**
 * What can be judged before anything is installed.
 * @param {string | undefined} given PORT as set
 * @returns {Promise<number>}
 */
export async function checkPort(given) {
  const port = Number(given?.trim() || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new PlainError('PORT must be a whole number from 1 to 65535.');
  const fault = await portFault(port);
  if (fault?.code === 'EADDRINUSE')
    throw new PlainError(`Port ${port} is taken by another program: set PORT to a free one, for example PORT=${port + 1} npm start.`);
  if (fault) throw new PlainError(`Port ${port} cannot be listened on (${fault.code}): set PORT to another one.`);
  return port;
}

/**
 * The server's own judgement of the settings, before the slow steps.
 * @param {Record<string, string | undefined>} env
 */
export async function checkSettings(env) {
  const bundle = inRoot('build/server/env.js');
  if (!existsSync(bundle)) throw new Error(`${bundle} was not built`);
  const { readEnv } = await import(pathToFileURL(bundle).href);
  try {
    readEnv(env);
  } catch (error) {
    throw new PlainError(error instanceof Error ? error.message : String(error));
  }
}
