const companyWeights = [2, 4, 10, 3, 5, 9, 4, 6, 8] as const;
const personWeights = [
  [7, ...companyWeights],
  [3, 7, ...companyWeights],
] as const;

const checkDigit = (digits: string, weights: readonly number[]): number =>
  (weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0) % 11) % 10;

/**
 * A ten-digit tax number with a right check digit whose tax office is in region 00: regions are numbered from 01,
 * so that no real company can have it.
 */
export function companyTaxNumber(serial: number): string {
  const digits = `00${String(serial).padStart(7, '0')}`;
  return `${digits}${checkDigit(digits, companyWeights)}`;
}

/** The same for an entrepreneur: twelve digits, the last two of them checks. */
export function entrepreneurTaxNumber(serial: number): string {
  return personWeights.reduce((digits, weights) => `${digits}${checkDigit(digits, weights)}`, `00${String(serial).padStart(8, '0')}`);
}
