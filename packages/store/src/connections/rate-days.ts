import type { RateLimit } from '@ledgerpost/core';
import { sql as expression, lt } from 'drizzle-orm';
import { drizzleOn } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { rateDays } from '../schema/index.ts';

/** What a limit counts by day and month: a connection's requests of one kind, or those of the whole installation. */
export interface RateScope {
  /** A connection's id, or `app:<target>:<environment>`. */
  readonly scope: string;
  readonly bucket: string;
}

/** A day or a month that is used up, and how long it still lasts. */
export interface UsedUp {
  readonly span: 'day' | 'month';
  /** Until its end in the target's calendar, in milliseconds. */
  readonly waitMs: number;
}

/** Counts one request, unless its day or month is used up: then it says which, and for how long. Exact over all processes. */
export async function takeFromDay({ sql }: Pick<Store, 'sql'>, of: RateScope, limit: RateLimit): Promise<UsedUp | undefined> {
  if (limit.perDay === undefined && limit.perMonth === undefined) return undefined;
  return sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${of.scope}/${of.bucket}`}, 17))`;
    const used = await usedUp(sql, of, limit);
    if (used === undefined)
      await drizzleOn(sql)
        .insert(rateDays)
        .values({
          scope: of.scope,
          bucket: of.bucket,
          day: expression`(clock_timestamp() at time zone ${limit.calendar ?? 'UTC'})::date`,
          used: 1,
        })
        .onConflictDoUpdate({
          target: [rateDays.scope, rateDays.bucket, rateDays.day],
          set: { used: expression`${rateDays.used} + 1` },
        });
    return used;
  });
}

/** Whether a day or a month is used up. Uses up nothing. */
export async function usedUp(sql: Sql, { scope, bucket }: RateScope, limit: RateLimit): Promise<UsedUp | undefined> {
  const { perDay = null, perMonth = null, calendar = 'UTC' } = limit;
  if (perDay === null && perMonth === null) return undefined;
  const [row] = await sql<{ inDay: boolean; inMonth: boolean; dayMs: number; monthMs: number }[]>`
    with here as (select clock_timestamp() at time zone ${calendar} as now),
    counted as (
      select coalesce(sum(used) filter (where day = here.now::date), 0) as day, coalesce(sum(used), 0) as month
      from here left join rate_days on scope = ${scope} and bucket = ${bucket} and day >= date_trunc('month', here.now)::date
    )
    select coalesce(day < ${perDay}::bigint, true) as "inDay", coalesce(month < ${perMonth}::bigint, true) as "inMonth",
      extract(epoch from (date_trunc('day', here.now) + interval '1 day') at time zone ${calendar} - clock_timestamp())::float8 * 1000 as "dayMs",
      extract(epoch from (date_trunc('month', here.now) + interval '1 month') at time zone ${calendar} - clock_timestamp())::float8 * 1000 as "monthMs"
    from counted, here`;
  if (!row!.inMonth) return { span: 'month', waitMs: Math.ceil(row!.monthMs) };
  return row!.inDay ? undefined : { span: 'day', waitMs: Math.ceil(row!.dayMs) };
}

/** Deletes counts of days that no limit asks for any more: a month has at most 31. */
export async function forgetRateDays(sql: Sql): Promise<void> {
  await drizzleOn(sql).delete(rateDays).where(lt(rateDays.day, expression`(now() at time zone 'UTC')::date - 35`));
}
