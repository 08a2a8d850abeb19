import type { RateLimit } from '@ledgerpost/core';
import { sql as expression } from 'drizzle-orm';
import { drizzleOn, isAnyOf } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { ratePermits } from '../schema/index.ts';

/** For how long a permit holds its place unless it is prolonged, in seconds: a killed process blocks others no longer than that. */
export const PERMIT_LEASE = 15;

/** A permit's id, or how long to wait before the next try, in milliseconds. Counts over all processes. */
export async function takePermit(
  sql: Sql,
  connectionId: string,
  bucket: string,
  limit: RateLimit,
): Promise<{ permit: number } | { waitMs: number }> {
  const [row] = await sql<{ permit: number | null; waitMs: number }[]>`
    select permit, wait_ms as "waitMs" from take_permit(${connectionId}::uuid, ${bucket}, ${limit.perMinute}::int,
      ${limit.perSecond ?? null}::int, ${limit.concurrent ?? null}::int, make_interval(secs => ${PERMIT_LEASE}))`;
  return row!.permit === null ? { waitMs: row!.waitMs } : { permit: row!.permit };
}

/** How long a call would wait for the next permit of a bucket, in milliseconds. Uses up no permit. */
export async function permitWait(sql: Sql, connectionId: string, bucket: string, { perMinute }: RateLimit): Promise<number> {
  const [row] = await sql<{ waitMs: number }[]>`
    select greatest(0, extract(epoch from greatest(
      (select until from rate_pauses where connection_id = ${connectionId}::uuid),
      (select case when ahead <= 0 then next_at end from rate_buckets where connection_id = ${connectionId}::uuid and bucket = ${bucket}),
      (select least(held_until, clock_timestamp()) + interval '60.01 seconds' from rate_permits
       where connection_id = ${connectionId}::uuid and bucket = ${bucket} order by held_until desc offset ${perMinute - 1}::int limit 1)
    ) - clock_timestamp()) * 1000)::float8 as "waitMs"`;
  return row?.waitMs ?? 0;
}

/** The requests of these permits ended now: they count for another minute. */
export async function releasePermits(sql: Sql, permits: readonly number[]): Promise<void> {
  await drizzleOn(sql)
    .update(ratePermits)
    .set({ heldUntil: expression`clock_timestamp()` })
    .where(isAnyOf(ratePermits.id, permits));
}

/** The requests of these permits are still in flight. */
export async function prolongPermits(sql: Sql, permits: readonly number[]): Promise<void> {
  await drizzleOn(sql)
    .update(ratePermits)
    .set({ heldUntil: expression`clock_timestamp() + make_interval(secs => ${PERMIT_LEASE})` })
    .where(isAnyOf(ratePermits.id, permits));
}

/** Pauses all requests on the connection for so long; a longer pause stays. */
export async function pauseConnection(sql: Sql, connectionId: string, ms: number): Promise<void> {
  await sql`
    insert into rate_pauses as p (connection_id, until) values (${connectionId}::uuid, clock_timestamp() + make_interval(secs => ${ms}::float8 / 1000))
    on conflict (connection_id) do update set until = greatest(p.until, excluded.until)`;
}
