import type { Money } from '@ledgerpost/core';
import { sentenceOf, throwIfWhole } from '../api/classify.ts';
import type { Order, QboApi } from '../api/client.ts';
import type { Entity, Kind, Line } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { byId } from '../books/look-up.ts';
import { appliedLine, linkOf, reapplied } from '../books/merge.ts';
import { isOurs } from '../payload/texts.ts';

/** A transaction whose payments are to be taken off it, except for an amount that may stay. */
export interface Hold {
  readonly entity: Kind;
  readonly transaction: Entity;
  /** What may stay applied, in minor units. */
  readonly keep: Money;
}

/** How much of a payment of ours was taken off a transaction, in minor units. */
export interface Released {
  /** The payment's id in QuickBooks. */
  readonly payment: string;
  readonly amount: number;
}

/**
 * Takes payments off transactions, so that their amounts become unapplied. Only our links are changed: those of payments that we
 * posted, and those that QuickBooks made by itself between documents of ours.
 * @returns by the transaction's id, what prevents it (a transaction that is not listed is free), and what was taken off
 */
export async function release(
  api: QboApi,
  holds: readonly Hold[],
  currency: string,
): Promise<{ readonly blocked: ReadonlyMap<string, string>; readonly released: ReadonlyMap<string, readonly Released[]> }> {
  const blocked = new Map<string, string>();
  const released = new Map<string, readonly Released[]>();
  const payments = await paymentsOf(api, holds);
  const automatic = await automaticLinks(api, [...payments.values()]);
  const changed = new Map<string, readonly Line[]>();
  for (const { transaction, keep } of holds) {
    const linked = [...payments.values()].filter((payment) => isLinked(payment, transaction.Id));
    let over = -keep;
    for (const payment of linked) over += appliedTo(payment, transaction.Id, changed.get(payment.Id), currency);
    if (over <= 0) continue;
    for (const payment of linked.sort((a, b) => Number(b.Id) - Number(a.Id))) {
      if (over <= 0) break;
      if (!isOurs(payment.PrivateNote) && !automatic.has(payment.Id)) {
        blocked.set(
          transaction.Id,
          `payment ${payment.PaymentRefNum ?? payment.Id}, which Ledgerpost did not post, is applied to it`,
        );
        continue;
      }
      if (isDeposited(payment)) {
        blocked.set(
          transaction.Id,
          `payment ${payment.PaymentRefNum ?? payment.Id}, which is applied to it, is in a bank deposit`,
        );
        continue;
      }
      const before = appliedTo(payment, transaction.Id, changed.get(payment.Id), currency);
      const less = Math.min(before, over);
      over -= less;
      if (!automatic.has(payment.Id)) {
        const before = released.get(transaction.Id) ?? [];
        released.set(transaction.Id, [...before, { payment: payment.Id, amount: less }]);
      }
      changed.set(payment.Id, reduced(changed.get(payment.Id) ?? plainLines(payment), transaction.Id, less, currency));
    }
  }
  const orders = [...changed].map(([id, lines], at): Order => {
    const payment = payments.get(id)!;
    // A link between two of our documents has no money of its own, so it is deleted as a whole.
    if (automatic.has(id))
      return { bId: `r${at}`, operation: 'delete', entity: 'Payment', body: { Id: id, SyncToken: payment.SyncToken } };
    return { bId: `r${at}`, operation: 'update', entity: 'Payment', body: reapplied(payment, lines) };
  });
  if (orders.length === 0) return { blocked, released };
  const answers = await api.batch(orders);
  for (const [at, [id]] of [...changed].entries()) {
    const answer = answers.get(`r${at}`)!;
    if ('entity' in answer) continue;
    throwIfWhole(answer.fault, 'unapply a payment');
    const payment = payments.get(id)!;
    for (const { transaction } of holds) {
      if (!isLinked(payment, transaction.Id)) continue;
      blocked.set(
        transaction.Id,
        `payment ${payment.PaymentRefNum ?? id} could not be unapplied: ${sentenceOf(answer.fault)}`.replace(/\.$/, ''),
      );
    }
  }
  return { blocked, released };
}

/** Whether QuickBooks has the payment in a bank deposit. */
export function isDeposited(payment: Entity): boolean {
  return (payment.LinkedTxn ?? []).some(({ TxnType }) => TxnType === 'Deposit');
}

/** The payments that are applied to one of the transactions. An invoice lists them; for other kinds we read the customer's payments. */
async function paymentsOf(api: QboApi, holds: readonly Hold[]): Promise<Map<string, Entity>> {
  const named = holds.flatMap(({ entity, transaction }) =>
    entity === 'Invoice'
      ? (transaction.LinkedTxn ?? []).filter(({ TxnType }) => TxnType === 'Payment').map(({ TxnId }) => TxnId)
      : [],
  );
  const payments = new Map(await byId(api, 'Payment', named));
  const customers = holds.flatMap(({ entity, transaction }) => (isApplied(entity, transaction) ? customersOf(transaction) : []));
  if (customers.length > 0) {
    for (const payment of await api.rowsIn('Payment', 'CustomerRef', customers)) {
      if (holds.some(({ transaction }) => isLinked(payment, transaction.Id))) payments.set(payment.Id, payment);
    }
  }
  return payments;
}

/** A journal does not show whether it is applied; a credit memo does. */
function isApplied(entity: Kind, transaction: Entity): boolean {
  if (entity !== 'CreditMemo') return entity === 'JournalEntry';
  const left = transaction.RemainingCredit ?? transaction.Balance;
  return left !== undefined && left !== transaction.TotalAmt;
}

function customersOf({ CustomerRef, Line: lines }: Entity): readonly string[] {
  const named = (lines ?? []).flatMap((line) => line.JournalEntryLineDetail?.Entity?.EntityRef?.value ?? []);
  return CustomerRef?.value === undefined ? named : [CustomerRef.value, ...named];
}

/** Payments of nothing by which QuickBooks itself links credits to charges, all of them ours. */
async function automaticLinks(api: QboApi, payments: readonly Entity[]): Promise<ReadonlySet<string>> {
  const empty = payments.filter((payment) => payment.TotalAmt === 0 && !isOurs(payment.PrivateNote));
  if (empty.length === 0) return new Set();
  const links = empty.flatMap((payment) => (payment.Line ?? []).flatMap((line) => linkOf(line) ?? []));
  const ours = new Set<string>();
  for (const kind of ['Invoice', 'CreditMemo', 'JournalEntry'] as const) {
    const ids = links.filter(({ TxnType }) => TxnType === kind).map(({ TxnId }) => TxnId);
    for (const [id, one] of await byId(api, kind, ids)) if (isOurs(one.PrivateNote)) ours.add(id);
  }
  return new Set(
    empty
      .filter((payment) => (payment.Line ?? []).every((line) => ours.has(linkOf(line)?.TxnId ?? '')))
      .map((payment) => payment.Id),
  );
}

function isLinked(payment: Entity, id: string): boolean {
  return (payment.Line ?? []).some((line) => linkOf(line)?.TxnId === id);
}

/** How much of a payment is applied to a transaction, by these lines or else its own, in minor units. */
export function appliedTo(payment: Entity, id: string, lines: readonly Line[] | undefined, currency: string): number {
  let sum = 0;
  for (const line of lines ?? payment.Line ?? []) {
    if (linkOf(line)?.TxnId === id) sum += offWire(line.Amount, currency) ?? 0;
  }
  return sum;
}

/** Lines as we write them: without the members that QuickBooks adds. */
export function plainLines(payment: Entity): readonly Line[] {
  return (payment.Line ?? []).flatMap((line) => {
    const link = linkOf(line);
    return link === undefined ? [] : [appliedLine(line.Amount ?? 0, { TxnId: link.TxnId, TxnType: link.TxnType })];
  });
}

/** Lines with an amount less on one transaction. */
export function reduced(lines: readonly Line[], id: string, by: number, currency: string): readonly Line[] {
  let left = by;
  return lines.flatMap((line) => {
    if (linkOf(line)?.TxnId !== id || left <= 0) return [line];
    const amount = offWire(line.Amount, currency) ?? 0;
    const less = Math.min(amount, left);
    left -= less;
    return less === amount ? [] : [{ ...line, Amount: onWire((amount - less) as Money, currency) }];
  });
}
