import { and, eq, sql as expression } from 'drizzle-orm';
import { drizzleOn, isAnyOf } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { newestRevisionOf } from '../records/newest-revision.ts';
import { checkCauses, openChecks } from '../schema/index.ts';
import type { CheckedBy } from './verdicts.ts';

/** What a check of everything saw when it began. */
export interface CheckSeen {
  /** The newest revision of the company's records. */
  readonly revision: number;
  readonly chartVersion: number;
  /** What had changed besides records. */
  readonly causes: readonly string[];
  /** The last check saw less. */
  readonly isNew: boolean;
}

/** Seconds between the end of a check of a company's open records and the next one, at least. */
const PAUSE_SECONDS = 5;
/** A company is checked for a tenth of the time at most, however often it changes. */
const PAUSE_FOR_EACH_SECOND = 9;
/** Minutes after which a check that has not ended may begin again: its process is gone. */
const LOST_AFTER_MINUTES = 10;

/** What a check of everything sees that begins now. Run it in the check's own transaction, which sees one moment. */
export async function checkBegins(sql: Sql, { companyId, target, settingsVersion }: CheckedBy): Promise<CheckSeen> {
  const [seen] = await sql<CheckSeen[]>`
    with seen as (
      select greatest(
          coalesce(${newestRevisionOf(sql, companyId)}, 0),
          coalesce((select max(revision) from open_records where company_id = ${companyId} and target = ${target}), 0)
        )::bigint as revision,
        ${chartVersionOf(sql, companyId, target)} as chart_version,
        array(select id from check_causes where company_id = ${companyId} and target = ${target}) as causes
    )
    select s.revision, s.chart_version as "chartVersion", s.causes::text[] as causes,
      cardinality(s.causes) > 0 or c.settings_version is null
        or (c.revision, c.settings_version, c.chart_version) <> (s.revision, ${settingsVersion}::int, s.chart_version) as "isNew"
    from seen s left join open_checks c on c.company_id = ${companyId} and c.target = ${target}`;
  return seen!;
}

/** Keeps that everything was checked. Of two checks at once, the one that saw more counts. */
export async function checkEnded(
  sql: Sql,
  { companyId, target, settingsVersion }: CheckedBy,
  { revision, chartVersion, causes }: CheckSeen,
  tookMs: number,
): Promise<void> {
  await sql`
    insert into open_checks as c (company_id, target, revision, settings_version, chart_version, checked_at, took_ms, due_at)
    values (${companyId}, ${target}, ${revision}, ${settingsVersion}, ${chartVersion}, now(), ${Math.round(tookMs)},
      now() + make_interval(secs => greatest(${PAUSE_SECONDS}::float8, ${(tookMs / 1_000) * PAUSE_FOR_EACH_SECOND}::float8)))
    on conflict (company_id, target) do update set revision = excluded.revision, settings_version = excluded.settings_version,
      chart_version = excluded.chart_version, checked_at = excluded.checked_at, took_ms = excluded.took_ms, due_at = excluded.due_at
      where excluded.revision >= c.revision`;
  if (causes.length > 0) await drizzleOn(sql).delete(checkCauses).where(isAnyOf(checkCauses.id, causes));
}

/**
 * Gives the caller the company and target whose open records wait longest for a check, of those that changed since their last one.
 * Nobody else gets it, unless the caller is silent for ten minutes.
 * @param mostMs only those whose last check took no longer, so that small ones don't wait for large ones
 */
export async function claimCheck(
  sql: Sql,
  { targets, mostMs }: { readonly targets: readonly string[]; readonly mostMs?: number | undefined },
): Promise<{ readonly companyId: string; readonly target: string } | undefined> {
  const [claimed] = await sql<{ companyId: string; target: string }[]>`
    insert into open_checks as mine (company_id, target, due_at)
    select t.company_id, t.target, now() + make_interval(mins => ${LOST_AFTER_MINUTES}) from company_targets t
    left join open_checks c on c.company_id = t.company_id and c.target = t.target
    left join connections n on n.id = t.connection_id
    where t.target = any (${[...targets]}) and (c.due_at is null or c.due_at <= now())
      ${mostMs === undefined ? sql`` : sql`and coalesce(c.took_ms, 0) <= ${mostMs}`}
      and (c.settings_version is distinct from t.settings_version or c.chart_version <> coalesce(n.chart_version, 0)
        or exists (select from check_causes k where k.company_id = t.company_id and k.target = t.target)
        or ${newestRevisionOf(sql, sql`t.company_id`)} > c.revision)
    order by c.checked_at nulls first, t.company_id, t.target limit 1
    on conflict (company_id, target) do update set due_at = excluded.due_at where mine.due_at <= now()
    returning company_id as "companyId", target`;
  return claimed;
}

/**
 * Gives a claim back, so that another process may check at once.
 * @param tookMs how long the check had run: one that had to end because it took long counts as long
 */
export async function releaseCheck(
  sql: Sql,
  place: { readonly companyId: string; readonly target: string },
  tookMs: number,
): Promise<void> {
  const { companyId, target } = openChecks;
  await drizzleOn(sql)
    .update(openChecks)
    .set({ dueAt: expression`now()`, tookMs: expression`greatest(${openChecks.tookMs}, ${Math.round(tookMs)}::int)` })
    .where(and(eq(companyId, place.companyId), eq(target, place.target)));
}

/**
 * Up to which revision the open records of a company were checked, with the settings, the chart and the links of now; null: all of
 * them are to be checked again. What a customer's change concerns is not in it: see `checking` of the list.
 */
export async function checkedUpTo(sql: Sql, { companyId, target, settingsVersion }: CheckedBy): Promise<number | null> {
  const [row] = await sql<{ revision: number }[]>`
    select c.revision from open_checks c
    where c.company_id = ${companyId} and c.target = ${target} and c.settings_version = ${settingsVersion}
      and c.chart_version = ${chartVersionOf(sql, companyId, target)}
      and not exists (select from check_causes where company_id = ${companyId} and target = ${target} and concerns_all)
      and not exists (
        select from records r where r.company_id = ${companyId} and r.revision > 0 and r.revision > c.revision and r.type <> all (${OF_SOME_ROWS}))`;
  return row?.revision ?? null;
}

/** A change of these concerns some documents, which are known. A change of any other record may concern all. */
const OF_SOME_ROWS = ['invoice', 'creditMemo', 'payment', 'refund', 'customer'];

function chartVersionOf(sql: Sql, companyId: string, target: string) {
  return sql`coalesce((
    select n.chart_version from company_targets t join connections n on n.id = t.connection_id
    where t.company_id = ${companyId} and t.target = ${target}), 0)`;
}
