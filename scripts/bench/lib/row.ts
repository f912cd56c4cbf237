/** One figure of a bench, as bench/results.json keeps it. */
export interface Row {
  case: string;
  metric: string;
  value: number;
  unit: string;
  /** To what `against` names, measured in the same run. */
  ratio?: number;
  against?: string;
}

export interface Bench {
  row: (row: Row) => void;
  /** `--name value` of the command line. */
  option: (name: string) => string | undefined;
}

/** Rounded to what a reader takes in. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** The value below which this share of the sorted values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
