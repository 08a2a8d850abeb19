import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';
import { type Batch, claimsOf } from './claims.ts';
import type { Held } from './documents.ts';
import { describeEffect, effect, type Records, sameEffect } from './expected.ts';

/**
 * Whether payments are applied as their records require. Only for payments without a problem whose invoices are all in the books:
 * the others wait, were netted or were changed, and the API gives the reason.
 * @param explained records whose state the API explains by a problem or a reason
 * @param linked documents whose links a person changed
 */
export function compareApplied(
  company: Company,
  batches: readonly Batch[],
  records: Records,
  explained: ReadonlySet<string>,
  linked: ReadonlySet<string> = new Set(),
): readonly string[] {
  const claims = claimsOf(batches, () => {});
  const invoices = new Map(
    [...claims].filter(([, { item }]) => item.operation.startsWith('invoice.')).map(([id, { key }]) => [key, id]),
  );
  const refunded = new Set([...records.values()].flatMap((one) => (one.type === 'refund' ? [one.paymentId] : [])));
  const over = overAllocated(records);
  return (company.records('Payment') as Held[]).flatMap((held) => {
    const claim = claims.get(held.Id);
    const record = records.get(claim?.key ?? '');
    if (record?.type !== 'payment' || explained.has(claim!.key) || refunded.has(record.id)) return [];
    const wanted = (record.allocations ?? []).map(
      ({ invoiceId, amount }) => [invoices.get(`invoice/${invoiceId}`), cents(amount)] as const,
    );
    if (linked.has(held.Id) || wanted.some(([id]) => id !== undefined && linked.has(id))) return [];
    if (wanted.some(([id]) => id === undefined) || record.allocations?.some(({ invoiceId }) => over.has(invoiceId))) return [];
    const applied = effect((held.Line as Held[]).map((line) => [line.LinkedTxn[0].TxnId, cents(line.Amount)]));
    const should = effect(wanted.map(([id, amount]) => [id!, amount]));
    if (sameEffect(applied, should)) return [];
    return [`${claim!.key} should be applied to ${describeEffect(should)}, but is applied to ${describeEffect(applied)}.`];
  });
}

/** Invoices whose allocations exceed their total. The field-service system has to correct them. */
function overAllocated(records: Records): ReadonlySet<string> {
  const open = new Map<string, number>();
  for (const one of records.values()) {
    if (one.type === 'invoice') open.set(one.id, (open.get(one.id) ?? 0) + cents(one.total));
    if (one.type === 'payment' && one.status !== 'removed')
      for (const { invoiceId, amount } of one.allocations ?? []) open.set(invoiceId, (open.get(invoiceId) ?? 0) - cents(amount));
  }
  return new Set([...open].filter(([, left]) => left < 0).map(([id]) => id));
}
