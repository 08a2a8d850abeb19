import type { AnyTarget, Quotas } from '@ledgerpost/core';

/** What the target counts by the month, by kind; empty: nothing. */
export function declaredQuotas({ delivery }: AnyTarget): Quotas {
  return (delivery.by === 'push' ? delivery.quotas : undefined) ?? {};
}
