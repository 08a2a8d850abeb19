import type { PaymentRecord } from '../records/records.ts';
import type { Money } from '../values/money.ts';
import type { PaymentDocument, PaymentMember } from './documents.ts';

/** A refund with its amount now. */
interface Refund {
  readonly id: string;
  readonly amount: Money;
  readonly contentHash: string;
  readonly removed: boolean;
}

/** What a posting keeps of a payment, as far as a correction needs it. */
interface Posted {
  readonly customer?: { readonly id: string } | undefined;
  readonly netted?: readonly { readonly refundId: string; readonly contentHash: string }[] | undefined;
}

/** What a corrected payment is to be in the books, or why only a person can correct it. */
export type Correction =
  | { readonly amount: Money }
  | { readonly stopped: 'changed-after-batch' | 'amount-not-positive' | 'refund-exceeds-payment' };

/**
 * The amount of a corrected payment: what was paid, less the refunds that were frozen with it. Another customer, or a frozen refund that
 * changed, needs a person. Refunds since then have journals of their own, and the payment can't be less than they are.
 */
export function correctionOf(payment: PaymentRecord, gross: Money, posted: Posted, refunds: readonly Refund[]): Correction {
  if (posted.customer === undefined || posted.customer.id !== payment.customerId) return { stopped: 'changed-after-batch' };
  if (gross <= 0) return { stopped: 'amount-not-positive' };
  let amount: number = gross;
  for (const { refundId, contentHash } of posted.netted ?? []) {
    const refund = refunds.find(({ id }) => id === refundId);
    if (refund === undefined || refund.removed || refund.contentHash !== contentHash) return { stopped: 'changed-after-batch' };
    amount -= refund.amount;
  }
  let since = 0;
  for (const { id, amount: refunded, removed } of refunds)
    if (!removed && !posted.netted?.some(({ refundId }) => refundId === id)) since += refunded;
  if (amount < since || amount < 0) return { stopped: 'refund-exceeds-payment' };
  return amount === 0 ? { stopped: 'changed-after-batch' } : { amount: amount as Money };
}

/** Which members differ from what is posted. */
export function correctedMembers(
  now: Pick<PaymentDocument, 'date' | 'method' | 'reference' | 'amount'>,
  posted: { readonly date?: string | undefined; readonly amount: Money },
  former: PaymentDocument | undefined,
): readonly PaymentMember[] {
  const members: PaymentMember[] = [];
  if (now.date !== (posted.date ?? former?.date)) members.push('date');
  if (former !== undefined && now.method !== former.method) members.push('method');
  if (former !== undefined && now.reference !== former.reference) members.push('reference');
  if (now.amount !== posted.amount) members.push('amount');
  return members;
}
