import type { Money, PostedItem, UndoOutcome } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import type { OrderAnswer } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { ITEMS_PER_BATCH } from '../api/limits.ts';
import { offWire } from '../api/wire-money.ts';
import { applyAgain, releasedIn } from '../applying/apply-again.ts';
import { type Hold, release } from '../applying/release.ts';
import { byId } from '../books/look-up.ts';
import { readClosedThrough } from '../names/chart.ts';
import { refusalOf } from '../payload/explain.ts';
import { moneyIn, payloadOf } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { BARE, findFormerBodies, findFormerLinks, restored } from './former-content.ts';
import { judge, judgeChanged, judgeLinks } from './may-take-back.ts';
import { begin, formerVersion, leave, pending, type UndoWork } from './undo-work.ts';

/**
 * Takes posted items back, newest first: deletes inserts, and gives updates their former content. Leaves everything that a person
 * changed, linked or deposited, and everything in a closed period. QuickBooks does not report whether a transaction is reconciled;
 * it refuses those itself.
 */
export async function takeBack(session: QboSession, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> {
  const works = items.map(begin);
  const closedThrough = works.length === 0 ? undefined : await readClosedThrough(session.api);
  for (const run of runsOf(works)) await takeBackRun(session, run, closedThrough);
  return works.map(({ outcome, title }) => {
    if (outcome === undefined) throw new Error(`${title} was left without an outcome.`);
    return outcome;
  });
}

/** Cuts the items into runs of one kind, in their order: payments must be deleted before their invoices. */
function runsOf(works: readonly UndoWork[]): readonly (readonly UndoWork[])[] {
  const runs: UndoWork[][] = [];
  for (const work of works) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]!.kind === work.kind && run[0]!.restores === work.restores && run.length < ITEMS_PER_BATCH) {
      run.push(work);
    } else runs.push([work]);
  }
  return runs;
}

async function takeBackRun(session: QboSession, run: readonly UndoWork[], closedThrough: string | undefined): Promise<void> {
  const { kind, restores } = run[0]!;
  const fresh = await readRun(session, run);
  const changed = pending(run).filter(
    (work) => judge(work, fresh.get(work.item.receipt.externalId), closedThrough) === 'changed',
  );
  await judgeChanged(session, changed, fresh);
  if (restores && kind !== 'Payment') await findFormerBodies(session, pending(run));
  await releasePayments(session, run, fresh);
  // Releasing payments raised the versions.
  let now = await readRun(session, run);
  if (kind === 'Payment' && (await planLinks(session, run, now))) {
    now = await readRun(session, run);
    await planLinks(session, run, now);
  }
  planOrders(run, now);
  await send(session, run);
  if (kind === 'Invoice') await giveBackReleased(session, run);
}

/** The run's transactions as QuickBooks has them now, by id. */
function readRun({ api }: QboSession, run: readonly UndoWork[]): Promise<ReadonlyMap<string, Entity>> {
  return byId(
    api,
    run[0]!.kind,
    run.map(({ item }) => item.receipt.externalId),
  );
}

/** Takes payments off the transactions that are to be deleted or lowered; leaves a transaction whose payments can't be taken off. */
async function releasePayments({ api }: QboSession, run: readonly UndoWork[], fresh: ReadonlyMap<string, Entity>): Promise<void> {
  const holds = pending(run).flatMap((work) => holdOf(work, fresh));
  const { blocked } = await release(api, holds, run[0]!.item.document.currency);
  for (const work of pending(run)) {
    const why = blocked.get(work.item.receipt.externalId);
    if (why === undefined) continue;
    leave(
      work,
      'refused-by-target',
      `was left in QuickBooks, because ${why}. Unapply that payment in QuickBooks, then undo again.`,
    );
  }
}

function holdOf({ item, kind, restores, former }: UndoWork, fresh: ReadonlyMap<string, Entity>): readonly Hold[] {
  const transaction = fresh.get(item.receipt.externalId);
  if (transaction === undefined || kind === 'Payment') return [];
  if (!restores) return [{ entity: kind, transaction, keep: 0 as Money }];
  if (former === undefined || kind !== 'Invoice') return [];
  const { currency } = item.document;
  const keep = moneyIn(payloadOf(item.former!.document, undefined, BARE), currency);
  const applied = (offWire(transaction.TotalAmt, currency) ?? 0) - (offWire(transaction.Balance, currency) ?? 0);
  return applied > keep ? [{ entity: kind, transaction, keep }] : [];
}

/**
 * Leaves payments that a person applied, and plans the former invoices of those whose re-allocation is undone.
 * @returns whether room had to be made first: read and plan again then
 */
async function planLinks(session: QboSession, run: readonly UndoWork[], fresh: ReadonlyMap<string, Entity>): Promise<boolean> {
  const invoices = await judgeLinks(session, pending(run), fresh);
  const restoring = pending(run).filter(({ restores }) => restores);
  return findFormerLinks(session, restoring, fresh, invoices);
}

function planOrders(run: readonly UndoWork[], now: ReadonlyMap<string, Entity>): void {
  for (const work of pending(run)) {
    const { item, kind, restores } = work;
    const one = now.get(item.receipt.externalId);
    if (one === undefined) work.outcome = { status: 'gone', seq: item.seq };
    else if (!restores) {
      work.order = { bId: `${item.seq}`, operation: 'delete', entity: kind, body: { Id: one.Id, SyncToken: one.SyncToken } };
    } else if (work.former !== undefined) {
      work.order = { bId: `${item.seq}`, operation: 'update', entity: kind, body: restored(work, one) };
    }
  }
}

async function send({ api }: QboSession, run: readonly UndoWork[]): Promise<void> {
  const ordered = pending(run).filter(({ order }) => order !== undefined);
  if (ordered.length === 0) return;
  const answers = await api.batch(ordered.map(({ order }) => order!));
  for (const work of ordered) judgeAnswer(work, answers.get(work.order!.bId)!);
}

function judgeAnswer(work: UndoWork, answer: OrderAnswer): void {
  const { item, title, kind } = work;
  if ('entity' in answer) {
    const version = work.restores ? formerVersion(work, answer.entity, work.former ?? {}) : undefined;
    work.outcome = { status: 'undone', seq: item.seq, ...(version === undefined ? {} : { externalVersion: version }) };
    return;
  }
  throwIfWhole(answer.fault, `undo ${title}`);
  if (verdictOf(answer.fault) === 'gone' && !(kind === 'Payment' && work.restores)) {
    work.outcome = { status: 'gone', seq: item.seq };
  } else work.outcome = { status: 'left', seq: item.seq, problem: refusalOf(title, item.record, answer.fault) };
}

/** Applies payments again that an undone update had taken off its invoice. */
async function giveBackReleased({ api }: QboSession, run: readonly UndoWork[]): Promise<void> {
  const back = run.filter(({ outcome, restores }) => restores && outcome !== undefined && outcome.status !== 'left');
  const wanted = back.flatMap(({ item: { receipt } }) =>
    releasedIn(receipt.details).map((one) => ({ ...one, invoice: receipt.externalId })),
  );
  await applyAgain(api, wanted, run[0]!.item.document.currency);
}
