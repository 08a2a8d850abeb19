import type { Quotas, RateLimits } from '@ledgerpost/core';

/** What QuickBooks allows one company and app. A batch counts in both buckets. */
export const QBO_LIMITS = {
  requests: { perMinute: 500, perSecond: 10, concurrent: 10 },
  batch: { perMinute: 40 },
} as const satisfies RateLimits;

/**
 * What Intuit counts by the month and installation. Reads end with 500,000 in its lowest tier (documented; the answer's body and the
 * day on which a month ends are not, so UTC is a guess). Writes and sandboxes are free. Only answers with 2xx count.
 */
export const QBO_QUOTAS = {
  reads: { perMonth: 500_000, freeIn: ['sandbox'] },
  writes: {},
} as const satisfies Quotas;

/** The most items that one call to the batch endpoint accepts. */
export const ITEMS_PER_BATCH = 30;
/** The most rows that one page of a query returns. */
export const ROWS_PER_PAGE = 1000;
/** The most objects that one answer about changes holds, over all requested kinds. */
export const CHANGES_PER_ANSWER = 1000;
