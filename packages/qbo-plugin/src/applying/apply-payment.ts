import {
  type AppliedOutcome,
  type Money,
  type Problem,
  type ProblemCode,
  problem,
  type RecordRef,
  showMoney,
} from '@ledgerpost/core';
import type { Entity, Line } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { appliedLine, linkOf } from '../books/merge.ts';
import { titleOf } from '../payload/explain.ts';
import type { QboPayload } from '../payload/payload.ts';
import type { MayPay } from './payers.ts';

/** Why a part of a payment could not be applied, or not all of it. */
export type Because = NonNullable<AppliedOutcome['because']>;

export interface Applied {
  readonly lines: readonly Line[];
  readonly warnings: readonly Problem[];
  /** By the invoice's record id, for what is not applied in full. */
  readonly because: ReadonlyMap<string, Because>;
}

/** What is still open on invoices, by id in minor units. The payments of one call use it up. */
export type OpenBalances = Map<string, number>;

/** What a payment is applied to, and by whom. */
export interface ApplyTerms {
  readonly payload: QboPayload;
  readonly record: RecordRef;
  /** The payer's id. */
  readonly payer: string | undefined;
  /** External ids of invoices, by record id. */
  readonly linked: Readonly<Record<string, string>>;
  readonly invoices: ReadonlyMap<string, Entity>;
  readonly mayPay: MayPay;
  /** The payment as the books hold it. Absent for a new one. */
  readonly fresh?: Entity | undefined;
}

/**
 * A payment's lines: each invoice gets what is still open on it and no more, since QuickBooks may refuse the whole payment for one
 * cent too much. The rest stays unapplied, with a warning: money that was received is never left out.
 */
export function applyPayment(
  { payload, record, payer, linked, invoices, mayPay, fresh }: ApplyTerms,
  open: OpenBalances,
): Applied {
  const { currency } = payload;
  const lines: Line[] = [];
  const warnings: Problem[] = [];
  const because = new Map<string, Because>();
  for (const [id, amount] of ownLinks(fresh, currency)) open.set(id, (open.get(id) ?? 0) + amount);
  for (const { invoiceId, number, amount } of payload.applied ?? []) {
    const id = linked[invoiceId];
    const invoice = id === undefined ? undefined : invoices.get(id);
    const money = (minor: number) => showMoney(minor as Money, currency);
    const keep = (code: ProblemCode, why: Because, text: string) => {
      because.set(invoiceId, why);
      warnings.push(problem(code, record, `${titleOf(payload)}: ${text}`, 'allocations'));
    };
    if (id === undefined || invoice === undefined) {
      const text = `invoice ${number} is not in QuickBooks, so ${money(amount)} stays unapplied. Batch the invoice, or apply the payment in QuickBooks.`;
      keep('payment-unapplied', 'not-sent', text);
      continue;
    }
    if (!mayPay(payer, invoice.CustomerRef?.value)) {
      const text = `invoice ${number} belongs to customer “${invoice.CustomerRef?.name ?? '?'}” in QuickBooks, which is not below the payer, so ${money(amount)} stays unapplied. Apply the payment in QuickBooks, or correct the customer of one of the two.`;
      keep('customer-differs', 'other-customer', text);
      continue;
    }
    const taken = Math.max(0, Math.min(amount, open.get(id) ?? 0));
    open.set(id, (open.get(id) ?? 0) - taken);
    if (taken > 0) lines.push(appliedLine(onWire(taken as Money, currency), { TxnId: id, TxnType: 'Invoice' }));
    if (taken < amount) {
      const text = `only ${money(taken)} of ${money(amount)} could be applied to invoice ${number}, because QuickBooks shows no more as open; ${money(amount - taken)} stays unapplied. Check whether someone also entered the payment in QuickBooks.`;
      keep('paid-over-invoice', 'over', text);
    }
  }
  return { lines, warnings, because };
}

/** Open balances as the books report them. */
export function openBalances(invoices: ReadonlyMap<string, Entity>, currency: string): OpenBalances {
  return new Map([...invoices].map(([id, { Balance }]) => [id, offWire(Balance, currency) ?? 0]));
}

/** Whether the payment already has these lines: from an earlier attempt, or because QuickBooks applied it. */
export function isApplied(fresh: Entity, lines: readonly Line[], currency: string): boolean {
  return isAppliedTo(fresh, linksOf(lines, currency), currency);
}

/** Whether the payment is applied to these transactions and no others, in minor units by id. */
export function isAppliedTo(fresh: Entity, wanted: ReadonlyMap<string, number>, currency: string): boolean {
  const held = linksOf(fresh.Line ?? [], currency);
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
