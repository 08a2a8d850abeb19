import {
  type AnyTarget,
  amountOf,
  type BatchedRef,
  buildDocument,
  type CompanyFacts,
  isBatchedType,
  type Operation,
  Refusal,
} from '@ledgerpost/core';
import { type CompanyTarget, loadBuildContext, lockCompany, markPosted, type Store, withDependents } from '@ledgerpost/store';
import { factsOf } from '../selecting/freeze-documents.ts';
import { refreshRecords } from './refresh-records.ts';

const INSERT: Record<BatchedRef['type'], Operation> = {
  invoice: 'invoice.insert',
  payment: 'payment.insert',
  refund: 'journal.insert',
  creditMemo: 'creditMemo.insert',
};

/**
 * Makes a posting for a record without sending anything: a person confirms that the record is in the books already, as it is now.
 * @throws Refusal `not-found` | `record-in-batch`
 */
export async function markInBooks(
  deps: { store: Store; target: AnyTarget },
  mark: {
    company: CompanyFacts;
    companyTarget: CompanyTarget;
    ref: BatchedRef;
    externalId: string;
    reason: string;
    actor: string;
  },
): Promise<{ amount: number; number: string }> {
  const { company, companyTarget, ref } = mark;
  return deps.store.sql.begin(async (sql) => {
    await lockCompany(sql, company.id);
    const { records, context } = await loadBuildContext(
      sql,
      {
        company,
        settings: companyTarget.settings,
        delivery: companyTarget.delivery,
        limits: deps.target.limits(companyTarget.settings),
        target: deps.target.id,
      },
      [ref],
    );
    const record = records[0];
    if (record === undefined)
      throw new Refusal('not-found', `There is no ${ref.type} ${ref.id}. Send the record to Ledgerpost first.`);
    const { document } = buildDocument(record, INSERT[ref.type], context);
    const facts = { ...factsOf(record, document, context), externalId: mark.externalId };
    await markPosted(sql, { companyId: company.id, target: deps.target.id, ref, facts, reason: mark.reason, actor: mark.actor });
    const touched = (await withDependents(sql, company.id, [ref])).filter((r): r is BatchedRef => isBatchedType(r.type));
    await refreshRecords(sql, { company, target: deps.target.id }, touched);
    return { amount: amountOf(document), number: facts.number };
  });
}
