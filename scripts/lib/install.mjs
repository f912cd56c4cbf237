import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { runQuietly } from './run.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own list last, so a broken install is noticed too.
 * @param {string} lockText package-lock.json
 * @param {string} installedText node_modules/.package-lock.json
 */
export function isInstalled(lockText, installedText) {
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '' || entry.link) return true;
    const found = installed[place];
    // An optional package for another machine is rightly absent.
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true || entry.peer === true;
  });
}

/** @returns {boolean} whether `npm ci` is needed before anything else can run */
export function needsInstall() {
  try {
    return !isInstalled(readFileSync(inRoot('package-lock.json'), 'utf8'), readFileSync(inRoot('node_modules/.package-lock.json'), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}

/**
 * Installs what the lock file names, development tools included: the console is built with them. Not `npm ci`: it refuses a lock
 * file that lacks the binaries of foreign platforms, which is how npm writes one against a registry that does not carry them.
 */
export const install = () =>
  runQuietly('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']);
