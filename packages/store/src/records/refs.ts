import type { RecordRef } from '@ledgerpost/core';
import type { Fragment, Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';

/** References as a row source with the columns `type` and `id`; give it an alias. */
export function refsSql(sql: Sql, refs: readonly RecordRef[]): Fragment {
  return rowsOf(sql, refs, { type: 'text', id: 'text' });
}

/** Ids as a row source with the column `id`, each once; give it an alias. */
export function idsSql(sql: Sql, ids: Iterable<string>): Fragment {
  return rowsOf(
    sql,
    [...new Set(ids)].map((id) => ({ id })),
    { id: 'text' },
  );
}

/** Joins what stands posted at a target for the record that a row `n` names, as `p`. */
export function standingPosting(
  sql: Sql,
  { companyId, target }: { readonly companyId: string; readonly target: string },
): Fragment {
  return probe(
    sql,
    'p',
    sql`
    select * from postings where company_id = ${companyId} and target = ${target} and type = n.type and record_id = n.id and standing`,
  );
}

/** Joins the record that a row `n` names, as `r`. */
export function itsRecord(sql: Sql, companyId: string): Fragment {
  return probe(sql, 'r', sql`select * from records where company_id = ${companyId} and type = n.type and id = n.id`);
}

/** Joins the refunds of the payment whose id a row `n` has, as `r`. */
export function itsRefunds(sql: Sql, companyId: string): Fragment {
  return probe(sql, 'r', sql`select * from records where company_id = ${companyId} and type = 'refund' and parent_id = n.id`);
}

/**
 * These columns of all items of one record, in whatever batch; the condition names company, type and record. Claimed items and all
 * others have an index each, so that a claim writes one of the two.
 */
export function itemsOfRecord(sql: Sql, columns: Fragment, condition: Fragment): Fragment {
  return sql`
    select ${columns} from batch_items where ${condition} and claimed
    union all
    select ${columns} from batch_items where ${condition} and not claimed`;
}
