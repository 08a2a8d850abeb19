import { and, asc, type Column, eq, sql as expression, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { batches, type DriftSource, driftLooks } from '../schema/index.ts';

/** How many times as long a check that nobody waits for may take to begin. */
const PATIENCE_OF_SCHEDULES = 15;

/** Records that a check is wanted. Several requests before it begins are one. */
export async function requestDriftCheck(
  sql: Sql,
  request: { companyId: string; target: string; connectionId: string; by: DriftSource; actor?: string },
): Promise<void> {
  const { companyId, target, connectionId, by, actor } = request;
  await drizzleOn(sql)
    .insert(driftLooks)
    .values({ connectionId, companyId, target, wantedAt: NOW, wantedBy: by })
    .onConflictDoUpdate({
      target: driftLooks.connectionId,
      set: {
        wantedAt: NOW,
        handedOverAt: null,
        // A person's request stays one, whatever else asks.
        wantedBy: expression`case when ${driftLooks.wantedBy} = 'request' then ${driftLooks.wantedBy} else ${by} end`,
      },
    });
  if (actor !== undefined)
    await writeJournal(sql, { companyId, actor, act: 'drift.look-asked', subject: `target/${target}`, details: {} });
}

/** Which checks are due. */
export interface DriftTurn {
  readonly target: string;
  /** More than 0. */
  readonly everyMinutes: number;
  /** The companies whose books are left alone. */
  readonly except: readonly string[];
}

/**
 * Requests the checks that are due, as a schedule would: of connected books whose turn has come since their newest check began. Each
 * connection has its own turn within the interval, so that not all companies come at once; a turn that was missed is made up for once.
 * Any number of processes may do this at once.
 * @returns how many were requested, at most `limit`: those that waited longest
 */
export async function requestDueDriftChecks(
  sql: Sql,
  { target, everyMinutes, except }: DriftTurn,
  limit: number,
): Promise<number> {
  const seconds = everyMinutes * 60;
  const { count } = await sql`
    insert into drift_looks as l (connection_id, company_id, target, wanted_at, wanted_by)
    select c.id, c.company_id, c.target, now(), 'schedule'
    from connections c left join drift_looks l on l.connection_id = c.id,
      lateral (select greatest(l.began_at, c.connected_at) as since, (hashtext(c.id::text)::bigint & 2147483647) % ${seconds}::bigint as own) as it
    where c.target = ${target} and c.state = 'connected' and l.wanted_at is null and c.company_id <> all(${[...except]}::text[])
      and it.since < to_timestamp(floor((extract(epoch from now()) - it.own) / ${seconds}::bigint) * ${seconds}::bigint + it.own)
    order by it.since, c.id limit ${limit}
    on conflict (connection_id) do update set wanted_at = excluded.wanted_at, wanted_by = excluded.wanted_by, handed_over_at = null
      where l.wanted_at is null`;
  return count;
}

/** A requested check as it is given to Temporal. */
export interface RequestedDriftCheck {
  readonly companyId: string;
  readonly target: string;
  readonly connectionId: string;
  readonly by: DriftSource;
}

/**
 * Requests that Temporal does not have, or has had for so many seconds that a check should have begun; of one connection,
 * or of any. A request that no person made waits until no batch writes into those books: each of the batch's documents
 * would be a change to read, by requests that the batch needs.
 */
export async function requestedDriftChecks(
  sql: Sql,
  seconds: number,
  limit: number,
  connectionId?: string,
): Promise<RequestedDriftCheck[]> {
  const { companyId, target, connectionId: id, wantedBy, wantedAt, handedOverAt } = driftLooks;
  const mayBegin = or(eq(wantedBy, 'request'), expression`not ${isWriting(driftLooks)}`);
  // While no worker is up, everybody's turn comes and waits: they are not handed over again and again.
  const longAgo = lt(
    handedOverAt,
    expression`now() - make_interval(secs => ${seconds} * case when ${wantedBy} = 'schedule' then ${PATIENCE_OF_SCHEDULES} else 1 end)`,
  );
  const rows = await drizzleOn(sql)
    .select({ companyId, target, connectionId: id, by: wantedBy })
    .from(driftLooks)
    .where(
      and(
        isNotNull(wantedAt),
        mayBegin,
        or(isNull(handedOverAt), longAgo),
        connectionId === undefined ? undefined : eq(id, connectionId),
      ),
    )
    .orderBy(expression`${handedOverAt} nulls first`, asc(wantedAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, by: row.by! }));
}

export async function driftCheckHandedOver(sql: Sql, connectionId: string): Promise<void> {
  await drizzleOn(sql)
    .update(driftLooks)
    .set({ handedOverAt: NOW })
    .where(and(eq(driftLooks.connectionId, connectionId), isNotNull(driftLooks.wantedAt)));
}

/** Whether a batch of that company is writing into its books at that target. */
export function isWriting(place: { readonly companyId: Column; readonly target: Column }): SQL<boolean> {
  return expression<boolean>`exists (
    select from ${batches} b where b.company_id = ${place.companyId} and b.target = ${place.target} and b.state in ('pushing', 'undoing'))`;
}
