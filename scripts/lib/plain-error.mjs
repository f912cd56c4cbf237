/** A fault the reader can mend himself: shown as its sentence alone, without a stack. */
export class PlainError extends Error {}
