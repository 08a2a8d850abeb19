import type { RateLimits } from '@ledgerpost/core';

/** What QuickBooks allows one company and app. A batch counts in both buckets. */
export const QBO_LIMITS = {
  requests: { perMinute: 500, perSecond: 10, concurrent: 10 },
  batch: { perMinute: 40 },
} as const satisfies RateLimits;

/** The most items that one call to the batch endpoint accepts. */
export const ITEMS_PER_BATCH = 30;
/** The most rows that one page of a query returns. */
export const ROWS_PER_PAGE = 1000;
/** The most objects that one answer about changes holds, over all requested kinds. */
export const CHANGES_PER_ANSWER = 1000;
