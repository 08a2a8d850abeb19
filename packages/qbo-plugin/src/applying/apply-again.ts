import type { Json, Money } from '@ledgerpost/core';
import { throwIfWhole } from '../api/classify.ts';
import type { Order, QboApi } from '../api/client.ts';
import type { Entity, Line } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { byId } from '../books/look-up.ts';
import { appliedLine, linkOf, reapplied } from '../books/merge.ts';
import { isOurs } from '../payload/texts.ts';
import { openBalances } from './apply-payment.ts';
import { type MayPay, readPayers } from './payers.ts';
import { appliedTo, isDeposited, plainLines, type Released } from './release.ts';

/** An amount of a payment that is to be applied to an invoice again, after an update took it off. */
export interface Wanted extends Released {
  /** The invoice's id in QuickBooks. */
  readonly invoice: string;
  /** The most that may be applied of the payment to the invoice, in minor units. Absent: no other limit than `amount`. */
  readonly upTo?: number;
}

/** A wanted amount, with the part of it that could not be applied again. */
export interface Missing extends Wanted {
  /** What is still not applied, in minor units. */
  readonly missing: number;
  /** What is still open on the invoice, in minor units. */
  readonly room: number;
}

/**
 * Applies payments again to invoices that they were taken off when an update lowered the invoice: as much as is still unapplied and
 * open. What a person did with a payment in the meantime stays. Doing it twice is harmless. Returns what is missing of each.
 */
export async function applyAgain(api: QboApi, wanted: readonly Wanted[], currency: string): Promise<readonly Missing[]> {
  if (wanted.length === 0) return [];
  const payments = await byId(
    api,
    'Payment',
    wanted.map(({ payment }) => payment),
  );
  const invoices = await byId(
    api,
    'Invoice',
    wanted.map(({ invoice }) => invoice),
  );
  const open = openBalances(invoices, currency);
  const mayPay = await readPayers(
    api,
    wanted.map((one) => [payments.get(one.payment)?.CustomerRef?.value, invoices.get(one.invoice)?.CustomerRef?.value] as const),
  );
  const plans = [...Map.groupBy(wanted, ({ payment }) => payment)].map(([id, parts]) =>
    planFor(payments.get(id), parts, { invoices, mayPay }, open, currency),
  );
  const orders = plans.flatMap(({ body }, at): Order[] =>
    body === undefined ? [] : [{ bId: `a${at}`, operation: 'update', entity: 'Payment', body }],
  );
  const answers = orders.length === 0 ? undefined : await api.batch(orders);
  const results = plans.flatMap(({ parts }, at) => {
    const answer = answers?.get(`a${at}`);
    const refused = answer !== undefined && 'fault' in answer;
    if (refused) throwIfWhole(answer.fault, 'apply a payment');
    return parts.map(({ one, due, taken }) => {
      if (refused) open.set(one.invoice, (open.get(one.invoice) ?? 0) + taken);
      return { ...one, missing: refused ? due : due - taken };
    });
  });
  return results.map((one) => ({ ...one, room: open.get(one.invoice) ?? 0 }));
}

/** One payment's lines with what is applied again; no body where that is nothing. Lowers the open balances by it. */
function planFor(
  payment: Entity | undefined,
  wanted: readonly Wanted[],
  { invoices, mayPay }: { readonly invoices: ReadonlyMap<string, Entity>; readonly mayPay: MayPay },
  open: Map<string, number>,
  currency: string,
) {
  const free = payment !== undefined && isOurs(payment.PrivateNote) && !isDeposited(payment);
  let lines: readonly Line[] = payment === undefined ? [] : plainLines(payment);
  let left = free ? (offWire(payment.UnappliedAmt, currency) ?? 0) : 0;
  const parts = wanted.map((one) => {
    const { invoice, amount, upTo } = one;
    const short = payment === undefined || upTo === undefined ? amount : upTo - appliedTo(payment, invoice, lines, currency);
    const due = Math.max(0, Math.min(amount, short));
    const theirs = mayPay(payment?.CustomerRef?.value, invoices.get(invoice)?.CustomerRef?.value);
    const taken = theirs ? Math.max(0, Math.min(due, left, open.get(invoice) ?? 0)) : 0;
    if (taken > 0) {
      left -= taken;
      open.set(invoice, (open.get(invoice) ?? 0) - taken);
      lines = raised(lines, invoice, taken, currency);
    }
    return { one, due, taken };
  });
  return { parts, body: parts.some(({ taken }) => taken > 0) ? reapplied(payment!, lines) : undefined };
}

/** What payments were taken off an invoice, as a receipt's details keep it. */
export function releasedIn(details: Json | undefined): readonly Released[] {
  return ((details ?? {}) as { readonly released?: readonly Released[] }).released ?? [];
}

function raised(lines: readonly Line[], invoice: string, by: number, currency: string): readonly Line[] {
  const held = lines.find((line) => linkOf(line)?.TxnId === invoice);
  const amount = ((offWire(held?.Amount, currency) ?? 0) + by) as Money;
  const line = appliedLine(onWire(amount, currency), { TxnId: invoice, TxnType: 'Invoice' });
  return [...lines.filter((one) => one !== held), line];
}
