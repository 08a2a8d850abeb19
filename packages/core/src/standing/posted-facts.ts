import type { AppliedOutcome } from '../contract/items.ts';
import type { PayableInvoice } from '../documents/divide-payment.ts';
import { amountOf, type Document, type HeldPart, numberOf } from '../documents/documents.ts';
import { compact } from '../values/compact.ts';
import type { Money } from '../values/money.ts';
import type { PostedFacts, RefundFacts } from './standing.ts';

/**
 * What a posting keeps of its document, once the document is in the books.
 *
 * `contentHash` is the record's own at the time; `refunds` are those of a payment, whose hashes freeze the netted ones. A
 * re-allocation leaves the amount as it was `before`: what was netted into it stays frozen as it was then.
 */
export function postedFacts(
  document: Document,
  contentHash: string,
  refunds: readonly RefundFacts[] = [],
  before?: PostedFacts | undefined,
): PostedFacts {
  const frozen: PostedFacts['netted'] = document.operation === 'payment.update' ? before?.netted : undefined;
  const netted = document.kind === 'payment' || document.kind === 'warning' ? document.netted : undefined;
  return compact<PostedFacts>({
    kind: document.kind,
    operation: document.operation,
    contentHash,
    number: numberOf(document),
    amount: amountOf(document),
    date: document.date,
    customer: document.customer && { id: document.customer.id, name: document.customer.name },
    applied: document.kind === 'payment' ? document.applied : undefined,
    held: document.kind === 'payment' ? document.held : undefined,
    netted: netted?.map(({ refundId }) => ({
      refundId,
      contentHash:
        (frozen?.find((one) => one.refundId === refundId) ?? refunds.find(({ id }) => id === refundId))?.contentHash ?? '',
    })),
  });
}

/**
 * The facts with what the target says that it applied, instead of what it was asked to apply. `invoice` gives what stands posted: an
 * amount that an invoice had no room for is offered again once that invoice's total rises.
 */
export function factsAsApplied(
  document: Document,
  outcomes: readonly AppliedOutcome[] | undefined,
  invoice: (id: string) => PayableInvoice | undefined,
): Pick<PostedFacts, 'applied' | 'held'> | undefined {
  if (document.kind !== 'payment' || outcomes === undefined) return undefined;
  const short = outcomes.filter(({ because }) => because !== undefined);
  if (short.length === 0) return undefined;
  const outcomeOf = (invoiceId: string) => short.find((one) => one.invoiceId === invoiceId);
  const applied = document.applied.flatMap((part) => {
    const amount = outcomeOf(part.invoiceId)?.amount ?? part.amount;
    return amount > 0 ? [{ ...part, amount }] : [];
  });
  const added = document.applied.flatMap(({ invoiceId, amount }): HeldPart[] => {
    const outcome = outcomeOf(invoiceId);
    if (outcome?.because === undefined) return [];
    const before = document.held?.find((one) => one.invoiceId === invoiceId)?.amount ?? 0;
    const posted = invoice(invoiceId);
    return [
      compact<HeldPart>({
        invoiceId,
        amount: (amount - outcome.amount + before) as Money,
        because: outcome.because,
        total: outcome.because === 'over' ? posted?.total : undefined,
        customerId: outcome.because === 'other-customer' ? posted?.customer?.id : undefined,
      }),
    ];
  });
  const kept = (document.held ?? []).filter(({ invoiceId }) => outcomeOf(invoiceId) === undefined);
  const held = [...kept, ...added];
  return { applied, ...(held.length === 0 ? {} : { held }) };
}
