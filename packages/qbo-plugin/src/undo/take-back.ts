import type { Money, PostedItem, UndoOutcome } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import type { OrderAnswer } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { ITEMS_PER_BATCH } from '../api/limits.ts';
import { offWire } from '../api/wire-money.ts';
import { applyAgain, releasedIn } from '../applying/apply-again.ts';
import { whyNotMoved } from '../applying/may-move.ts';
import { type Hold, release } from '../applying/release.ts';
import { isSameCustomer } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import { linkOf } from '../books/merge.ts';
import { readClosedThrough } from '../names/chart.ts';
import { refusalOf } from '../payload/explain.ts';
import { movedAmong } from '../push/name-moved.ts';
import type { QboSession } from '../session.ts';
import { deleteFeeJournals, findFeeJournals } from './fee-journals.ts';
import { findFormerBodies, findFormerLinks, formerCustomer, moneyOfFormer, restored } from './former-content.ts';
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
  const fees = kind === 'Payment' ? await findFeeJournals(session, run, closedThrough) : new Map();
  planOrders(run, now);
  await send(session, run);
  await deleteFeeJournals(session, fees);
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
async function releasePayments(session: QboSession, run: readonly UndoWork[], fresh: ReadonlyMap<string, Entity>): Promise<void> {
  const { api } = session;
  const moving = pending(run).flatMap(({ item, kind, former, ids }) => {
    if (kind !== 'Invoice') return [];
    const invoice = fresh.get(item.receipt.externalId);
    return invoice === undefined || former === undefined || isSameCustomer(invoice, former, ids)
      ? []
      : [{ invoice, payments: [] }];
  });
  const immovable = await whyNotMoved(session, moving, run[0]!.ids);
  for (const work of pending(run)) {
    const why = immovable.get(work.item.receipt.externalId);
    if (why === undefined) continue;
    const text = `can’t go back to its former customer, because ${why}. Move it and its payments in QuickBooks.`;
    leave(work, 'refused-by-target', text);
  }
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

function holdOf({ item, kind, restores, former, ids }: UndoWork, fresh: ReadonlyMap<string, Entity>): readonly Hold[] {
  const transaction = fresh.get(item.receipt.externalId);
  if (transaction === undefined || kind === 'Payment') return [];
  if (!restores) return [{ entity: kind, transaction, keep: 0 as Money }];
  if (former === undefined || kind !== 'Invoice') return [];
  if (!isSameCustomer(transaction, former, ids)) return [{ entity: kind, transaction, keep: 0 as Money }];
  const { currency } = item.document;
  const keep = moneyOfFormer(item.former!, currency);
  const applied = (offWire(transaction.TotalAmt, currency) ?? 0) - (offWire(transaction.Balance, currency) ?? 0);
  return applied > keep ? [{ entity: kind, transaction, keep }] : [];
}

/**
 * Leaves payments that a person applied, and plans the former invoices of those whose re-allocation is undone.
 * @returns whether room had to be made first: read and plan again then
 */
async function planLinks(session: QboSession, run: readonly UndoWork[], fresh: ReadonlyMap<string, Entity>): Promise<boolean> {
  const invoices = await judgeLinks(session, pending(run), fresh);
  await leaveImmovable(session, run, fresh, invoices);
  const restoring = pending(run).filter(({ restores }) => restores);
  return findFormerLinks(session, restoring, fresh, invoices);
}

/** Leaves payments whose invoice moved along with them, and can't go back: the two stay together. */
async function leaveImmovable(
  session: QboSession,
  run: readonly UndoWork[],
  fresh: ReadonlyMap<string, Entity>,
  invoices: ReadonlyMap<string, Entity>,
): Promise<void> {
  const moving = pending(run).flatMap((work) => {
    const one = fresh.get(work.item.receipt.externalId);
    if (!work.restores || one === undefined || formerCustomer(work, one) === undefined) return [];
    const linked = (one.Line ?? []).flatMap((line) => invoices.get(linkOf(line)?.TxnId ?? '') ?? []);
    return linked.map((invoice) => ({ work, invoice }));
  });
  const unique = new Map(moving.map(({ invoice }) => [invoice.Id, { invoice, payments: [] }]));
  const why = await whyNotMoved(session, [...unique.values()], run[0]!.ids);
  for (const { work, invoice } of moving) {
    const reason = why.get(invoice.Id);
    if (reason === undefined || work.outcome !== undefined) continue;
    const text = `can’t go back to its former customer with invoice ${invoice.DocNumber ?? invoice.Id}, because ${reason}. Move the two in QuickBooks.`;
    leave(work, 'refused-by-target', text);
  }
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
  const moves = await movedAmong(
    api,
    back.map(({ item, ids }) => ({
      payments: [...releasedIn(item.receipt.details).map(({ payment }) => payment), ...Object.keys(item.paidBy ?? {})],
      versions: item.versions,
      ids,
    })),
  );
  for (const [at, work] of back.entries()) {
    if (moves[at]!.length > 0 && work.outcome?.status === 'undone') work.outcome = { ...work.outcome, moved: moves[at]! };
  }
}
