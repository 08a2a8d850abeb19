import { type AnyTarget, type CompanyFacts, Refusal } from '@ledgerpost/core';
import { type BatchView, type CompanyTarget, getBatch, getCompanyTarget, type Store } from '@ledgerpost/store';

/*
 * What an address names, found or refused: the routes of several subjects share these.
 */

/** The installed target of that id. Refusal `unknown-target`. */
export function installedTarget(targets: readonly AnyTarget[], id: string): AnyTarget {
  const target = targets.find((one) => one.id === id);
  if (target === undefined) {
    const known = targets.map((one) => one.id).join(', ') || 'none';
    throw new Refusal('unknown-target', `No target ${JSON.stringify(id)} is installed. Installed: ${known}.`);
  }
  return target;
}

/** Whether the target lists the names of its books with their ids, so that ours can be linked to them. */
export function hasNames({ delivery }: AnyTarget): boolean {
  return delivery.by === 'push' && delivery.list !== undefined;
}

/** The target and the company's settings there. Refusal `unknown-target` or `target-not-enabled`. */
export async function enabledTarget(
  store: Store,
  targets: readonly AnyTarget[],
  { id }: CompanyFacts,
  targetId: string,
): Promise<{ target: AnyTarget; companyTarget: CompanyTarget }> {
  const target = installedTarget(targets, targetId);
  const companyTarget = await getCompanyTarget(store, id, target.id);
  if (companyTarget === undefined) {
    throw new Refusal(
      'target-not-enabled',
      `The company has no settings at ${target.id}. Enable it with PUT /v1/companies/${id}/targets/${target.id}.`,
    );
  }
  return { target, companyTarget };
}

/** The company's batch. Refusal `not-found`, also for another company's. */
export async function batchOf(store: Store, companyId: string, id: string): Promise<BatchView> {
  return (await getBatch(store.sql, companyId, id)) ?? noBatch(id);
}

export function noBatch(id: string): never {
  throw new Refusal('not-found', `The company has no batch ${id}.`);
}
