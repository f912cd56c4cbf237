export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'live';
export type ButtonSize = 'small' | 'base' | 'large';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-late text-on-late border-transparent hover:opacity-90',
  live: 'bg-live text-on-live border-transparent hover:opacity-90',
};

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-6 px-2 text-small gap-1.5',
  base: 'min-h-control px-3 gap-2',
  large: 'min-h-11 px-5 text-large gap-3',
};

/** The classes of everything that looks like a button. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
  return `inline-flex items-center justify-center rounded-base border font-medium whitespace-nowrap select-none transition-colors disabled:border-line disabled:bg-sunken disabled:text-ink-faint aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-faint ${variants[variant]} ${sizes[size]}`;
}
