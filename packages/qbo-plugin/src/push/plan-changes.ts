import { type Money, type Problem, problem, showMoney } from '@ledgerpost/core';
import type { Order } from '../api/client.ts';
import type { Entity } from '../api/entities.ts';
import { offWire } from '../api/wire-money.ts';
import { type Moving, whyNotMoved } from '../applying/may-move.ts';
import { appliedTo, type Hold, type Released, release } from '../applying/release.ts';
import { holds, isSameCustomer, isUnchanged, readVersion } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import { merged, OF_CUSTOMER } from '../books/merge.ts';
import { readClosedThrough } from '../names/chart.ts';
import { byWhom } from '../payload/explain.ts';
import { moneyIn } from '../payload/payload.ts';
import type { QboSession } from '../session.ts';
import { bIdOf, conflict, isInOpenPeriod, pending, refuse, settle, type Work } from './work.ts';

/** Plans updates and voids of invoices from what QuickBooks has now. Those that a person changed are left to that person. */
export async function planChanges(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const changes = pending(works).filter(({ payload }) => payload.act !== 'create' && payload.entity !== 'Payment');
  if (changes.length === 0) return;
  const fresh = await readFormer(session, changes);
  const moved = (work: Work) => isMoved(work, fresh(work));
  const immovable = await whyNotMoved(
    session,
    changes.filter(moved).map((work) => movingOf(work, fresh(work)!)),
    changes[0]!.ids,
  );
  const toRelease: Hold[] = [];
  const closedThrough = changes.some(({ payload }) => payload.entity !== 'Invoice')
    ? await readClosedThrough(session.api)
    : undefined;
  const before = again ? await releasedBefore(session, changes) : new Map<Work, readonly Released[]>();
  for (const work of changes) {
    const one = fresh(work);
    if (again && work.item.paidBy !== undefined) work.released = before.get(work) ?? [];
    if (one === undefined || !mayChange(work, one, again) || !mayCorrect(work, one, closedThrough)) continue;
    const why = immovable.get(one.Id);
    if (why !== undefined && moved(work)) {
      refuse(work, notMoved(work, one, why));
      continue;
    }
    work.order = changeOrder(work, one);
    const hold = holdOf(work, one);
    if (hold !== undefined) toRelease.push(hold);
  }
  if (toRelease.length === 0) return;
  const { blocked, released } = await release(session.api, toRelease, changes[0]!.payload.currency);
  // Taking payments off raised the versions.
  const after = await readFormer(session, changes);
  for (const work of pending(changes)) {
    if (work.order === undefined) continue;
    const one = after(work);
    if (one === undefined) continue;
    const why = blocked.get(one.Id);
    work.released = summed([...work.released, ...(released.get(one.Id) ?? [])]);
    if (why !== undefined && isMoved(work, one)) {
      refuse(work, notMoved(work, one, why));
      delete work.order;
    } else if (why !== undefined && work.payload.act === 'void') {
      const text = `${work.title} can't be voided, because ${why}. Unapply the payment in QuickBooks, then retry.`;
      refuse(work, problem('refused-by-target', work.record, text));
    } else {
      work.order = changeOrder(work, one);
    }
  }
}

/** What an earlier attempt took off the invoices, if its answer was lost. An undo needs it, and so do people. */
async function releasedBefore({ api }: QboSession, works: readonly Work[]): Promise<ReadonlyMap<Work, readonly Released[]>> {
  const payments = await byId(
    api,
    'Payment',
    works.flatMap(({ item }) => Object.keys(item.paidBy ?? {})),
  );
  const found = new Map<Work, readonly Released[]>();
  for (const work of works) {
    const invoice = work.item.former?.externalId;
    const released = Object.entries(work.item.paidBy ?? {}).flatMap(([id, amount]): Released[] => {
      const payment = payments.get(id);
      if (payment === undefined || invoice === undefined) return [];
      const less = (amount - appliedTo(payment, invoice, undefined, work.payload.currency)) as Money;
      return less > 0 ? [{ payment: id, amount: less }] : [];
    });
    if (released.length > 0) found.set(work, released);
  }
  return found;
}

/** One entry for each payment. */
function summed(released: readonly Released[]): readonly Released[] {
  const amounts = new Map<string, number>();
  for (const { payment, amount } of released) amounts.set(payment, (amounts.get(payment) ?? 0) + amount);
  return [...amounts].map(([payment, amount]) => ({ payment, amount }));
}

/** The transactions that the items change, as QuickBooks has them now. An item whose transaction was deleted gets its outcome. */
export async function readFormer({ api }: QboSession, works: readonly Work[]) {
  const entity = works[0]!.payload.entity;
  const rows = await byId(
    api,
    entity,
    works.flatMap(({ item }) => item.former?.externalId ?? []),
  );
  return (work: Work): Entity | undefined => {
    const id = work.item.former?.externalId;
    const one = id === undefined ? undefined : rows.get(id);
    if (one === undefined) conflict(work, id ?? '', `${work.title} was deleted in QuickBooks since it was posted.`);
    return one;
  };
}

/** Whether nobody changed the transaction since we posted it. Otherwise the item gets its outcome here. */
export function mayChange(work: Work, fresh: Entity, again: boolean): boolean {
  const { payload, body, item, title, ids } = work;
  const version = readVersion(item.former?.externalVersion);
  if (payload.act === 'void' && isVoided(fresh)) {
    settle(work, fresh, 'existed');
    return false;
  }
  if (version !== undefined && isUnchanged(payload.entity, fresh, version, ids)) return true;
  if (again && payload.act === 'update' && holds(payload.entity, fresh, body, ids)) {
    settle(work, fresh, 'existed');
    return false;
  }
  const why =
    version === undefined
      ? `${title} was not posted by Ledgerpost, so Ledgerpost can’t know whether a person changed it in QuickBooks.`
      : `${title} was changed in QuickBooks since it was posted${byWhom(fresh)}.`;
  conflict(work, fresh.Id, why);
  return false;
}

function isVoided({ TotalAmt, PrivateNote }: Entity): boolean {
  return TotalAmt === 0 && /^Voided\b/.test(PrivateNote ?? '');
}

function changeOrder(work: Work, fresh: Entity): Order {
  const { payload, body, item } = work;
  const bId = bIdOf(item);
  if (payload.act === 'void') {
    return { bId, operation: 'void', entity: payload.entity, body: { Id: fresh.Id, SyncToken: fresh.SyncToken } };
  }
  return { bId, operation: 'update', entity: payload.entity, body: merged(fresh, body, isMoved(work, fresh) ? OF_CUSTOMER : []) };
}

/** Whether a journal or a credit memo may be corrected: not in a closed period, and not below what the books apply of it. */
function mayCorrect(work: Work, fresh: Entity, closedThrough: string | undefined): boolean {
  const { payload, body, record, title } = work;
  if (payload.entity === 'Invoice') return true;
  if (!isInOpenPeriod(work, [fresh.TxnDate, body.TxnDate], closedThrough)) return false;
  if (payload.entity !== 'CreditMemo') return true;
  const left = fresh.RemainingCredit ?? fresh.Balance;
  const used = (offWire(fresh.TotalAmt, payload.currency) ?? 0) - (offWire(left, payload.currency) ?? 0);
  if (left === undefined || used <= keptBy(work, fresh)) return true;
  const text = `${title} can't be lowered: ${showMoney(used as Money, payload.currency)} of it is applied in QuickBooks. Unapply it in QuickBooks, then retry.`;
  refuse(work, problem('refused-by-target', record, text, 'total'));
  return false;
}

/** Whether the update gives the invoice to another customer. */
function isMoved({ payload, body, ids }: Work, fresh: Entity | undefined): boolean {
  return payload.act === 'update' && fresh !== undefined && payload.entity === 'Invoice' && !isSameCustomer(fresh, body, ids);
}

function movingOf({ item }: Work, invoice: Entity): Moving {
  const known = new Map((item.moves ?? []).map((one) => [one.externalId, one]));
  const paidBy = Object.keys(item.paidBy ?? {}).filter((externalId) => !known.has(externalId));
  return { invoice, payments: [...known.values(), ...paidBy.map((externalId) => ({ externalId }))] };
}

function notMoved({ title, record }: Work, fresh: Entity, why: string): Problem {
  const customer = fresh.CustomerRef?.name ?? '?';
  const text = `${title} has another customer now, but can't be moved from “${customer}” in QuickBooks, because ${why}. Nothing was changed. Give it its former customer again, or move it and its payments in QuickBooks.`;
  return problem('customer-changed-after-payment', record, text, 'customerId');
}

/** What may stay applied: the new total. Where QuickBooks computes the tax, the lines and the tax that it has now. */
function keptBy({ payload }: Work, fresh: Entity): Money {
  const { currency, taxByBooks } = payload;
  const present = taxByBooks === true ? (offWire(fresh.TxnTaxDetail?.TotalTax, currency) ?? 0) : 0;
  return (moneyIn(payload, currency) + present) as Money;
}

/** Payments are taken off an invoice before it is lowered, voided or moved: QuickBooks refuses to void what is paid. */
function holdOf(work: Work, fresh: Entity): Hold | undefined {
  const { payload, record, title } = work;
  const { currency } = payload;
  if (payload.entity !== 'Invoice') return undefined;
  if (isMoved(work, fresh)) return { entity: payload.entity, transaction: fresh, keep: 0 as Money };
  const applied = (offWire(fresh.TotalAmt, currency) ?? 0) - (offWire(fresh.Balance, currency) ?? 0);
  const keep = payload.act === 'void' ? (0 as Money) : keptBy(work, fresh);
  if (payload.taxByBooks === true) work.kept = Math.min(applied, keep);
  if (applied <= keep) return undefined;
  // What QuickBooks computes as the new tax is known only from its answer, so the excess is reported then.
  if (payload.taxByBooks === true && payload.act !== 'void') return { entity: payload.entity, transaction: fresh, keep };
  const over = showMoney((applied - keep) as Money, currency);
  const text = `${title} is now lower than its payments, so ${over} became an open credit of the customer. Re-allocate or refund it.`;
  work.warnings = [...work.warnings, problem('invoice-overpaid', record, text, 'total')];
  return { entity: payload.entity, transaction: fresh, keep };
}
