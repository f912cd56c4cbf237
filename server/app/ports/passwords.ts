/** Password hashes: argon2id with the parameters of stack.md. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** False for a wrong password and for null, taking as long for both, so that a stranger cannot tell which accounts exist. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}
