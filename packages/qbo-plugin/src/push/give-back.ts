import { type Money, problem, showMoney } from '@ledgerpost/core';
import { applyAgain, releasedIn, type Wanted } from '../applying/apply-again.ts';
import type { QboSession } from '../session.ts';
import { keepReleased, type Work } from './work.ts';

/**
 * After an invoice was raised, applies what an earlier update had taken off it again. Only what we took off, only of payments that
 * are still the invoice's by our records, and only what nobody has used otherwise. The rest becomes a warning.
 */
export async function giveBack({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const changed = works.filter(
    ({ payload, outcome }) => payload.act === 'update' && outcome !== undefined && 'receipt' in outcome,
  );
  const wanted = changed.flatMap(({ item }) =>
    releasedIn(item.former?.details).flatMap(({ payment, amount }): Wanted[] => {
      const upTo = item.paidBy?.[payment];
      return upTo === undefined ? [] : [{ payment, amount, invoice: item.former!.externalId, upTo }];
    }),
  );
  if (wanted.length === 0) return;
  const results = await applyAgain(api, wanted, changed[0]!.payload.currency);
  for (const work of changed) {
    const of = results.filter(({ invoice }) => invoice === work.item.former?.externalId);
    if (of.length === 0) continue;
    const before = new Map(releasedIn(work.item.former?.details).map(({ payment, amount }) => [payment, amount]));
    const released = work.released.flatMap(({ payment, amount }) => {
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
    work.released = released;
    keepReleased(work);
  }
}
