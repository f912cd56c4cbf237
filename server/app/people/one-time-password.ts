import { randomInt } from 'node:crypto';

/** Without 0, O, 1, l, I: it is read out by telephone. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 4;
const groupLength = 4;

/** A first password with 93 bits, in groups that can be dictated. */
export const oneTimePassword = (): string =>
  Array.from({ length: groups }, () => Array.from({ length: groupLength }, () => letters.charAt(randomInt(letters.length))).join('')).join(
    '-',
  );
