import {
  type Address,
  type ProblemCode,
  problem,
  type RecordRef,
  type ReferenceNeed,
  type ReferenceOutcome,
} from '@ledgerpost/core';

/** What is needed to create a customer, and which record a refusal is about. */
export interface CustomerDetails {
  readonly record: RecordRef;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly billingAddress?: Address;
  readonly taxExempt: boolean;
  /** The reason that automated sales tax wants for an exemption, as the settings have it. */
  readonly exemptionReason?: string;
  /** The currency of our documents. A customer in another one can't be used. */
  readonly currency?: string;
}
/** What is needed to create a product or service, and which record a refusal is about. */
export interface ItemDetails {
  readonly record: RecordRef;
  readonly description?: string;
  readonly account?: string;
  readonly accountId?: string;
  /** The item's own account in the books decides, and the document has it already. */
  readonly byBooks?: boolean;
}

export function ofKind(needs: readonly ReferenceNeed[], kind: ReferenceNeed['kind']): readonly ReferenceNeed[] {
  return [...new Map(needs.filter((need) => need.kind === kind).map((need) => [keyOf(need), need])).values()];
}

/** One outcome per need, in order; a need that appears twice gets two. */
export function inOrder(
  needs: readonly ReferenceNeed[],
  outcomes: ReadonlyMap<string, ReferenceOutcome>,
): readonly ReferenceOutcome[] {
  return needs.map((need) => ({ ...outcomes.get(keyOf(need))!, need }));
}

/** Under which `Call.references` has the id of the need. */
export function keyOf({ kind, key, name }: ReferenceNeed): string {
  return `${kind}/${key ?? name}`;
}

export function refused(need: ReferenceNeed, code: ProblemCode, text: string, field?: string): ReferenceOutcome {
  const { record } = need.details as unknown as { readonly record: RecordRef };
  return { status: 'refused', need, problem: problem(code, record, text, field) };
}

export function inactive(need: ReferenceNeed, what: string, name: string): ReferenceOutcome {
  const text = `${what} “${name}” is inactive in QuickBooks, so nothing can be posted to it. Make it active in QuickBooks, then retry.`;
  return refused(need, 'refused-by-target', text, need.kind === 'customer' ? 'accountingKey' : undefined);
}

/** Another one there keeps this one from getting its name, and may be the same one: a person decides. */
export function inTheWay(need: ReferenceNeed, held: string): ReferenceOutcome {
  const what = need.kind === 'customer' ? 'customer' : 'product or service';
  const text = `QuickBooks has ${what} “${held}”, so it can't have another one called “${need.name}”. Match the two, or rename one of them.`;
  return need.kind === 'customer'
    ? refused(need, 'customer-to-match', text, 'accountingKey')
    : refused(need, 'refused-by-target', text);
}

export function taken(need: ReferenceNeed, by: string): ReferenceOutcome {
  const what = need.kind === 'customer' ? 'customer' : 'product or service';
  const text = `QuickBooks can't add ${what} “${need.name}”, because ${by} already has that name there. Rename one of the two, then retry.`;
  return refused(need, 'refused-by-target', text, need.kind === 'customer' ? 'accountingKey' : undefined);
}
