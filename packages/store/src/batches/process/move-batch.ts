import { type BatchState, isOpen } from '@ledgerpost/core';
import { eq, sql as expression } from 'drizzle-orm';
import { writeJournal } from '../../access/journal.ts';
import { built, drizzleOn } from '../../database/drizzle-on.ts';
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

/**
 * Changes a batch and announces that, in one statement: each change copies the row, and its settings are long. The announcement is
 * its id, version and state; processes of before 0.3.0 leave out the state.
 */
export async function changeBatch(sql: Sql, batchId: string, set?: Fragment): Promise<void> {
  await sql`
    with b as (update batches set ${set === undefined ? sql`` : sql`${set},`} version = version + 1 where id = ${batchId}
      returning version, state)
    select pg_notify(${BATCH_CHANNEL}, ${batchId} || ' ' || version || ' ' || state) from b`;
}

interface Move {
  readonly batchId: string;
  readonly to: BatchState;
  readonly actor?: string | undefined;
  readonly reason?: { code: string; message: string } | undefined;
  readonly progress?: Partial<BatchProgress> | undefined;
  /** Other columns that change with it, in the same statement. */
  readonly also?: Fragment | undefined;
  /**
   * Where this is so, the batch stays as it is. An attempt that counts as dead may continue, when its workflow is long past it; what it
   * would move is then in a state that came later, and from which the same move is legal.
   */
  readonly unless?: ((before: HeldBatch) => boolean) | undefined;
}

const HELD = {
  state: batches.state,
  stateSince: batches.stateSince,
  handedOverAt: batches.handedOverAt,
  companyId: batches.companyId,
  target: batches.target,
  name: batches.name,
  resumes: batches.resumes,
  undoCount: batches.undoCount,
  settingsVersion: batches.settingsVersion,
  canceled: expression<boolean>`${batches.cancelRequestedBy} is not null`,
};

/** What nobody else changes of a batch while a transaction holds its row. */
export type HeldBatch = Readonly<
  Pick<typeof batches.$inferSelect, Exclude<keyof typeof HELD, 'canceled'>> & {
    /** Whether somebody asked it to stop. */
    canceled: boolean;
  }
>;

/** Holds the row of a batch until the transaction ends. */
export async function holdBatch(sql: Sql, batchId: string): Promise<HeldBatch> {
  const [batch] = await heldBatch(sql, { batchId });
  if (batch === undefined) throw new Error(`There is no batch ${batchId}.`);
  return batch;
}

const heldBatch = built((database) =>
  database
    .select(HELD)
    .from(batches)
    .where(eq(batches.id, expression.placeholder('batchId')))
    .for('update'),
);

/**
 * Moves a batch to a state, adds a line to the journal and announces it. Nothing happens if the batch is in that state
 * already, or may not be moved (`unless`): activities repeat. The database refuses moves that aren't in core's list.
 */
export async function moveBatch(sql: Sql, move: Move): Promise<{ moved: boolean; from: BatchState }> {
  const before = await holdBatch(sql, move.batchId);
  if (before.state === move.to || move.unless?.(before) === true) return { moved: false, from: before.state };
  await moveHeld(sql, before, move);
  return { moved: true, from: before.state };
}

/**
 * Moves a batch as `moveBatch` does, where the transaction holds it.
 * @param before as it is, in another state
 */
export async function moveHeld(sql: Sql, before: HeldBatch, move: Move): Promise<void> {
  const reason = move.reason === undefined ? null : JSON.stringify(move.reason);
  const moved = changeBatch(
    sql,
    move.batchId,
    sql`state = ${move.to}, state_since = now(), reason = ${reason}::jsonb, waiting = null,
      ended_at = case when ${isOpen(move.to)}::boolean then null else now() end,
      progress = progress || ${JSON.stringify(move.progress ?? { done: 0 })}::jsonb
      ${move.also === undefined ? sql`` : sql`, ${move.also}`}`,
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
  await Promise.all([moved, line, noticeOfMove(sql, { ...before, id: move.batchId }, move.to, move.reason)]);
}

/**
 * Moves a batch to a state with so many items done there; where it is in that state already, they are added to those that are.
 * @returns as `moveBatch`
 */
export async function moveOrAdvance(
  sql: Sql,
  move: Pick<Move, 'batchId' | 'to' | 'unless'>,
  done: number,
): Promise<{ moved: boolean; from: BatchState }> {
  const { moved, from } = await moveBatch(sql, { ...move, progress: { done } });
  if (!moved && from === move.to) await advance(sql, move.batchId, done);
  return { moved, from };
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
