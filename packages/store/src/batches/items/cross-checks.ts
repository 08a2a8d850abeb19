import type { Sql } from '../../database/open-store.ts';
import { probe, probeOrNull } from '../../database/probe.ts';
import { inRange, itsDocument, type Range } from './item-parts.ts';

/** A document that something only the whole batch shows is wrong with. */
export interface CrossFinding {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly number: string;
}

/** Ready documents whose number another document of the batch, or a standing posting of another record, has. */
export async function duplicateNumbers(sql: Sql, batchId: string): Promise<(CrossFinding & { other: string })[]> {
  return sql`
    with numbered as (
      select seq, type, record_id as id, kind, number, company_id, target,
        count(*) over (partition by kind, number) as times,
        first_value(record_id) over (partition by kind, number order by seq) as first_id,
        last_value(record_id) over (partition by kind, number order by seq rows between unbounded preceding and unbounded following) as last_id
      from batch_items
      where batch_id = ${batchId} and state in ('ready', 'rejected') and kind in ('invoice', 'creditMemo', 'payment', 'journal') and number <> ''
    )
    select n.seq, n.type, n.id, n.number,
      coalesce(case when n.times > 1 then case when n.first_id = n.id then n.last_id else n.first_id end end, p.record_id) as other
    from numbered n ${probeOrNull(
      sql,
      'p',
      sql`
      select record_id from postings
      where company_id = n.company_id and target = n.target and kind = n.kind and number = n.number and standing
        and not (type = n.type and record_id = n.id) limit 1`,
    )}
    where n.times > 1 or p.record_id is not null`;
}

/**
 * Ready payments of the batch that are applied to an invoice of the same batch which won't be sent (`rejected`), or was
 * not posted (`refused`, `conflict`, `blocked`).
 */
export async function paymentsOfUnsentInvoices(
  sql: Sql,
  range: Range,
): Promise<(CrossFinding & { invoiceId: string; invoiceNumber: string })[]> {
  const invoiceOfBatch = sql`
    select * from batch_items
    where company_id = i.company_id and type = 'invoice' and record_id = part->>'invoiceId' and batch_id = i.batch_id`;
  return sql`
    select i.seq, i.type, i.record_id as id, i.number, min(part->>'invoiceId') as "invoiceId", min(inv.number) as "invoiceNumber"
    from batch_items i ${itsDocument(sql)}
    cross join lateral jsonb_array_elements(d.document->'applied') part
    ${probe(sql, 'inv', invoiceOfBatch)}
    where ${inRange(sql, range)} and i.kind = 'payment' and i.state in ('ready', 'exported')
      and inv.state in ('rejected', 'blocked', 'refused', 'conflict')
      -- An invoice that stands from before accepts payments, though its change won't be sent.
      and not (inv.operation <> 'invoice.insert' and exists (
        select from postings p
        where p.company_id = inv.company_id and p.target = inv.target and p.type = 'invoice' and p.record_id = inv.record_id and p.standing))
    group by i.seq, i.type, i.record_id, i.number`;
}
