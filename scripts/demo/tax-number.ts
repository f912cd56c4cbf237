const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8] as const;

/**
 * A ten-digit tax number with a right check digit under the tax office code 0000: offices are numbered from region 01,
 * so that no real company can have it.
 */
export function taxNumber(serial: number): string {
  const digits = String(serial).padStart(9, '0');
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return `${digits}${(sum % 11) % 10}`;
}
