import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the work tree; every script works from here whatever the caller's folder is. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string[]} parts path below the root */
export const inRoot = (...parts) => path.join(root, ...parts);
