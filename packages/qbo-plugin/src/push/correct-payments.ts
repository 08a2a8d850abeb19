import { type PaymentMember, problem } from '@ledgerpost/core';
import type { Body, Entity, Line } from '../api/entities.ts';
import { isAppliedTo } from '../applying/apply-payment.ts';
import { isDeposited } from '../applying/release.ts';
import { reapplied } from '../books/merge.ts';
import { isInOpenPeriod, refuse, type Work } from './work.ts';

/** The member of a payment's body for what can be corrected. */
const BODY: Readonly<Record<PaymentMember, keyof Body>> = {
  date: 'TxnDate',
  method: 'PaymentMethodRef',
  reference: 'PaymentRefNum',
  amount: 'TotalAmt',
};

/** Whether an update changes more than what the payment is applied to. */
export function isCorrection({ payload }: Work): boolean {
  return (payload.corrects ?? []).length > 0;
}

/** The members of a body that a correction sets; an absent one is cleared. */
export function corrections(members: readonly PaymentMember[], body: Body): Body {
  return Object.fromEntries(members.map((member) => [BODY[member], body[BODY[member]]])) as Body;
}

/** Whether the payment in the books is already as the correction wants it. */
export function isCorrect({ payload, body }: Work, fresh: Entity): boolean {
  return (payload.corrects ?? []).every((member) => plain(fresh[BODY[member] as keyof Entity]) === plain(body[BODY[member]]));
}

/** The payment with other lines and its corrections; everything else stays. */
export function correctedBody({ payload, body }: Work, fresh: Entity, lines: readonly Line[]): Body {
  return { ...reapplied(fresh, lines), ...corrections(payload.corrects ?? [], body) };
}

/**
 * Whether the payment may be changed at all: QuickBooks keeps what is in a bank deposit, and what is in a closed period. What is
 * reconciled it refuses itself. Otherwise the item gets its outcome here.
 */
export function mayCorrect(
  work: Work,
  fresh: Entity,
  wanted: ReadonlyMap<string, number>,
  closedThrough: string | undefined,
): boolean {
  const { payload, title, record, body } = work;
  if (isDeposited(fresh) && !(isCorrect(work, fresh) && isAppliedTo(fresh, wanted, payload.currency))) {
    const text = `${title} is in a bank deposit in QuickBooks, so Ledgerpost can't change it. Make the change in QuickBooks, then mark the payment as already in the books.`;
    refuse(work, problem('payment-deposited', record, text));
    return false;
  }
  const dates = [fresh.TxnDate, payload.corrects?.includes('date') === true ? body.TxnDate : undefined];
  return !isCorrection(work) || isInOpenPeriod(work, dates, closedThrough);
}

/** A member as it can be compared: of a reference, its id. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'value' in value ? value.value : (value ?? undefined);
}
