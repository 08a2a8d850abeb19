import { formatMoney, type Money, type Problem, problem, type RecordRef } from '@ledgerpost/core';
import type { Body, Entity, Line } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { appliedLine, linkOf } from '../books/merge.ts';
import { titleOf } from '../payload/explain.ts';
import type { QboPayload } from '../payload/payload.ts';

export type Applied = { readonly lines: readonly Line[]; readonly warnings: readonly Problem[] } | { readonly refused: Problem };

/** What invoices still take, as one call's payments use them up. */
export type OpenBalances = Map<string, number>;

/**
 * A payment's lines: each invoice gets what it still takes, and no more, since QuickBooks may refuse the whole payment for a
 * cent. The rest stays unapplied, and is said.
 */
export function applyPayment(
  payload: QboPayload,
  record: RecordRef,
  body: Body,
  linked: Readonly<Record<string, string>>,
  invoices: ReadonlyMap<string, Entity>,
  open: OpenBalances,
  fresh?: Entity,
): Applied {
  const { currency } = payload;
  const lines: Line[] = [];
  const warnings: Problem[] = [];
  for (const [id, amount] of ownLinks(fresh, currency)) open.set(id, (open.get(id) ?? 0) + amount);
  for (const { invoiceId, number, amount } of payload.applied ?? []) {
    const id = linked[invoiceId];
    const invoice = id === undefined ? undefined : invoices.get(id);
    const say = (text: string) =>
      warnings.push(problem('payment-unapplied', record, `${titleOf(payload)}: ${text}`, 'allocations'));
    const money = (minor: number) => `${formatMoney(minor as Money, currency)} ${currency}`;
    if (id === undefined || invoice === undefined) {
      say(`invoice ${number} is not in QuickBooks, so ${money(amount)} stay unapplied. Apply them there, or batch the invoice.`);
      continue;
    }
    if (invoice.CustomerRef?.value !== body.CustomerRef?.value) {
      const text = `${titleOf(payload)} is applied to invoice ${number}, which belongs to customer “${invoice.CustomerRef?.name ?? '?'}” in QuickBooks. Mend the customer of one of the two, there or in the field-service system.`;
      return { refused: problem('customer-differs', record, text, 'allocations') };
    }
    const taken = Math.max(0, Math.min(amount, open.get(id) ?? 0));
    open.set(id, (open.get(id) ?? 0) - taken);
    if (taken > 0) lines.push(appliedLine(onWire(taken as Money, currency), { TxnId: id, TxnType: 'Invoice' }));
    if (taken < amount) {
      say(
        `invoice ${number} takes ${money(taken)} of ${money(amount)}, because more is applied to it already; ${money(amount - taken)} stay unapplied. Look whether the payment was entered by hand too.`,
      );
    }
  }
  return { lines, warnings };
}

/** Balances as the books tell them. */
export function openBalances(invoices: ReadonlyMap<string, Entity>, currency: string): OpenBalances {
  return new Map([...invoices].map(([id, { Balance }]) => [id, offWire(Balance, currency) ?? 0]));
}

/** Whether the payment is applied like that already: by an earlier attempt, or by QuickBooks itself. */
export function isApplied(fresh: Entity, lines: readonly Line[], currency: string): boolean {
  const [held, wanted] = [linksOf(fresh.Line ?? [], currency), linksOf(lines, currency)];
  return held.size === wanted.size && [...wanted].every(([id, amount]) => held.get(id) === amount);
}

function ownLinks(fresh: Entity | undefined, currency: string): ReadonlyMap<string, number> {
  return fresh === undefined ? new Map() : linksOf(fresh.Line ?? [], currency);
}

/** What lines are applied to, in minor units by id. */
export function linksOf(lines: readonly Line[], currency: string): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const line of lines) {
    const link = linkOf(line);
    if (link !== undefined) amounts.set(link.TxnId, (amounts.get(link.TxnId) ?? 0) + (offWire(line.Amount, currency) ?? 0));
  }
  return amounts;
}
