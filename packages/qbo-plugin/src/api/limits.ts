import type { RateLimits } from '@ledgerpost/core';

/** What QuickBooks allows one company and app. A batch counts in both buckets. */
export const QBO_LIMITS = {
  requests: { perMinute: 500, perSecond: 10, concurrent: 10 },
  batch: { perMinute: 40 },
} as const satisfies RateLimits;

/** Items that one call to the batch endpoint takes. */
export const ITEMS_PER_BATCH = 30;
/** Rows that one page of a query gives at most. */
export const ROWS_PER_PAGE = 1000;
/** Objects that one answer about changes holds at most, over all kinds that were asked for. */
export const CHANGES_PER_ANSWER = 1000;
