import { type BatchState, isOpen } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import type { Sql } from '../../database/open-store.ts';
import type { BatchProgress } from '../../schema/index.ts';

export const BATCH_CHANNEL = 'ledgerpost_batch';

/** Who acts when nobody does: written to the journal for what a workflow does by itself. */
export const ENGINE = 'ledgerpost';

/** Tells whoever waits for this batch that there is something new to see. To be called in the transaction that changed it. */
export async function announce(sql: Sql, batchId: string): Promise<void> {
  await sql`with b as (update batches set version = version + 1 where id = ${batchId} returning version)
    select pg_notify(${BATCH_CHANNEL}, ${batchId} || ' ' || version) from b`;
}

/**
 * Moves a batch to a state, journals the move and announces it. Being there already is no move: activities repeat.
 * The database refuses moves that aren't in core's list.
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
  const [before] = await sql<{ state: BatchState; companyId: string; name: string }[]>`
    select state, company_id as "companyId", name from batches where id = ${move.batchId} for update`;
  if (before === undefined) throw new Error(`There is no batch ${move.batchId}.`);
  if (before.state === move.to) return { moved: false, from: before.state };
  await sql`update batches set state = ${move.to}, state_since = now(),
      ended_at = case when ${isOpen(move.to)} then null else now() end,
      reason = ${move.reason === undefined ? null : sql.json(move.reason)},
      progress = progress || ${sql.json({ ...(move.progress ?? { done: 0 }) })}
    where id = ${move.batchId}`;
  await writeJournal(sql, {
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
  await announce(sql, move.batchId);
  return { moved: true, from: before.state };
}

/** Adds to the number of items that the present step has dealt with, and announces it: in one statement, since every chunk does. */
export async function advance(sql: Sql, batchId: string, done: number): Promise<void> {
  await sql`with b as (
      update batches set progress = jsonb_set(progress, '{done}', to_jsonb((progress->>'done')::int + ${done}::int)), version = version + 1
      where id = ${batchId} returning version
    )
    select pg_notify(${BATCH_CHANNEL}, ${batchId} || ' ' || version) from b`;
}
