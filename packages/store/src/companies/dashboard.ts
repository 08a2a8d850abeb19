import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';

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

/** Money of posted documents that a person still has to apply in the books. */
export interface LeftOpen {
  readonly target: string;
  /** `payments`: what the books have of them unapplied. `refunds`: what their journals left open on Accounts Receivable. */
  readonly of: 'payments' | 'refunds';
  readonly documents: number;
  /** Minor units. */
  readonly amount: number;
  /** The oldest five, by the day that they were posted. */
  readonly oldest: readonly {
    readonly number: string;
    readonly customer: string | null;
    /** Minor units. */
    readonly amount: number;
    readonly batchId: string;
    readonly seq: number;
  }[];
}

/** The newest check of a company's books for changes; null times: none has ended yet. */
export interface LastCheck {
  readonly target: string;
  readonly endedAt: Date | null;
  /** The newest check could not read the books. */
  readonly failed: boolean;
}

/** The numbers of a company's home page. */
export interface HomeNumbers {
  readonly unbatched: readonly UnbatchedSum[];
  readonly weeks: readonly PostedWeek[];
  readonly leftOpen: readonly LeftOpen[];
  readonly checks: readonly LastCheck[];
}

/** The numbers of the home pages of these companies, by company: what one shows of itself, a list of many shows of each. */
export async function homeNumbers(
  sql: Sql,
  companyIds: readonly string[],
  weeks: number,
): Promise<(companyId: string) => HomeNumbers> {
  const of = <T>(rows: readonly OfCompany<T>[]) => {
    const byCompany = Map.groupBy(rows, ({ companyId }) => companyId);
    return (id: string) => (byCompany.get(id) ?? []).map(({ companyId: _, ...row }) => row as unknown as T);
  };
  const ids = [...companyIds];
  const unbatched = of(await unbatchedSums(sql, ids));
  const posted = of(await postedByWeek(sql, ids, weeks));
  const open = of(await leftOpen(sql, ids, weeks));
  const checks = of(await lastChecks(sql, ids));
  return (id) => ({ unbatched: unbatched(id), weeks: posted(id), leftOpen: open(id), checks: checks(id) });
}

type OfCompany<T> = T & { readonly companyId: string };

/**
 * What payments and refunds left open in the books, as far as Ledgerpost posted them. What a person has applied there since is not
 * known. Refunds count for as many weeks only: nobody reports when their journals were applied.
 */
async function leftOpen(sql: Sql, companyIds: string[], weeks: number): Promise<OfCompany<LeftOpen>[]> {
  return sql<OfCompany<LeftOpen>[]>`
    with open as (
      select company_id, target, 'payments' as of, unapplied_of(amount, facts) as amount, number, facts, batch_id, seq, posted_at from postings
      where company_id = any (${companyIds}) and standing and kind = 'payment' and batch_id is not null and unapplied_of(amount, facts) > 0
      union all
      select company_id, target, 'refunds', amount, number, facts, batch_id, seq, posted_at from postings
      where company_id = any (${companyIds}) and standing and kind = 'journal' and batch_id is not null
        and posted_at > now() - make_interval(weeks => ${weeks})
    ), ranked as (
      select *, row_number() over (partition by company_id, target, of order by posted_at, batch_id, seq) as place from open
    )
    select company_id as "companyId", target, of, count(*)::int as documents, sum(amount)::bigint as amount,
      jsonb_agg(jsonb_build_object('number', number, 'customer', facts -> 'customer' ->> 'name', 'amount', amount,
        'batchId', batch_id, 'seq', seq) order by place) filter (where place <= 5) as oldest
    from ranked group by company_id, target, of order by company_id, target, of`;
}

/** The newest check of each of a company's books. */
async function lastChecks(sql: Sql, companyIds: string[]): Promise<OfCompany<LastCheck>[]> {
  return sql<OfCompany<LastCheck>[]>`
    select company_id as "companyId", target, ended_at as "endedAt", state is not distinct from 'failed' as failed from drift_looks
    where company_id = any (${companyIds}) order by company_id, target`;
}

/** The sums of a company's open work, read from the open records alone. */
async function unbatchedSums(sql: Sql, companyIds: string[]): Promise<OfCompany<UnbatchedSum>[]> {
  return sql<OfCompany<UnbatchedSum>[]>`
    select company_id as "companyId", target, list, count(*)::int as documents, sum(amount)::bigint as amount, min(date)::text as oldest
    from open_records where company_id = any (${companyIds}) and claimed_by is null
    group by company_id, target, list order by company_id, target, list`;
}

/** What batches posted in the last weeks, oldest week first, those without a batch too. What was undone does not count. */
async function postedByWeek(sql: Sql, companyIds: string[], weeks: number): Promise<OfCompany<PostedWeek>[]> {
  const batchesOf = sql`
    select ended_at, totals from batches
    where company_id = c.id and state in ('posted', 'posted-in-part') and ended_at > now() - make_interval(weeks => ${weeks + 1})`;
  return sql<OfCompany<PostedWeek>[]>`
    with weeks as (
      select c.id as company_id, generate_series(
        date_trunc('week', now() at time zone c.time_zone) - make_interval(weeks => ${weeks - 1}),
        date_trunc('week', now() at time zone c.time_zone), interval '1 week') as week
      from companies c where c.id = any (${companyIds})
    ), sums as (
      select c.id as company_id, date_trunc('week', b.ended_at at time zone c.time_zone) as week, split_part(o.key, '.', 1) as kind,
        (o.value->>'documents')::int as documents, (o.value->>'amount')::bigint as amount
      from companies c ${probe(sql, 'b', batchesOf)}, jsonb_each(b.totals->'operations') o
      where c.id = any (${companyIds})
    )
    select w.company_id as "companyId", w.week::date::text as week,
      coalesce(sum(s.documents) filter (where s.kind = 'invoice'), 0)::int as invoices,
      coalesce(sum(s.documents) filter (where s.kind = 'payment'), 0)::int as payments,
      coalesce(sum(s.documents) filter (where s.kind not in ('invoice', 'payment')), 0)::int as others,
      coalesce(sum(s.amount) filter (where s.kind = 'invoice'), 0)::bigint as invoiced,
      coalesce(sum(s.amount) filter (where s.kind = 'payment'), 0)::bigint as paid
    from weeks w left join sums s on s.company_id = w.company_id and s.week = w.week
    group by w.company_id, w.week order by w.company_id, w.week`;
}

/** One company of several: the numbers of its home page, and what waits for a person. */
export interface CompanyAtAGlance extends HomeNumbers {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly onHold: number;
  readonly toApprove: number;
  /** Changes in the books without a decision. */
  readonly changed: number;
}

/** Companies by id, with the numbers of their home pages. @param only these; null: all of the installation */
export async function companiesAtAGlance(
  sql: Sql,
  { only, after, limit, weeks }: { only: readonly string[] | null; after?: string | undefined; limit: number; weeks: number },
): Promise<Page<CompanyAtAGlance>> {
  const from = after === undefined ? '' : (decodeCursor(after, 'overview', ['string'])[0] as string);
  const rows = await sql<Omit<CompanyAtAGlance, keyof HomeNumbers>[]>`
    with page as (
      select id, name, currency, time_zone as "timeZone" from companies
      where id > ${from} ${only === null ? sql`` : sql`and id = any (${[...only]})`} order by id limit ${limit + 1}
    )
    select c.*, b."onHold", b."toApprove",
      (select count(*)::int from drifts where company_id = c.id and state = 'open') as changed
    from page c
    cross join lateral (
      select count(*) filter (where state = 'held')::int as "onHold",
        count(*) filter (where state = 'awaiting-approval')::int as "toApprove"
      from batches where company_id = c.id
        and state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')
    ) b
    order by c.id`;
  const page = pageOf(rows, limit, ({ id }) => encodeCursor('overview', [id]));
  const ids = page.rows.map(({ id }) => id);
  const numbers = await homeNumbers(sql, ids, weeks);
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...numbers(row.id) })) };
}
