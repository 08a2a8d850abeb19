import type { PostedItem } from '@ledgerpost/core';
import { openBalances } from './apply-payment.ts';
import type { Order, QboApi } from './client.ts';
import type { Line } from './entities.ts';
import { byId } from './look-up.ts';
import { appliedLine, linkOf, reapplied } from './merge.ts';
import { throwIfWhole } from './order-names.ts';
import { isDeposited, plainLines, type Released } from './release.ts';
import { isOurs } from './texts.ts';
import { offWire, onWire } from './wire-money.ts';

/**
 * Puts payments back on invoices that they had to let go of when an update lowered them, now that the update is undone. As much
 * as is still unapplied and open: what a person did with it meanwhile stays. Twice is harmless.
 */
export async function applyAgain(api: QboApi, items: readonly PostedItem[]): Promise<void> {
  const wanted = items.flatMap(({ receipt, document }) =>
    releasedIn(receipt.details).map((one) => ({ ...one, invoice: receipt.externalId, currency: document.currency })),
  );
  if (wanted.length === 0) return;
  const { currency } = wanted[0]!;
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
  const orders = [...payments.values()].flatMap((payment, at): Order[] => {
    if (!isOurs(payment.PrivateNote) || isDeposited(payment)) return [];
    let lines: readonly Line[] = plainLines(payment);
    let left = offWire(payment.UnappliedAmt, currency) ?? 0;
    let more = 0;
    for (const { invoice, amount } of wanted.filter((one) => one.payment === payment.Id)) {
      if (invoices.get(invoice)?.CustomerRef?.value !== payment.CustomerRef?.value) continue;
      const taken = Math.min(amount, left, open.get(invoice) ?? 0);
      if (taken <= 0) continue;
      left -= taken;
      more += taken;
      open.set(invoice, (open.get(invoice) ?? 0) - taken);
      lines = raised(lines, invoice, taken, currency);
    }
    return more === 0 ? [] : [{ bId: `a${at}`, operation: 'update', entity: 'Payment', body: reapplied(payment, lines) }];
  });
  if (orders.length === 0) return;
  for (const answer of (await api.batch(orders)).values()) if ('fault' in answer) throwIfWhole(answer.fault, 'apply a payment');
}

function releasedIn(details: unknown): readonly Released[] {
  return ((details ?? {}) as { readonly released?: readonly Released[] }).released ?? [];
}

function raised(lines: readonly Line[], invoice: string, by: number, currency: string): readonly Line[] {
  const held = lines.find((line) => linkOf(line)?.TxnId === invoice);
  const amount = (offWire(held?.Amount, currency) ?? 0) + by;
  const line = appliedLine(onWire(amount as Parameters<typeof onWire>[0], currency), { TxnId: invoice, TxnType: 'Invoice' });
  return [...lines.filter((one) => one !== held), line];
}
