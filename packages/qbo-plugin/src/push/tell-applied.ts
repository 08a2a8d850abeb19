import { type AppliedOutcome, type Money, problem, showMoney } from '@ledgerpost/core';
import { type Because, linksOf } from '../applying/apply-payment.ts';
import { readPayers } from '../applying/payers.ts';
import { byId } from '../books/look-up.ts';
import type { QboSession } from '../session.ts';
import type { Work } from './work.ts';

/**
 * Adds to the receipts of payments what the books applied of each part, as their answer says, and why not the rest. Books may drop a
 * link without a word, and an attempt whose answer was lost left no plan: both are found here.
 */
export async function tellApplied({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const payments = works.flatMap((work) => shortagesOf(work) ?? []);
  const unexplained = payments.flatMap(({ work, parts }) =>
    parts.flatMap(({ id, missing, because }) => (missing > 0 && because === undefined && id !== undefined ? [{ work, id }] : [])),
  );
  const invoices = await byId(
    api,
    'Invoice',
    unexplained.map(({ id }) => id),
  );
  const payerOf = (work: Work) => work.entity?.CustomerRef?.value;
  const mayPay = await readPayers(
    api,
    unexplained.map(({ work, id }) => [payerOf(work), invoices.get(id)?.CustomerRef?.value] as const),
  );
  for (const { work, parts } of payments) {
    const applied = parts.map(({ invoiceId, number, id, taken, missing, because }): AppliedOutcome => {
      if (missing <= 0) return { invoiceId, amount: taken };
      if (because !== undefined) return { invoiceId, amount: taken, because };
      const invoice = id === undefined ? undefined : invoices.get(id);
      const why: Because =
        invoice === undefined ? 'not-sent' : mayPay(payerOf(work), invoice.CustomerRef?.value) ? 'over' : 'other-customer';
      const amount = showMoney(missing as Money, work.payload.currency);
      const text = `${work.title}: QuickBooks did not apply ${amount} to invoice ${number}, so it stays unapplied. Apply the payment in QuickBooks.`;
      const code = why === 'over' ? 'paid-over-invoice' : why === 'not-sent' ? 'payment-unapplied' : 'customer-differs';
      work.warnings = [...work.warnings, problem(code, work.record, text, 'allocations')];
      return { invoiceId, amount: taken, because: why };
    });
    const { outcome, warnings } = work;
    if (outcome === undefined || !('receipt' in outcome)) continue;
    const { warnings: _, ...rest } = outcome;
    work.outcome = { ...rest, receipt: { ...outcome.receipt, applied }, ...(warnings.length === 0 ? {} : { warnings }) };
  }
}

function shortagesOf(work: Work) {
  const { payload, entity, item, outcome, because } = work;
  if (payload.entity !== 'Payment' || entity === undefined || outcome === undefined || !('receipt' in outcome)) return undefined;
  if ((payload.applied ?? []).length === 0) return undefined;
  const held = linksOf(entity.Line ?? [], payload.currency);
  const parts = (payload.applied ?? []).map(({ invoiceId, number, amount }) => {
    const id = item.linked?.[invoiceId];
    const taken = Math.min(amount, id === undefined ? 0 : (held.get(id) ?? 0)) as Money;
    return { invoiceId, number, id, taken, missing: amount - taken, because: because?.get(invoiceId) };
  });
  return { work, parts };
}
