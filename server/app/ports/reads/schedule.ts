/** What a rep's day is laid out from. */
export interface ScheduleReads {
  /** Calls of the rep that began inside the bounds, oldest first. */
  callsBetween(
    repId: number,
    from: Date,
    to: Date,
  ): Promise<{ callId: number; companyId: number; companyName: string; tier: string | null; start: Date; end: Date | null }[]>;
  /** Open promises whose window ends inside the bounds. */
  promisesBetween(
    repId: number,
    from: Date,
    to: Date,
  ): Promise<{ leadId: number; companyId: number; companyName: string; startsAt: Date; promisedAt: Date; deadlineAt: Date }[]>;
  /** The open promises of these companies. */
  openPromises(companyIds: readonly number[]): Promise<{ id: number; companyId: number; timeZone: string; overCapacity: boolean }[]>;
}
