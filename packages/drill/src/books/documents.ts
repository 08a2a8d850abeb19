import type { Company } from '@ledgerpost/qbo-simulator';
import { cents } from './cents.ts';

/** The kinds of documents that we post. */
export const ENTITIES = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'] as const;

/** The kind that a record is posted as. */
export const ENTITY_OF: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  creditMemo: 'CreditMemo',
  payment: 'Payment',
  refund: 'JournalEntry',
};

/** An entity as the books hold it. */
// biome-ignore lint/suspicious/noExplicitAny: entities of the books have many shapes
export type Held = Record<string, any>;

/** The content of a document as a bookkeeper reads it, without its balance and links. */
export function contentOf(entity: string, held: Held): string {
  const lines = entity === 'Payment' ? [] : (held.Line as Held[]).filter((line) => line.DetailType !== 'SubTotalLineDetail');
  return JSON.stringify([
    held.CustomerRef?.value ?? null,
    held.TxnDate,
    held.DocNumber ?? held.PaymentRefNum ?? null,
    entity === 'JournalEntry' ? null : cents(held.TotalAmt),
    cents(held.TxnTaxDetail?.TotalTax ?? 0),
    held.DepositToAccountRef?.value ?? null,
    lines.map((line) => [
      cents(line.Amount),
      line.Description ?? '',
      line.SalesItemLineDetail?.ItemRef?.value ?? null,
      // Voiding an invoice of 0.00 changes nothing but these.
      line.SalesItemLineDetail?.Qty ?? null,
      line.SalesItemLineDetail?.UnitPrice ?? null,
      line.JournalEntryLineDetail?.PostingType ?? null,
      line.JournalEntryLineDetail?.AccountRef?.value ?? null,
    ]),
  ]);
}

/** The content with the customer that is left where customers were merged: a merge changes nothing. */
export function afterMerges(content: string, merged: ReadonlyMap<string, string>): string {
  if (merged.size === 0 || !content.startsWith('[')) return content;
  const [customer, ...rest] = JSON.parse(content) as [string | null, ...unknown[]];
  return JSON.stringify([customer === null ? null : survivor(merged, 'Customer', customer), ...rest]);
}

/** The one that is left of those that were merged. */
export function survivor(merged: ReadonlyMap<string, string>, kind: 'Customer' | 'Item', id: string): string {
  const into = merged.get(`${kind}/${id}`);
  return into === undefined ? id : survivor(merged, kind, into);
}

/** The document that carries our marker for a record. */
export function ours(company: Company, entity: string, key: string): Held | undefined {
  const marker = `Ledgerpost ${key.replace('/', ' ')}`;
  return (company.records(entity) as Held[]).find((one) => markerOf(one) === marker);
}

/** The line of a private note that names the record; undefined for a document that is not ours. */
export function markerOf(held: Readonly<Record<string, unknown>>): string | undefined {
  const lines = String(held.PrivateNote ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^Voided( - )?/, ''));
  return lines.find((line) => line.startsWith('Ledgerpost '));
}
