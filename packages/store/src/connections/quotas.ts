import { and, eq, sql as expression, lt } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { quotaDays } from '../schema/index.ts';

/** A kind of request that a target counts for the whole installation. */
export interface QuotaKind {
  readonly target: string;
  readonly environment: string;
  readonly quota: string;
}

/** Counts answers that a target counts. They end a refusal of the same kind. */
export async function countQuota(
  sql: Sql,
  { target, environment, quota, connectionId, units }: QuotaKind & { readonly connectionId: string; readonly units: number },
): Promise<void> {
  await sql`
    with answered as (
      delete from quota_refusals where target = ${target} and environment = ${environment} and quota = ${quota})
    insert into quota_days as d (target, environment, quota, day, connection_id, units, last_at)
    values (${target}, ${environment}, ${quota}, (now() at time zone 'UTC')::date, ${connectionId}::uuid, ${units}, now())
    on conflict (target, environment, quota, day, connection_id) do update set units = d.units + excluded.units, last_at = now()`;
}

/** What is known when a target refuses a kind of request. */
export interface QuotaRefusal {
  /** Since when no request of this kind was answered. */
  readonly since: Date;
  readonly lastAt: Date;
  /** Refusals since then. */
  readonly times: number;
  /** Whether requests of another kind were answered since. */
  readonly othersGoOn: boolean;
  /** Counted in this month, over all connections. */
  readonly used: number;
}

/** Refusals that are further apart are not one, in minutes. */
const ONE_REFUSAL_MINUTES = 30;

/** Remembers that the target refused this kind, and returns what is known beside that. @param others the target's other kinds */
export async function refuseQuota(
  sql: Sql,
  { target, environment, quota }: QuotaKind,
  others: readonly string[],
): Promise<QuotaRefusal> {
  const [row] = await sql<QuotaRefusal[]>`
    with refused as (
      insert into quota_refusals as r (target, environment, quota, since, last_at, times)
      values (${target}, ${environment}, ${quota}, now(), now(), 1)
      on conflict (target, environment, quota) do update set last_at = now(),
        since = case when r.last_at < now() - make_interval(mins => ${ONE_REFUSAL_MINUTES}) then now() else r.since end,
        times = case when r.last_at < now() - make_interval(mins => ${ONE_REFUSAL_MINUTES}) then 1 else r.times + 1 end
      returning since, last_at, times)
    select since, last_at as "lastAt", times,
      exists (select from quota_days d where d.target = ${target} and d.environment = ${environment} and d.quota = any(${[...others]}::text[])
        and d.day >= (since at time zone 'UTC')::date and d.last_at > since) as "othersGoOn",
      coalesce((select sum(units) from quota_days d where d.target = ${target} and d.environment = ${environment}
        and d.quota = ${quota} and d.day >= date_trunc('month', now() at time zone 'UTC')::date), 0)::float8 as used
    from refused`;
  return row!;
}

/** What was counted of a kind in this month. */
export interface QuotaUse extends QuotaKind {
  readonly used: number;
  /** Counted today, in UTC. */
  readonly today: number;
  /** Since when the target refuses this kind; null: it does not. */
  readonly refusedSince: Date | null;
  /** The companies with the highest counts in this month. */
  readonly companies: readonly { readonly companyId: string; readonly used: number }[];
}

/** What targets counted in this month, over all connections, by target, environment and kind. */
export async function quotaUse(sql: Sql, companies = 20): Promise<QuotaUse[]> {
  return sql<QuotaUse[]>`
    with month as (
      select d.target, d.environment, d.quota, d.connection_id, sum(d.units) as used,
        sum(d.units) filter (where d.day = (now() at time zone 'UTC')::date) as today
      from quota_days d where d.day >= date_trunc('month', now() at time zone 'UTC')::date
      group by d.target, d.environment, d.quota, d.connection_id
    ), ranked as (
      select m.*, c.company_id, row_number() over (partition by m.target, m.environment, m.quota order by m.used desc, c.company_id) as place
      from month m left join connections c on c.id = m.connection_id
    )
    select r.target, r.environment, r.quota, sum(r.used)::float8 as used, coalesce(sum(r.today), 0)::float8 as today,
      (select q.since from quota_refusals q where q.target = r.target and q.environment = r.environment and q.quota = r.quota)
        as "refusedSince",
      coalesce(jsonb_agg(jsonb_build_object('companyId', r.company_id, 'used', r.used) order by r.place)
        filter (where r.place <= ${companies} and r.company_id is not null), '[]') as companies
    from ranked r group by r.target, r.environment, r.quota order by r.target, r.environment, r.quota`;
}

/** The sums alone, for metrics. */
export async function quotaSums(sql: Sql): Promise<(QuotaKind & { readonly used: number })[]> {
  return sql<(QuotaKind & { used: number })[]>`
    select target, environment, quota, sum(units)::float8 as used from quota_days
    where day >= date_trunc('month', now() at time zone 'UTC')::date
    group by target, environment, quota order by target, environment, quota`;
}

/** Counts are kept for so many months: this year can be compared with the last. */
export const QUOTA_MONTHS = 13;

/** Deletes counts of a kind that are older than that. */
export async function forgetQuotaDays(sql: Sql, { target, environment, quota }: QuotaKind): Promise<void> {
  const { day, ...kind } = quotaDays;
  const oldest = expression`date_trunc('month', now() at time zone 'UTC')::date - make_interval(months => ${QUOTA_MONTHS})`;
  await drizzleOn(sql)
    .delete(quotaDays)
    .where(and(eq(kind.target, target), eq(kind.environment, environment), eq(kind.quota, quota), lt(day, oldest)));
}
