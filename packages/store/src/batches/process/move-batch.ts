import { type BatchState, isOpen } from '@ledgerpost/core';
import { eq } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Fragment, Sql } from '../../database/open-store.ts';
import { noticeOfMove } from '../../notices/notice-of-move.ts';
import { type BatchProgress, type BatchWait, batches } from '../../schema/index.ts';

export const BATCH_CHANNEL = 'ledgerpost_batch';

/** The actor in the journal for what a workflow does by itself. */
export const ENGINE = 'ledgerpost';

/** Notifies everyone who waits for this batch that it changed. Call it in the transaction that changed it. */
export async function announce(sql: Sql, batchId: string): Promise<void> {
  await changeBatch(sql, batchId);
}

/** Changes a batch and announces that, in one statement: each change copies the row, and its settings are long. */
export async function changeBatch(sql: Sql, batchId: string, set?: Fragment): Promise<void> {
  await sql`
    with b as (update batches set ${set === undefined ? sql`` : sql`${set},`} version = version + 1 where id = ${batchId} returning version)
    select pg_notify(${BATCH_CHANNEL}, ${batchId} || ' ' || version) from b`;
}

/**
 * Moves a batch to a state, adds a line to the journal and announces it. Nothing happens if the batch is in that state
 * already: activities repeat. The database refuses moves that aren't in core's list.
 */
export async function moveBatch(
  sql: Sql,
  move: {
    batchId: string;
    to: BatchState;
    actor?: string | undefined;
    reason?: { code: string; message: string } | undefined;
    progress?: Partial<BatchProgress> | undefined;
  },
): Promise<{ moved: boolean; from: BatchState }> {
  const { state, companyId, name } = batches;
  const [before] = await drizzleOn(sql)
    .select({ state, companyId, name })
    .from(batches)
    .where(eq(batches.id, move.batchId))
    .for('update');
  if (before === undefined) throw new Error(`There is no batch ${move.batchId}.`);
  if (before.state === move.to) return { moved: false, from: before.state };
  const reason = move.reason === undefined ? null : JSON.stringify(move.reason);
  const moved = changeBatch(
    sql,
    move.batchId,
    sql`state = ${move.to}, state_since = now(), reason = ${reason}::jsonb, waiting = null,
      ended_at = case when ${isOpen(move.to)}::boolean then null else now() end,
      progress = progress || ${JSON.stringify(move.progress ?? { done: 0 })}::jsonb`,
  );
  const line = writeJournal(sql, {
    companyId: before.companyId,
    actor: move.actor ?? ENGINE,
    act: 'batch.moved',
    subject: `batch/${move.batchId}`,
    details: {
      name: before.name,
      from: before.state,
      to: move.to,
      ...(move.reason === undefined ? {} : { reason: move.reason }),
    },
  });
  // None needs the answer of another.
  await Promise.all([moved, line, noticeOfMove(sql, move.batchId, move.to, move.reason)]);
  return { moved: true, from: before.state };
}

/** Shows until when a batch waits for its target, and why. Several chunks may wait: the last one to say so is shown. */
export async function showWait(sql: Sql, batchId: string, waiting: BatchWait): Promise<void> {
  await drizzleOn(sql).update(batches).set({ waiting }).where(eq(batches.id, batchId));
  await announce(sql, batchId);
}

/** Adds to the number of items that the present step has finished, and announces it: in one statement, since every chunk does. */
export async function advance(sql: Sql, batchId: string, done: number): Promise<void> {
  await changeBatch(
    sql,
    batchId,
    sql`progress = jsonb_set(progress, '{done}', to_jsonb((progress->>'done')::int + ${done}::int)), waiting = null`,
  );
}
