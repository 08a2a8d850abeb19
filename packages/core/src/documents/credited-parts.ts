import type { CreditMemoRecord } from '../records/records.ts';
import { parseMoney } from '../values/money.ts';
import type { BuildContext } from './build-context.ts';
import { appliedPart } from './build-payment.ts';
import { isSameCustomer } from './divide-payment.ts';
import type { AppliedPart } from './documents.ts';
import { allocationsOf } from './net-payment.ts';
import { nonBlank } from './parts.ts';
import { payable, payerOf } from './payable.ts';

/**
 * The invoices that a credit memo is used for, as its record says. If the allocations exceed the memo, none is followed, because nobody
 * knows which is right. A part stays unapplied if its invoice is not in the books, is another customer's, or takes less.
 */
export function creditedParts(record: CreditMemoRecord, context: BuildContext): readonly AppliedPart[] | undefined {
  if (context.delivery !== 'push') return undefined;
  const { currency } = context.company;
  const parts = allocationsOf(record, currency);
  const total = parseMoney(record.total, currency) ?? 0;
  const allocated = parts.reduce((sum, { amount }) => sum + amount, 0);
  if (allocated > total || parts.some(({ amount }) => amount <= 0)) return undefined;
  const customerId = nonBlank(record.customerId);
  const owner = customerId === undefined ? undefined : payerOf(context.customer(customerId));
  const applied = parts.filter(({ invoiceId, amount }) => {
    const invoice = payable(invoiceId, context);
    if (invoice?.customer === undefined || owner === undefined || !isSameCustomer(owner, invoice.customer)) return false;
    return amount <= invoice.total - (context.appliedTo?.(invoiceId) ?? 0);
  });
  return applied.length === 0 ? undefined : applied.map((part) => appliedPart(part, context));
}
