import type { Entity, Ref } from '../api/entities.ts';
import { applyPayment, isApplied, openBalances } from '../applying/apply-payment.ts';
import { type Move, makeRoom } from '../applying/make-room.ts';
import { readPayers } from '../applying/payers.ts';
import { plainLines } from '../applying/release.ts';
import { isSameCustomer } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import { linkOf } from '../books/merge.ts';
import { readClosedThrough } from '../names/chart.ts';
import { isOurs } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { correctedBody, isCorrect, isCorrection, mayCorrect } from './correct-payments.ts';
import { mayChange, readFormer } from './plan-changes.ts';
import { knownInvoices } from './seen-ahead.ts';
import { bIdOf, conflict, create, pending, settle, type Work } from './work.ts';

/** Plans payments and re-allocations, applied to what is still open on their invoices. */
export async function planPayments(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const payments = pending(works).filter(({ payload }) => payload.entity === 'Payment');
  if (payments.length === 0) return;
  const { api } = session;
  const updates = payments.filter(({ payload }) => payload.act === 'update');
  const seen = again || updates.length > 0 ? undefined : knownInvoices(session, payments.flatMap(idsOf));
  let { held, invoices } = seen === undefined ? await readBooks(session, payments, updates) : { held: NONE, ...seen };
  const mayPay = await readPayers(
    api,
    payments.flatMap((work) => {
      const payer = payerOf(work, held.get(work));
      return [...wantedBy(work).keys()].map((id) => [payer?.value, invoices.get(id)?.CustomerRef?.value] as const);
    }),
  );
  const closedThrough = updates.some(isCorrection) ? await readClosedThrough(api) : undefined;
  const moves = pending(updates).flatMap((work): Move[] => {
    const payment = held.get(work);
    const free =
      payment !== undefined &&
      mayReapply(work, payment, invoices, again) &&
      mayCorrect(work, payment, wantedBy(work), closedThrough);
    if (!free) return [];
    const payer = payerOf(work, payment)?.value;
    const theirs = [...wantedBy(work)].filter(([id]) => mayPay(payer, invoices.get(id)?.CustomerRef?.value));
    return [{ payment, wanted: new Map(theirs) }];
  });
  if (await makeRoom(api, moves, invoices, payments[0]!.payload.currency)) {
    ({ held, invoices } = await readBooks(session, payments, pending(updates)));
  }
  const open = seen?.open ?? openBalances(invoices, payments[0]!.payload.currency);
  for (const work of pending(payments)) {
    const one = held.get(work);
    const { payload, record, item, ids } = work;
    const payer = payerOf(work, one)?.value;
    const applied = applyPayment({ payload, record, payer, linked: item.linked ?? {}, invoices, mayPay, fresh: one }, open);
    work.warnings = applied.warnings;
    work.because = applied.because;
    // A payment that is applied to nothing depends on nothing that was seen ahead.
    work.isSeenAhead = seen !== undefined && applied.lines.length > 0;
    const { currency } = work.payload;
    if (one === undefined) {
      work.order = create(work, applied.lines.length === 0 ? work.body : { ...work.body, Line: applied.lines });
    } else {
      const lines = payload.keepsLinks === true ? plainLines(one) : applied.lines;
      const isMoved = !isSameCustomer(one, work.body, ids);
      if (!isMoved && isApplied(one, lines, currency) && isCorrect(work, one)) settle(work, one, 'existed');
      else {
        const corrected = correctedBody(work, one, lines);
        const body = isMoved ? { ...corrected, CustomerRef: work.body.CustomerRef! } : corrected;
        work.order = { bId: bIdOf(item), operation: 'update', entity: 'Payment', body };
      }
    }
  }
}

/** No payment is changed. */
const NONE: ReadonlyMap<Work, Entity | undefined> = new Map();

function idsOf(work: Work): readonly string[] {
  return [...wantedBy(work).keys()];
}

/** Whose payment it is to be: the payment of an invoice that moved to another customer follows it. */
function payerOf({ body, ids }: Work, held: Entity | undefined): Ref | undefined {
  return held === undefined || !isSameCustomer(held, body, ids) ? body.CustomerRef : held.CustomerRef;
}

/** The payments that are to change, as the books have them now, and all invoices that any payment is or will be applied to. */
async function readBooks(session: QboSession, payments: readonly Work[], updates: readonly Work[]) {
  const fresh = updates.length === 0 ? undefined : await readFormer(session, updates);
  const held = new Map(updates.map((work) => [work, fresh!(work)]));
  const links = [...held.values()].flatMap((one) => (one?.Line ?? []).flatMap((line) => linkOf(line) ?? []));
  const linked = links.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => TxnId);
  const wanted = payments.flatMap((work) => [...wantedBy(work).keys()]);
  return { held, invoices: await byId(session.api, 'Invoice', [...wanted, ...linked]) };
}

/** What a payment is to be applied to, in minor units by the invoices' ids. */
export function wantedBy({ item, payload }: Work): ReadonlyMap<string, number> {
  return new Map(
    (payload.applied ?? []).flatMap(({ invoiceId, amount }) => {
      const id = item.linked?.[invoiceId];
      return id === undefined ? [] : [[id, amount] as const];
    }),
  );
}

/** Links to our documents may move, even if QuickBooks or a person made them: the field-service system decides what a payment is for. */
function mayReapply(work: Work, fresh: Entity, invoices: ReadonlyMap<string, Entity>, again: boolean): boolean {
  if (!mayChange(work, fresh, again)) return false;
  if (work.payload.keepsLinks === true) return true;
  for (const line of fresh.Line ?? []) {
    const link = linkOf(line);
    if (link === undefined) continue;
    const invoice = invoices.get(link.TxnId);
    const number = invoice?.DocNumber ?? link.TxnId;
    if (link.TxnType === 'Invoice' && invoice !== undefined && isOurs(invoice.PrivateNote)) continue;
    const what = link.TxnType === 'Invoice' ? `invoice ${number}` : `a transaction (${link.TxnType} ${link.TxnId})`;
    conflict(work, fresh.Id, `${work.title} is applied in QuickBooks to ${what} that Ledgerpost did not post.`);
    return false;
  }
  return true;
}
