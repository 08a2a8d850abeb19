import { OPEN_STATES } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, inArray, isNotNull, isNull, lt, ne, or, type SQL } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn, NOW } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batches } from '../../schema/index.ts';
import { CANCELABLE_STATES } from './batch-orders.ts';
import { ENGINE } from './move-batch.ts';

const { companyId, target, id: batchId, name, state, undoCount, startedBy, handedOverAt } = batches;

type Row = typeof batches.$inferSelect;
type Place = Pick<Row, 'companyId' | 'target'> & { readonly batchId: string };

/** A batch (or the undo of one) that Temporal does not have yet. */
export interface Unhanded extends Readonly<Place & Pick<Row, 'name' | 'state' | 'undoCount' | 'startedBy'>> {
  readonly policy: Pick<Row['settings']['policy'], 'onProblem' | 'approval'>;
  /** How the target gets documents. */
  readonly delivery: 'files' | 'push' | null;
}

const UNHANDED = {
  ...{ companyId, target, batchId, name, state, undoCount, startedBy },
  policy: expression<Unhanded['policy']>`${batches.settings}->'policy'`,
  // Drizzle leaves out the table's name where a statement has one table, and the inner one would hide the outer.
  delivery: expression<Unhanded['delivery']>`(
    select t.delivery from company_targets t where t.company_id = batches.company_id and t.target = batches.target)`,
};

/** Batches that a crash, or a Temporal that was down, left between the database and Temporal. */
export async function unhanded(sql: Sql, limit: number): Promise<Unhanded[]> {
  return unhandedWhere(sql, undefined, limit);
}

export async function unhandedBatch(sql: Sql, id: string): Promise<Unhanded | undefined> {
  const [batch] = await unhandedWhere(sql, eq(batchId, id), 1);
  return batch;
}

async function unhandedWhere(sql: Sql, where: SQL | undefined, limit: number): Promise<Unhanded[]> {
  return drizzleOn(sql)
    .select(UNHANDED)
    .from(batches)
    .where(and(isNull(handedOverAt), where))
    .orderBy(asc(batches.startedAt))
    .limit(limit);
}

/** A batch that is not handed over yet, locked: nobody moves it and no other process hands it over until the transaction ends. */
export async function lockUnhanded(sql: Sql, id: string): Promise<Unhanded | undefined> {
  const [batch] = await drizzleOn(sql)
    .select(UNHANDED)
    .from(batches)
    .where(and(eq(batchId, id), isNull(handedOverAt)))
    .for('update');
  return batch;
}

export async function handedOver(sql: Sql, id: string): Promise<void> {
  await drizzleOn(sql)
    .update(batches)
    .set({ handedOverAt: NOW })
    .where(and(eq(batchId, id), isNull(handedOverAt)));
}

/** Open batches that Temporal has had for longer than so many seconds: their workflows should exist. */
export async function handedOverBatches(
  sql: Sql,
  seconds: number,
  limit: number,
): Promise<Readonly<Place & Pick<Row, 'state' | 'undoCount'>>[]> {
  const longAgo = lt(handedOverAt, expression`now() - make_interval(secs => ${seconds})`);
  return drizzleOn(sql)
    .select({ companyId, target, batchId, state, undoCount })
    .from(batches)
    .where(and(inArray(state, [...OPEN_STATES]), longAgo))
    .orderBy(asc(handedOverAt))
    .limit(limit);
}

/** How often a batch is handed over again. One that loses its workflow each time has a cause that an engineer must find. */
const MOST_LOSSES = 5;

/**
 * Records that an open batch lost its workflow, so that it is handed over again. From then on its calls are looked up in the books
 * before they are sent. False once it was lost too often, or if it is no longer in the run or undo that was seen.
 * @param seen the batch as it was read before Temporal was asked, and what Temporal answered
 */
export async function lostWorkflow(
  sql: Sql,
  seen: Pick<Place & Row, 'batchId' | 'state' | 'undoCount'> & { readonly workflow: string },
): Promise<boolean> {
  const id = seen.batchId;
  const losses = expression<number>`(
    select count(*)::int from journal where subject = 'batch/' || ${id}::text and act = 'batch.workflow-lost')`;
  const sameRun = and(
    eq(batches.undoCount, seen.undoCount),
    seen.state === 'undoing' ? eq(state, 'undoing') : ne(state, 'undoing'),
  );
  const [batch] = await drizzleOn(sql)
    .select({ companyId, losses })
    .from(batches)
    .where(and(eq(batchId, id), isNotNull(handedOverAt), inArray(state, [...OPEN_STATES]), sameRun))
    .for('update');
  if (batch === undefined || batch.losses >= MOST_LOSSES) return false;
  await drizzleOn(sql)
    .update(batches)
    .set({ handedOverAt: null, fence: expression`${batches.fence} + 1` })
    .where(eq(batchId, id));
  await writeJournal(sql, {
    companyId: batch.companyId,
    actor: ENGINE,
    act: 'batch.workflow-lost',
    subject: `batch/${id}`,
    details: { workflow: seen.workflow },
  });
  return true;
}

/** Open batches with an order that their workflow may not know of yet. `held`: those that were resumed, too. */
export async function batchesWithOrders(sql: Sql, held: boolean): Promise<Readonly<Place>[]> {
  return drizzleOn(sql)
    .select({ companyId, target, batchId })
    .from(batches)
    .where(
      and(
        inArray(state, [...CANCELABLE_STATES]),
        isNotNull(handedOverAt),
        or(
          isNotNull(batches.cancelRequestedBy),
          and(eq(state, 'awaiting-approval'), isNotNull(batches.decision)),
          held ? and(eq(state, 'held'), expression`${batches.resumes} > 0`) : undefined,
        ),
      ),
    );
}
