/** One key press as a shortcut names it; `code` is the physical key, so that every keyboard layout works. */
export interface KeyStroke {
  code: string;
  /** Ctrl, or Command on a Mac. */
  control: boolean;
  shift: boolean;
  alt: boolean;
}

/** What the registry needs of a keyboard event. */
export interface KeyPress {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const modifierNames = new Set(['Ctrl', 'Shift', 'Alt']);

/**
 * Reads `'KeyM'`, `'Ctrl+Enter'`, `'Shift+Slash'`.
 * @throws Error when the text names no key or an unknown modifier: a mistake of the programmer.
 */
export function parseKeyStroke(text: string): KeyStroke {
  const parts = text.split('+');
  const code = parts.pop();
  const unknown = parts.find((part) => !modifierNames.has(part));
  if (!code || unknown !== undefined) throw new Error(`Not a key: ${text}`);
  return {
    code,
    control: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  };
}

/** True when the press is exactly this stroke; the numeric pad counts as the digit row. */
export function matchesKeyStroke(stroke: KeyStroke, press: KeyPress): boolean {
  const code = press.code.replace(/^Numpad(?=\d$)/, 'Digit').replace(/^NumpadEnter$/, 'Enter');
  return (
    code === stroke.code &&
    (press.ctrlKey || press.metaKey) === stroke.control &&
    press.shiftKey === stroke.shift &&
    press.altKey === stroke.alt
  );
}

const displayNames: Record<string, string> = {
  Escape: 'Esc',
  Enter: 'Enter',
  Slash: '/',
  Comma: ',',
  Period: '.',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backspace: '⌫',
  Delete: 'Del',
};

/** The key as a hint shows it: one text per part, `['Ctrl', 'Enter']`. `spaceName` is the word for the space bar. */
export function displayKeyStroke(text: string, spaceName: string): string[] {
  const { code, control, shift, alt } = parseKeyStroke(text);
  if (code === 'Slash' && shift) return ['?'];
  const key = code === 'Space' ? spaceName : (displayNames[code] ?? code.replace(/^(Key|Digit)/, ''));
  return [...(control ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), key];
}
