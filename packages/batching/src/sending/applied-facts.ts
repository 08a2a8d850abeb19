import { type Document, factsAsApplied, type PostedFacts, type PushOutcome } from '@ledgerpost/core';
import { postedInvoicesOf, type Sql, type WorkBatch } from '@ledgerpost/store';

/** What postings keep of payments that the target applied otherwise than asked, by the items' numbers. */
export async function appliedFacts(
  sql: Sql,
  batch: WorkBatch,
  outcomes: readonly PushOutcome[],
  documents: ReadonlyMap<number, Document>,
): Promise<ReadonlyMap<number, Partial<PostedFacts>>> {
  const receipts = outcomes.flatMap((outcome) => ('receipt' in outcome ? [outcome] : []));
  const short = receipts.flatMap(({ receipt }) =>
    (receipt.applied ?? []).flatMap(({ because, invoiceId }) => (because === undefined ? [] : [invoiceId])),
  );
  if (short.length === 0) return new Map();
  const invoices = await postedInvoicesOf(sql, { companyId: batch.company.id, target: batch.target }, short);
  return new Map(
    receipts.flatMap(({ seq, receipt }) => {
      const document = documents.get(seq);
      const facts = document && factsAsApplied(document, receipt.applied, (id) => invoices.get(id));
      return facts === undefined ? [] : [[seq, facts] as const];
    }),
  );
}
