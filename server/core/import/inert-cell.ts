/** Characters with which a table program begins to calculate (faults.md, "formula in a cell"). */
const dangerous = /^[=+\-@\t\r]/u;
/** A phone is a plus and digits, with an extension in words at the most: no program makes anything of it. */
const phone = /^\+\d[\d ()-]*( доб\. \d+)?(, \+\d[\d ()-]*( доб\. \d+)?)*$/u;

/** A text that no table program will run; phones stay as they are, so that an export can be imported again. */
export const inertCell = (text: string): string => (dangerous.test(text) && !phone.test(text) ? `'${text}` : text);
