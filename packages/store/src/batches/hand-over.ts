import type { BatchState } from '@ledgerpost/core';
import type { Sql } from '../open-store.ts';

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

export async function handedOver(sql: Sql, batchId: string): Promise<void> {
  await sql`update batches set handed_over_at = now() where id = ${batchId} and handed_over_at is null`;
}

/** The highest item number of a batch. */
export async function planItems(sql: Sql, batchId: string): Promise<number> {
  const [row] = await sql<{ last: number }[]>`select coalesce(max(seq), 0) as last from batch_items where batch_id = ${batchId}`;
  return row?.last ?? 0;
}
