import type { Sql } from '../database/open-store.ts';

/** What is unbatched in one list of a company at a target. */
export interface UnbatchedSum {
  readonly target: string;
  readonly list: 'invoices' | 'payments';
  readonly documents: number;
  /** Minor units. */
  readonly amount: number;
  /** The day of the oldest, YYYY-MM-DD. */
  readonly oldest: string;
}

/** What batches posted in one week. Amounts of invoices and of payments are never added. */
export interface PostedWeek {
  /** Its Monday in the company's time zone, YYYY-MM-DD. */
  readonly week: string;
  readonly invoices: number;
  readonly payments: number;
  /** Refunds, credit memos and the rest. */
  readonly others: number;
  /** Minor units. */
  readonly invoiced: number;
  readonly paid: number;
}

/** The sums of a company's open work, read from the open records alone. */
export async function unbatchedSums(sql: Sql, companyId: string): Promise<UnbatchedSum[]> {
  return sql<UnbatchedSum[]>`
    select target, list, count(*)::int as documents, sum(amount)::bigint as amount, min(date)::text as oldest
    from open_records where company_id = ${companyId} and claimed_by is null group by target, list order by target, list`;
}

/** What batches posted in the last weeks, oldest week first, those without a batch too. What was undone does not count. */
export async function postedByWeek(sql: Sql, companyId: string, weeks: number): Promise<PostedWeek[]> {
  return sql<PostedWeek[]>`
    with weeks as (
      select generate_series(
        date_trunc('week', now() at time zone c.time_zone) - make_interval(weeks => ${weeks - 1}),
        date_trunc('week', now() at time zone c.time_zone), interval '1 week') as week, c.time_zone
      from companies c where c.id = ${companyId}
    ), sums as (
      select date_trunc('week', b.ended_at at time zone c.time_zone) as week, split_part(o.key, '.', 1) as kind,
        (o.value->>'documents')::int as documents, (o.value->>'amount')::bigint as amount
      from batches b join companies c on c.id = b.company_id, jsonb_each(b.totals->'operations') o
      where b.company_id = ${companyId} and b.state in ('posted', 'posted-in-part')
        and b.ended_at > now() - make_interval(weeks => ${weeks + 1})
    )
    select w.week::date::text as week,
      coalesce(sum(s.documents) filter (where s.kind = 'invoice'), 0)::int as invoices,
      coalesce(sum(s.documents) filter (where s.kind = 'payment'), 0)::int as payments,
      coalesce(sum(s.documents) filter (where s.kind not in ('invoice', 'payment')), 0)::int as others,
      coalesce(sum(s.amount) filter (where s.kind = 'invoice'), 0)::bigint as invoiced,
      coalesce(sum(s.amount) filter (where s.kind = 'payment'), 0)::bigint as paid
    from weeks w left join sums s on s.week = w.week group by w.week order by w.week`;
}
