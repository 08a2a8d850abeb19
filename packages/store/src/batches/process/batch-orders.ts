import { type ApprovalLimits, type ApprovalTotals, type BatchState, OPEN_STATES, Refusal } from '@ledgerpost/core';
import { and, eq, sql as expression, inArray, isNull, type SQL } from 'drizzle-orm';
import { actorIdOf, personBehind } from '../../access/actors.ts';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn, NOW } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batches } from '../../schema/index.ts';
import { announce, ENGINE } from './move-batch.ts';

/** The open states in which a batch can still be canceled: all before its results are recorded. */
export const CANCELABLE_STATES: readonly BatchState[] = OPEN_STATES.filter(
  (state) => state !== 'recording' && state !== 'undoing',
);

/**
 * What people have ordered a running batch to do. The order is written first, then the workflow is nudged, so nothing is
 * lost while Temporal is down.
 */
export interface BatchOrders extends Readonly<Pick<typeof batches.$inferSelect, 'state' | 'stateSince' | 'decision'>> {
  readonly cancel: boolean;
  /** Rises with each resume of a held batch. */
  readonly resumes: number;
}

export async function readOrders(sql: Sql, batchId: string): Promise<BatchOrders> {
  const { state, stateSince, decision, resumes } = batches;
  const [orders] = await drizzleOn(sql)
    .select({ state, stateSince, cancel: expression<boolean>`${batches.cancelRequestedBy} is not null`, decision, resumes })
    .from(batches)
    .where(eq(batches.id, batchId));
  if (orders === undefined) throw new Error(`There is no batch ${batchId}.`);
  return orders;
}

interface Order {
  readonly companyId: string;
  readonly batchId: string;
  readonly actor: string;
}

/** Asks a batch to stop after the chunk in flight. Twice is harmless. @throws Refusal `illegal-move` once it is recording or has ended */
export async function orderCancel(sql: Sql, order: Order): Promise<void> {
  const cancelRequestedBy = expression`coalesce(${batches.cancelRequestedBy}, ${order.actor})`;
  const ordered = await change(sql, order, inArray(batches.state, [...CANCELABLE_STATES]), { cancelRequestedBy });
  if (!ordered) await refuse(sql, order, 'canceled');
  await note(sql, order, 'batch.cancel-requested');
}

/**
 * Approves or declines. Neither the starter may, nor a key of the starter, nor the owner of the key that started.
 * @throws Refusal `illegal-move` | `own-batch`
 */
export async function orderDecision(
  sql: Sql,
  order: Order & { decision: 'approved' | 'declined'; comment?: string | undefined },
): Promise<void> {
  const decidedById = actorIdOf(order.actor);
  const decider = await personBehind(sql, decidedById);
  if (await isOwn(sql, order, decidedById, decider)) {
    throw new Refusal(
      'own-batch',
      'A batch must be approved or declined by someone other than the person who started it. Ask someone else.',
    );
  }
  const undecided = and(eq(batches.state, 'awaiting-approval'), isNull(batches.decision));
  const approvedBy = order.decision === 'approved' ? order.actor : null;
  const comment = order.comment?.trim() || null;
  const set = { decision: order.decision, approvedBy, decidedById, decisionComment: comment };
  if (!(await change(sql, order, undecided, set))) await refuse(sql, order, order.decision);
  // Nobody answers for such a key, so nobody can know whether it is the starter's.
  const unowned = decidedById?.startsWith('key:') && decider === null;
  await note(sql, order, `batch.${order.decision}`, {
    ...(comment === null ? {} : { comment }),
    ...(unowned ? { owner: 'nobody' } : {}),
  });
}

/** Records that a batch is below the limits of its settings, so nobody has to approve it. Twice is harmless. */
export async function noteNotNeeded(
  sql: Sql,
  { batchId, totals, above }: { batchId: string; totals: ApprovalTotals; above: ApprovalLimits },
): Promise<void> {
  const [batch] = await drizzleOn(sql)
    .update(batches)
    .set({ decision: 'approved', decidedById: 'engine' })
    .where(and(eq(batches.id, batchId), eq(batches.state, 'exporting'), isNull(batches.decision)))
    .returning({ companyId: batches.companyId });
  if (batch === undefined) return;
  await writeJournal(sql, {
    ...{ companyId: batch.companyId, actor: ENGINE, act: 'batch.approval-not-needed', subject: `batch/${batchId}` },
    details: { totals, above },
  });
}

/** Whether the decision would be the starter's own. Ids decide; a batch from before they were kept has only its text. */
async function isOwn(sql: Sql, order: Order, decidedById: string | null, decider: string | null): Promise<boolean> {
  const [batch] = await drizzleOn(sql)
    .select({ startedBy: batches.startedBy, startedById: batches.startedById, starterId: batches.starterId })
    .from(batches)
    .where(ofOrder(order));
  if (batch === undefined) return false;
  if (batch.startedById === null) return batch.startedBy === order.actor;
  if (batch.startedById === decidedById) return true;
  if (decider === null) return false;
  // The key may have got another owner since, and the person may have been joined with another.
  const now = await personBehind(sql, batch.startedById);
  const then = batch.starterId === null ? null : await personBehind(sql, `person:${batch.starterId}`);
  return decider === now || decider === then;
}

/** Resumes a held batch. @throws Refusal `illegal-move` */
export async function orderResume(sql: Sql, order: Order): Promise<void> {
  const resumes = expression`${batches.resumes} + 1`;
  if (!(await change(sql, order, eq(batches.state, 'held'), { resumes }))) await refuse(sql, order, 'resumed');
  await note(sql, order, 'batch.resumed');
}

/** Records that the batch's files were loaded into the books. @throws Refusal `illegal-move` */
export async function confirmLoaded(sql: Sql, order: Order): Promise<void> {
  const unconfirmed = and(inArray(batches.state, ['posted', 'posted-in-part']), isNull(batches.confirmedAt));
  const confirmed = await change(sql, order, unconfirmed, { confirmedBy: order.actor, confirmedAt: NOW });
  if (!confirmed) await refuse(sql, order, 'confirmed');
  await note(sql, order, 'batch.confirmed');
}

function ofOrder({ batchId, companyId }: Order): SQL | undefined {
  return and(eq(batches.id, batchId), eq(batches.companyId, companyId));
}

/** False if the batch isn't as `when` wants it. */
async function change(
  sql: Sql,
  order: Order,
  when: SQL | undefined,
  to: Parameters<ReturnType<ReturnType<typeof drizzleOn>['update']>['set']>[0],
): Promise<boolean> {
  const changed = await drizzleOn(sql)
    .update(batches)
    .set(to)
    .where(and(ofOrder(order), when))
    .returning({ id: batches.id });
  return changed.length > 0;
}

async function note(
  sql: Sql,
  { companyId, batchId, actor }: Order,
  act: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await writeJournal(sql, { companyId, actor, act, subject: `batch/${batchId}`, details });
  await announce(sql, batchId);
}

async function refuse(sql: Sql, order: Order, participle: string): Promise<never> {
  const { state, name } = batches;
  const [batch] = await drizzleOn(sql).select({ state, name }).from(batches).where(ofOrder(order));
  throw new Refusal(
    'illegal-move',
    `The batch "${batch?.name ?? order.batchId}" is ${batch?.state ?? 'unknown'}, so it can’t be ${participle} now.`,
    { state: batch?.state },
  );
}
