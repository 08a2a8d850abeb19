import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';
import { type Batch, claimsOf } from './claims.ts';
import type { Held } from './documents.ts';
import type { Records } from './expected.ts';
import type { Hands } from './hands.ts';

/** The reasons that an item may have for money that is not applied as its source allocates it. */
const OF_PAYMENTS: readonly string[] = [
  ...['payment-unapplied', 'paid-over-invoice', 'customer-differs', 'over-allocated', 'imported-job', 'payment-deposited'],
  ...['changed-there', 'refused-by-target', 'closed-period'],
];
const OF_INVOICES: readonly string[] = ['invoice-overpaid', 'credit-to-apply'];

/**
 * No money that its source allocates to an invoice stays unapplied in silence: it has an open row, or its item or the invoice's names
 * the reason. What a person touched is that person's.
 * @param open records that the unbatched lists show
 */
export function compareUnapplied(
  company: Company,
  batches: readonly Batch[],
  records: Records,
  open: ReadonlySet<string>,
  hands: Hands,
): readonly string[] {
  const claims = claimsOf(batches, () => {});
  const documents = new Map([...claims].map(([id, { key }]) => [key, id]));
  const told = (key: string, codes: readonly string[]) =>
    batches.some(({ items }) =>
      items.some(
        ({ record, problems }) => `${record.type}/${record.id}` === key && problems.some(({ code }) => codes.includes(code)),
      ),
    );
  const refunded = new Set([...records.values()].flatMap((one) => (one.type === 'refund' ? [one.paymentId] : [])));
  const theirs = (id: string | undefined) =>
    id !== undefined && (hands.touched.has(id) || hands.linked.has(id) || hands.own.has(id));
  return (company.records('Payment') as Held[]).flatMap((held) => {
    const key = claims.get(held.Id)?.key ?? '';
    const record = records.get(key);
    if (record?.type !== 'payment' || refunded.has(record.id) || theirs(held.Id) || open.has(key)) return [];
    if (told(key, OF_PAYMENTS)) return [];
    const applied = new Map<string, number>();
    for (const line of held.Line as Held[]) {
      const id = String(line.LinkedTxn[0].TxnId);
      applied.set(id, (applied.get(id) ?? 0) + cents(line.Amount));
    }
    return (record.allocations ?? []).flatMap(({ invoiceId, amount }) => {
      const invoice = `invoice/${invoiceId}`;
      const id = documents.get(invoice);
      const missing = cents(amount) - (id === undefined ? 0 : (applied.get(id) ?? 0));
      if (missing <= 0 || theirs(id) || open.has(invoice) || told(invoice, OF_INVOICES)) return [];
      return [
        `${missing} cents of ${key} for ${invoice} are unapplied, and neither an open row nor a stored reason explains it.`,
      ];
    });
  });
}
