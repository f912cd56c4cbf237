import { m } from '$lib/paraglide/messages.js';

const ownReasons: Partial<Record<string, () => string>> = {
  neverArrived: m.review_missing_neverArrived,
  sourceGone: m.review_missing_sourceGone,
  unreadable: m.review_missing_unreadable,
  fileGone: m.review_missing_fileGone,
};

/** Why there is no file; a carrier's own words stay as they came. */
export const missingWords = (reason: string | null): string => ownReasons[reason ?? '']?.() ?? reason ?? '';
