import type { Fragment, Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import type { Books } from './books.ts';

/** From the lines of all open invoices and credit memos: the open record `o`, and each `line` of its record. Conditions may follow. */
export function fromOpenLines(sql: Sql, { companyId, target }: Pick<Books, 'companyId' | 'target'>): Fragment {
  const record = sql`select content from records where company_id = o.company_id and type = o.type and id = o.id`;
  return sql`
    from open_records o ${probe(sql, 'r', record)}
      cross join lateral jsonb_array_elements(case when r.content ? 'lines' then r.content -> 'lines' else '[]' end) line
    where o.company_id = ${companyId} and o.target = ${target} and o.type in ('invoice', 'creditMemo')`;
}
