import { execFileSync, spawnSync } from 'node:child_process';
import { PlainError } from './plain-error.mjs';

/**
 * PostgreSQL refuses to run as root, so a start by root runs it as the system user `postgres`, made when absent.
 * @returns {{uid: number, gid: number} | undefined} undefined for an ordinary user, who runs it himself
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const user = lookUp();
  if (user) return user;
  throw new PlainError(
    `PostgreSQL cannot run as root and the user "postgres" could not be created (${made.error?.message ?? String(made.stderr).trim()}): start as an ordinary user.`,
  );
}

function lookUp() {
  const uid = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/**
 * The command that runs a program as the given user even when the program or its data lie below a folder closed to him
 * (a clone in /root, a folder made by `mktemp -d`): there he is lent the right to pass, nothing else of root's.
 * @param {{uid: number, gid: number} | undefined} user
 * @param {string[]} paths everything the program must reach
 * @param {string} program
 * @param {string[]} args
 * @returns {{file: string, args: string[], uid?: number, gid?: number}}
 */
export function asUser(user, paths, program, args) {
  if (!user) return { file: program, args };
  if (paths.every((path) => reachable(user, path))) return { file: program, args, ...user };
  const rights = '+dac_override,+dac_read_search';
  const lend = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    `--inh-caps=${rights}`,
    `--ambient-caps=${rights}`,
    // Without it the kernel ignores lent rights in access(2), by which PostgreSQL looks for its own files.
    '--securebits=+no_setuid_fixup',
  ];
  if (spawnSync('setpriv', [...lend, 'true']).status !== 0) {
    throw new PlainError(
      `PostgreSQL runs as the user "postgres", who cannot reach ${paths.join(' or ')}: move the folder out of a closed one or start as an ordinary user.`,
    );
  }
  return { file: 'setpriv', args: [...lend, program, ...args] };
}

function reachable(user, path) {
  try {
    execFileSync('test', ['-r', path], { ...user, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
