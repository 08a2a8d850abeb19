import { type Money, type Problem, problem, type RecordRef, showMoney } from '@ledgerpost/core';
import type { Body, Entity, Line } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { appliedLine, linkOf } from '../books/merge.ts';
import { titleOf } from '../payload/explain.ts';
import type { QboPayload } from '../payload/payload.ts';

export type Applied = { readonly lines: readonly Line[]; readonly warnings: readonly Problem[] } | { readonly refused: Problem };

/** What is still open on invoices, by id in minor units. The payments of one call use it up. */
export type OpenBalances = Map<string, number>;

/**
 * A payment's lines: each invoice gets what is still open on it and no more, since QuickBooks may refuse the whole payment for one
 * cent too much. The rest stays unapplied, with a warning.
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
    const warn = (text: string) =>
      warnings.push(problem('payment-unapplied', record, `${titleOf(payload)}: ${text}`, 'allocations'));
    const money = (minor: number) => showMoney(minor as Money, currency);
    if (id === undefined || invoice === undefined) {
      warn(
        `invoice ${number} is not in QuickBooks, so ${money(amount)} stays unapplied. Batch the invoice, or apply the payment in QuickBooks.`,
      );
      continue;
    }
    if (invoice.CustomerRef?.value !== body.CustomerRef?.value) {
      const text = `${titleOf(payload)} is applied to invoice ${number}, which belongs to customer “${invoice.CustomerRef?.name ?? '?'}” in QuickBooks. Correct the customer of one of the two, in QuickBooks or in the field-service system.`;
      return { refused: problem('customer-differs', record, text, 'allocations') };
    }
    const taken = Math.max(0, Math.min(amount, open.get(id) ?? 0));
    open.set(id, (open.get(id) ?? 0) - taken);
    if (taken > 0) lines.push(appliedLine(onWire(taken as Money, currency), { TxnId: id, TxnType: 'Invoice' }));
    if (taken < amount) {
      warn(
        `only ${money(taken)} of ${money(amount)} could be applied to invoice ${number}, because QuickBooks shows no more as open; ${money(amount - taken)} stays unapplied. Check whether someone also entered the payment in QuickBooks.`,
      );
    }
  }
  return { lines, warnings };
}

/** Open balances as the books report them. */
export function openBalances(invoices: ReadonlyMap<string, Entity>, currency: string): OpenBalances {
  return new Map([...invoices].map(([id, { Balance }]) => [id, offWire(Balance, currency) ?? 0]));
}

/** Whether the payment already has these lines: from an earlier attempt, or because QuickBooks applied it. */
export function isApplied(fresh: Entity, lines: readonly Line[], currency: string): boolean {
  const [held, wanted] = [linksOf(fresh.Line ?? [], currency), linksOf(lines, currency)];
  return held.size === wanted.size && [...wanted].every(([id, amount]) => held.get(id) === amount);
}

function ownLinks(fresh: Entity | undefined, currency: string): ReadonlyMap<string, number> {
  return fresh === undefined ? new Map() : linksOf(fresh.Line ?? [], currency);
}

/** What lines apply to which transactions, in minor units by id. */
export function linksOf(lines: readonly Line[], currency: string): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const line of lines) {
    const link = linkOf(line);
    if (link !== undefined) amounts.set(link.TxnId, (amounts.get(link.TxnId) ?? 0) + (offWire(line.Amount, currency) ?? 0));
  }
  return amounts;
}
