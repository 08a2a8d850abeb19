import { type Money, problem, showMoney } from '@ledgerpost/core';
import { applyAgain, releasedIn, type Wanted } from '../applying/apply-again.ts';
import type { Released } from '../applying/release.ts';
import type { QboSession } from '../session.ts';
import { keepReleased, type Work } from './work.ts';

/**
 * After an invoice was raised, applies what an earlier update had taken off it again. Only what we took off, only of payments that
 * are still the invoice's by our records, and only what nobody has used otherwise. The rest becomes a warning. Where QuickBooks
 * computes the tax, the new total is known only now, so what this update took off is applied again as well, up to it.
 */
export async function giveBack({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const changed = works.filter(
    ({ payload, outcome }) => payload.act === 'update' && outcome !== undefined && 'receipt' in outcome,
  );
  const wanted = changed.flatMap((work) =>
    wantedBack(work).flatMap(({ payment, amount }): Wanted[] => {
      const upTo = work.item.paidBy?.[payment];
      return upTo === undefined ? [] : [{ payment, amount, invoice: work.item.former!.externalId, upTo }];
    }),
  );
  if (wanted.length === 0) return;
  const results = await applyAgain(api, wanted, changed[0]!.payload.currency);
  for (const work of changed) {
    const of = results.filter(({ invoice }) => invoice === work.item.former?.externalId);
    if (of.length === 0) continue;
    const before = new Map(wantedBack(work).map(({ payment, amount }) => [payment, amount]));
    const released = (work.payload.taxByBooks === true ? wantedBack(work) : work.released).flatMap(({ payment, amount }) => {
      const one = of.find((each) => each.payment === payment);
      const left = one === undefined ? amount : amount - (before.get(payment) ?? 0) + one.missing;
      return left > 0 ? [{ payment, amount: left }] : [];
    });
    const missing = of.reduce((sum, one) => sum + one.missing, 0);
    const short = Math.min(missing, of[0]!.room) as Money;
    if (short > 0) {
      const { currency } = work.payload;
      const text = `${work.title} was raised again, but ${showMoney(short, currency)} of its former payments could not be applied to it: those payments are in a bank deposit or applied to something else. Check the customer’s open credit in QuickBooks.`;
      work.warnings = [...work.warnings, problem('credit-to-apply', work.record, text, 'total')];
    }
    reportExcess(work, released);
    work.released = released;
    keepReleased(work);
  }
}

/** What was taken off and is to be applied again: by us, and by QuickBooks, where its own tax made the total lower than what was paid. */
function wantedBack({ payload, item, released, kept, outcome }: Work): readonly Released[] {
  if (payload.taxByBooks !== true) return releasedIn(item.former?.details);
  if (outcome === undefined || !('receipt' in outcome) || kept === undefined) return released;
  const { total, details } = outcome.receipt;
  const { balance } = (details ?? {}) as { readonly balance?: number | null };
  const freed = total !== undefined && typeof balance === 'number' && total - balance < kept;
  return freed ? Object.entries(item.paidBy ?? {}).map(([payment, amount]) => ({ payment, amount })) : released;
}

/** What stays taken off where QuickBooks computes the tax: known only after its answer. */
function reportExcess(work: Work, released: readonly Released[]): void {
  if (work.payload.taxByBooks !== true) return;
  const sum = (parts: readonly Released[]) => parts.reduce((total, { amount }) => total + amount, 0);
  const over = (sum(released) - sum(releasedIn(work.item.former?.details))) as Money;
  if (over <= 0) return;
  const text = `${work.title} is now lower than its payments, so ${showMoney(over, work.payload.currency)} became an open credit of the customer. Re-allocate or refund it.`;
  work.warnings = [...work.warnings, problem('invoice-overpaid', work.record, text, 'total')];
}
