import { type BatchState, Refusal } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import type { Sql } from '../../database/open-store.ts';
import { announce } from './move-batch.ts';

/** What people have told a running batch. Written first, then the workflow is nudged: nothing is lost while Temporal is down. */
export interface BatchOrders {
  readonly state: BatchState;
  readonly cancel: boolean;
  readonly decision: 'approved' | 'declined' | null;
  /** Rises with each resume of a held batch. */
  readonly resumes: number;
}

export async function readOrders(sql: Sql, batchId: string): Promise<BatchOrders> {
  const [row] = await sql<BatchOrders[]>`
    select state, cancel_requested_by is not null as cancel, decision, resumes from batches where id = ${batchId}`;
  if (row === undefined) throw new Error(`There is no batch ${batchId}.`);
  return row;
}

interface Order {
  readonly companyId: string;
  readonly batchId: string;
  readonly actor: string;
}

/** Asks a batch to stop after the chunk in flight. Twice is harmless. @throws Refusal `illegal-move` once it is recording or has ended */
export async function orderCancel(sql: Sql, order: Order): Promise<void> {
  const [row] = await sql`
    update batches set cancel_requested_by = coalesce(cancel_requested_by, ${order.actor})
    where id = ${order.batchId} and company_id = ${order.companyId}
      and state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held') returning id`;
  if (row === undefined) await refuse(sql, order, 'cancelled');
  await tell(sql, order, 'batch.cancel-requested');
}

/** Approves or declines. The starter may not. @throws Refusal `illegal-move` | `own-batch` */
export async function orderDecision(sql: Sql, order: Order & { decision: 'approved' | 'declined' }): Promise<void> {
  const [own] =
    await sql`select id from batches where id = ${order.batchId} and company_id = ${order.companyId} and started_by = ${order.actor}`;
  if (own !== undefined) throw new Refusal('own-batch', 'Who started a batch may not approve or decline it. Ask somebody else.');
  const [row] = await sql`
    update batches set decision = ${order.decision}, approved_by = case when ${order.decision} = 'approved' then ${order.actor} end
    where id = ${order.batchId} and company_id = ${order.companyId} and state = 'awaiting-approval' and decision is null returning id`;
  if (row === undefined) await refuse(sql, order, order.decision);
  await tell(sql, order, `batch.${order.decision}`);
}

/** Lets a held batch go on. @throws Refusal `illegal-move` */
export async function orderResume(sql: Sql, order: Order): Promise<void> {
  const [row] = await sql`
    update batches set resumes = resumes + 1 where id = ${order.batchId} and company_id = ${order.companyId} and state = 'held' returning id`;
  if (row === undefined) await refuse(sql, order, 'resumed');
  await tell(sql, order, 'batch.resumed');
}

/** States that the batch's files were loaded into the books. @throws Refusal `illegal-move` */
export async function confirmLoaded(sql: Sql, order: Order): Promise<void> {
  const [row] = await sql`
    update batches set confirmed_by = ${order.actor}, confirmed_at = now()
    where id = ${order.batchId} and company_id = ${order.companyId} and state in ('posted', 'posted-in-part') and confirmed_at is null returning id`;
  if (row === undefined) await refuse(sql, order, 'confirmed');
  await tell(sql, order, 'batch.confirmed');
}

async function tell(sql: Sql, order: Order, act: string): Promise<void> {
  await writeJournal(sql, {
    companyId: order.companyId,
    actor: order.actor,
    act,
    subject: `batch/${order.batchId}`,
    details: {},
  });
  await announce(sql, order.batchId);
}

async function refuse(sql: Sql, order: Order, participle: string): Promise<never> {
  const [row] = await sql<
    { state: string; name: string }[]
  >`select state, name from batches where id = ${order.batchId} and company_id = ${order.companyId}`;
  throw new Refusal(
    'illegal-move',
    `The batch "${row?.name ?? order.batchId}" is ${row?.state ?? 'unknown'}: it can’t be ${participle} now.`,
    {
      state: row?.state,
    },
  );
}
