import type { BatchedRef } from '@ledgerpost/core';
import type { Sql } from '../../database/open-store.ts';
import { isOneOf, itsDocument } from '../items/item-parts.ts';

/**
 * Keeps with the postings of payments that the books refused this update, because the payment is in a bank deposit: it is not offered
 * again. @returns the records
 */
export async function markDeposited(sql: Sql, batchId: string, seqs: readonly number[]): Promise<BatchedRef[]> {
  if (seqs.length === 0) return [];
  return sql<BatchedRef[]>`
    update postings p set facts = p.facts || jsonb_build_object('deposited',
      jsonb_build_object('contentHash', d.facts->'contentHash', 'applied', d.document->'applied'))
    from batch_items i ${itsDocument(sql)}
    where ${isOneOf(sql, batchId, seqs)} and p.company_id = i.company_id and p.target = i.target and p.type = i.type
      and p.record_id = i.record_id and p.standing
    returning p.type, p.record_id as id`;
}
