const amountFormat = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 });
/** A sum as `readAmount` reads it, in either language of the console. */
export const writeAmount = (amount: number | null): string => (amount === null ? '' : amountFormat.format(amount));

/** A sum as people type it: `1 250 000,50`; null for nothing, undefined for what is no sum. */
export function readAmount(typed: string): number | null | undefined {
  const text = typed.replaceAll(/[\s\u00A0₽]/g, '').replace(',', '.');
  if (text === '') return null;
  return /^\d{1,12}(\.\d{1,2})?$/.test(text) ? Number(text) : undefined;
}
