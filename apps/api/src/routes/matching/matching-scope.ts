import { type AnyTarget, type CompanyFacts, Refusal } from '@ledgerpost/core';
import type { CompanyTarget, Store } from '@ledgerpost/store';
import { enabledTarget, hasNames } from '../look-ups.ts';

/** Whose names are matched with those of which books. */
export interface MatchingOf {
  readonly target: AnyTarget;
  readonly companyTarget: CompanyTarget;
  readonly scope: { readonly companyId: string; readonly target: string; readonly connectionId: string };
}

/** The company's matching at the target. Refusal `not-found` for a target whose books have no ids to link to. */
export async function matchingOf(
  store: Store,
  targets: readonly AnyTarget[],
  request: { readonly company: CompanyFacts; readonly params: { readonly target: string } },
): Promise<MatchingOf> {
  const { target, companyTarget } = await enabledTarget(store, targets, request.company, request.params.target);
  if (!hasNames(target)) {
    throw new Refusal('not-found', `${target.name} finds customers and services by their names. There is nothing to match.`);
  }
  const { companyId, connectionId } = companyTarget;
  return { target, companyTarget, scope: { companyId, target: target.id, connectionId } };
}

export const KINDS = ['customer', 'item'] as const;
