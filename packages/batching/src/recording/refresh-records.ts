import type { BatchedRef, CompanyFacts } from '@ledgerpost/core';
import { findTarget, refreshStanding, type Sql } from '@ledgerpost/store';

/** Recomputes what still has to be sent of records at a target, with the settings as they are now. The caller adds the dependents. */
export async function refreshRecords(
  sql: Sql,
  { company, target }: { company: CompanyFacts; target: string },
  refs: readonly BatchedRef[],
): Promise<void> {
  if (refs.length === 0) return;
  const enabled = await findTarget(sql, company.id, target);
  if (enabled === undefined) return;
  const { delivery, settings } = enabled;
  await refreshStanding(sql, { companyId: company.id, target, delivery, settings, currency: company.currency }, refs, {
    dependents: false,
  });
}
