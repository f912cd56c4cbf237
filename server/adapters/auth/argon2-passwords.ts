import { hash, verify, type Options } from '@node-rs/argon2';
import type { Passwords } from '../../app/ports/passwords.ts';

/** OWASP's second recommendation for argon2id (the library's default algorithm). */
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function argon2Passwords(): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, options),
    verify: async (passwordHash, password) => {
      decoy ??= hash('nobody has this password', options);
      const matches = await verify(passwordHash ?? (await decoy), password);
      return passwordHash !== null && matches;
    },
  };
}
