import type { RateLimit } from '@ledgerpost/core';
import type { Sql } from './open-store.ts';

/** How long a permit holds its place if nobody prolongs it, in seconds: a killed process blocks nobody for longer. */
export const PERMIT_LEASE = 15;

/** A permit's id, or how long to wait before asking again, in milliseconds. Counts over all processes. */
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

/** The requests of these permits ended now: from here on they count for another minute. */
export async function releasePermits(sql: Sql, permits: readonly number[]): Promise<void> {
  await sql`update rate_permits set held_until = clock_timestamp() where id = any(${[...permits]}::bigint[])`;
}

/** The requests of these permits are still in flight. */
export async function prolongPermits(sql: Sql, permits: readonly number[]): Promise<void> {
  await sql`update rate_permits set held_until = clock_timestamp() + make_interval(secs => ${PERMIT_LEASE}) where id = any(${[...permits]}::bigint[])`;
}

/** Nobody sends on the connection for so long; a longer pause stands. */
export async function pauseConnection(sql: Sql, connectionId: string, ms: number): Promise<void> {
  await sql`
    insert into rate_pauses as p (connection_id, until) values (${connectionId}::uuid, clock_timestamp() + make_interval(secs => ${ms}::float8 / 1000))
    on conflict (connection_id) do update set until = greatest(p.until, excluded.until)`;
}
