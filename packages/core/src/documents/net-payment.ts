import type { PaymentRecord } from '../records/records.ts';
import { type Money, parseMoney, ZERO } from '../values/money.ts';

/** The part of a payment that its source allocates to one invoice. */
export interface Allocation {
  /** The invoice’s record. */
  readonly invoiceId: string;
  /** Minor units. */
  readonly amount: Money;
}

/** The allocations of a payment or credit memo in minor units, one per invoice (several parts for one invoice are added up), in the order in which the invoices first appear. */
export function allocationsOf(payment: Pick<PaymentRecord, 'allocations'>, currency: string): readonly Allocation[] {
  const source = payment.allocations;
  if (!source || source.length === 0) return NONE;
  const byInvoice = new Map<string, number>();
  for (const { invoiceId, amount } of source) {
    byInvoice.set(invoiceId, (byInvoice.get(invoiceId) ?? 0) + (parseMoney(amount, currency) ?? 0));
  }
  return [...byInvoice].map(([invoiceId, amount]) => ({ invoiceId, amount: amount as Money }));
}

/**
 * The allocations that remain after refunds are netted into the payment. Refunds reduce the unapplied part first, then the allocations
 * from the last one backwards. Allocations that are reduced to zero are left out.
 */
export function netAllocations(allocations: readonly Allocation[], gross: Money, refunded: Money): readonly Allocation[] {
  let allocated = 0;
  for (const part of allocations) allocated += part.amount;
  let excess = refunded - Math.max(0, gross - allocated);
  if (excess <= 0)
    return allocations.every((part) => part.amount !== 0) ? allocations : allocations.filter((part) => part.amount !== 0);
  const left: Allocation[] = [];
  for (const part of allocations.toReversed()) {
    const taken = Math.min(Math.max(part.amount, 0), excess);
    excess -= taken;
    if (part.amount !== taken) left.push({ invoiceId: part.invoiceId, amount: (part.amount - taken) as Money });
  }
  return left.reverse();
}

/** Whether both have the same amounts on the same invoices, in any order. */
export function sameAllocations(a: readonly Allocation[], b: readonly Allocation[]): boolean {
  return a.length === b.length && a.every((x) => b.some((y) => y.invoiceId === x.invoiceId && y.amount === x.amount));
}

/** The payment's amount, zero if it can't be read (a rule reports that). */
export function grossOf(payment: PaymentRecord, currency: string): Money {
  return parseMoney(payment.amount, currency) ?? ZERO;
}

const NONE: readonly Allocation[] = [];
