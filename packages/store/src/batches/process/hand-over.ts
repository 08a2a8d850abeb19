import type { BatchState } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import type { Sql } from '../../database/open-store.ts';
import { ENGINE } from './move-batch.ts';

/** A batch (or the undo of one) that Temporal has not taken yet. */
export interface Unhanded {
  readonly companyId: string;
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  readonly state: BatchState;
  readonly undoCount: number;
  readonly startedBy: string;
  readonly policy: {
    readonly onProblem: 'skip' | 'stop';
    readonly approval: { readonly required: boolean; readonly lapsesAfterHours: number };
  };
}

function columns(sql: Sql) {
  return sql`company_id as "companyId", target, id as "batchId", name, state, undo_count as "undoCount", started_by as "startedBy", settings->'policy' as policy`;
}

/** Batches that a crash, or a Temporal that was down, left between the database and Temporal. */
export async function unhanded(sql: Sql, limit: number): Promise<Unhanded[]> {
  return sql<Unhanded[]>`select ${columns(sql)} from batches where handed_over_at is null order by started_at limit ${limit}`;
}

export async function unhandedBatch(sql: Sql, batchId: string): Promise<Unhanded | undefined> {
  const [row] = await sql<Unhanded[]>`select ${columns(sql)} from batches where id = ${batchId} and handed_over_at is null`;
  return row;
}

/** A batch that is not handed over yet, locked: nobody moves it and no other process hands it over until the transaction ends. */
export async function lockUnhanded(sql: Sql, batchId: string): Promise<Unhanded | undefined> {
  const [row] = await sql<Unhanded[]>`
    select ${columns(sql)} from batches where id = ${batchId} and handed_over_at is null for update`;
  return row;
}

export async function handedOver(sql: Sql, batchId: string): Promise<void> {
  await sql`update batches set handed_over_at = now() where id = ${batchId} and handed_over_at is null`;
}

/** Open batches that Temporal took longer than so many seconds ago: their workflows should be there. */
export async function handedOverBatches(
  sql: Sql,
  seconds: number,
  limit: number,
): Promise<{ companyId: string; target: string; batchId: string; state: BatchState; undoCount: number }[]> {
  return sql`
    select company_id as "companyId", target, id as "batchId", state, undo_count as "undoCount" from batches
    where state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')
      and handed_over_at < now() - make_interval(secs => ${seconds}) order by handed_over_at limit ${limit}`;
}

/** How often a batch is handed over again: one that loses its workflow each time has an end that an engineer must find. */
const MOST_LOSSES = 5;

/**
 * Records that an open batch lost its workflow, so that it is handed over again. From then on its calls are looked up in the books
 * before they are sent. False once it was lost too often, or if it is no longer in the run or undo that was seen.
 * @param seen the batch as it was read before Temporal was asked, and what Temporal answered
 */
export async function lostWorkflow(
  sql: Sql,
  seen: { batchId: string; state: BatchState; undoCount: number; workflow: string },
): Promise<boolean> {
  const { batchId, undoCount, workflow } = seen;
  const [batch] = await sql<{ companyId: string; losses: number }[]>`
    select company_id as "companyId",
      (select count(*)::int from journal where subject = 'batch/' || ${batchId}::text and act = 'batch.workflow-lost') as losses
    from batches
    where id = ${batchId} and handed_over_at is not null
      and state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')
      and undo_count = ${undoCount} and (state = 'undoing') = ${seen.state === 'undoing'}
    for update`;
  if (batch === undefined || batch.losses >= MOST_LOSSES) return false;
  await sql`update batches set handed_over_at = null, fence = fence + 1 where id = ${batchId}`;
  await writeJournal(sql, {
    companyId: batch.companyId,
    actor: ENGINE,
    act: 'batch.workflow-lost',
    subject: `batch/${batchId}`,
    details: { workflow },
  });
  return true;
}

/** Open batches with an order on which nothing was done yet. */
export async function untoldBatches(sql: Sql, held: boolean): Promise<{ companyId: string; target: string; batchId: string }[]> {
  return sql`
    select company_id as "companyId", target, id as "batchId" from batches
    where state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held')
      and handed_over_at is not null
      and (cancel_requested_by is not null
        or (state = 'awaiting-approval' and decision is not null)
        or (${held} and state = 'held' and resumes > 0))`;
}
