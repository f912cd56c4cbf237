/** The department's calling hours, on the company's clock. */
export interface CallingHours {
  /** `HH:mm`; `to` itself is outside. */
  from: string;
  middayAt: string;
  to: string;
  /** ISO weekdays, 1 is Monday. */
  workingDays: readonly number[];
}
