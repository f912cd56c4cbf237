/** A company that has the caller's number. */
export interface NumberMatch {
  companyId: number;
  phoneId: number;
  contactId: number | null;
  /** The number was retired there. */
  retired: boolean;
  status: 'active' | 'notNow' | 'killed';
  /** When its open promise is due; null without one. */
  promisedAt: Date | null;
  /** When we last spoke with or dialled this very number. */
  lastCallAt: Date | null;
}

/**
 * Which company is calling when several have the number: one where it is still in use, not killed, then whom we owe a call soonest,
 * then whom we called last (he is calling back), then the oldest. Null when nobody has it.
 */
export function chooseCompany(matches: readonly NumberMatch[]): NumberMatch | null {
  const [chosen] = [...matches].sort(
    (one, other) =>
      Number(one.retired) - Number(other.retired) ||
      Number(one.status === 'killed') - Number(other.status === 'killed') ||
      soonest(one.promisedAt) - soonest(other.promisedAt) ||
      latest(other.lastCallAt) - latest(one.lastCallAt) ||
      one.companyId - other.companyId,
  );
  return chosen ?? null;
}

/** Without an instant it stands last; a finite number, so that two such are alike. */
const soonest = (instant: Date | null): number => instant?.getTime() ?? Number.MAX_SAFE_INTEGER;
const latest = (instant: Date | null): number => instant?.getTime() ?? 0;
