import { and, asc, type Column, eq, sql as expression, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { batches, type DriftSource, driftLooks } from '../schema/index.ts';

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
  const longAgo = lt(handedOverAt, expression`now() - make_interval(secs => ${seconds})`);
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
    .orderBy(asc(wantedAt))
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
