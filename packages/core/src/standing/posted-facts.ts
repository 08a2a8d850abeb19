import { amountOf, type Document, numberOf } from '../documents/documents.ts';
import { compact } from '../values/compact.ts';
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
