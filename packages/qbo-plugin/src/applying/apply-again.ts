import type { Json, Money } from '@ledgerpost/core';
import type { Order, QboApi } from '../api/client.ts';
import type { Entity, Line } from '../api/entities.ts';
import { throwIfWhole } from '../api/order-names.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { byId } from '../books/look-up.ts';
import { appliedLine, linkOf, reapplied } from '../books/merge.ts';
import { isOurs } from '../payload/texts.ts';
import { openBalances } from './apply-payment.ts';
import { appliedTo, isDeposited, plainLines, type Released } from './release.ts';

/** What a payment is to have on an invoice again, after it had to let go of it. */
export interface Wanted extends Released {
  /** The invoice's id in QuickBooks. */
  readonly invoice: string;
  /** What of the payment is to be applied to the invoice at most, in minor units. Absent: whatever `amount` makes it. */
  readonly upTo?: number;
}

/** What of it could not be had. */
export interface Missing extends Wanted {
  /** Not applied, though nobody applied it meanwhile. In minor units. */
  readonly missing: number;
  /** What the invoice still takes, of all payments. */
  readonly room: number;
}

/**
 * Puts payments back on invoices that they had to let go of when an update lowered them. As much as is still unapplied and open:
 * what a person did with it meanwhile stays. Twice is harmless. Answers what is missing of each.
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
  const plans = [...Map.groupBy(wanted, ({ payment }) => payment)].map(([id, parts]) =>
    planFor(payments.get(id), parts, invoices, open, currency),
  );
  const orders = plans.flatMap(({ body }, at): Order[] =>
    body === undefined ? [] : [{ bId: `a${at}`, operation: 'update', entity: 'Payment', body }],
  );
  const answers = orders.length === 0 ? undefined : await api.batch(orders);
  const told = plans.flatMap(({ parts }, at) => {
    const answer = answers?.get(`a${at}`);
    const refused = answer !== undefined && 'fault' in answer;
    if (refused) throwIfWhole(answer.fault, 'apply a payment');
    return parts.map(({ one, due, taken }) => {
      if (refused) open.set(one.invoice, (open.get(one.invoice) ?? 0) + taken);
      return { ...one, missing: refused ? due : due - taken };
    });
  });
  return told.map((one) => ({ ...one, room: open.get(one.invoice) ?? 0 }));
}

/** One payment's lines with what is put back; nothing is sent where that is nothing. Takes it from what is open. */
function planFor(
  payment: Entity | undefined,
  wanted: readonly Wanted[],
  invoices: ReadonlyMap<string, Entity>,
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
    const same = invoices.get(invoice)?.CustomerRef?.value === payment?.CustomerRef?.value;
    const taken = same ? Math.max(0, Math.min(due, left, open.get(invoice) ?? 0)) : 0;
    if (taken > 0) {
      left -= taken;
      open.set(invoice, (open.get(invoice) ?? 0) - taken);
      lines = raised(lines, invoice, taken, currency);
    }
    return { one, due, taken };
  });
  return { parts, body: parts.some(({ taken }) => taken > 0) ? reapplied(payment!, lines) : undefined };
}

/** What payments had let go of, as a receipt's details keep it. */
export function releasedIn(details: Json | undefined): readonly Released[] {
  return ((details ?? {}) as { readonly released?: readonly Released[] }).released ?? [];
}

function raised(lines: readonly Line[], invoice: string, by: number, currency: string): readonly Line[] {
  const held = lines.find((line) => linkOf(line)?.TxnId === invoice);
  const amount = ((offWire(held?.Amount, currency) ?? 0) + by) as Money;
  const line = appliedLine(onWire(amount, currency), { TxnId: invoice, TxnType: 'Invoice' });
  return [...lines.filter((one) => one !== held), line];
}
