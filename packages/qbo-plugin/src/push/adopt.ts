import { problem, showMoney } from '@ledgerpost/core';
import type { Entity } from '../api/entities.ts';
import { holdsLines, isSameCustomer, statedTotalOf, totalOf } from '../books/content.ts';
import { type Holding, lookUp, type Sought } from '../books/look-up.ts';
import { byWhom } from '../payload/explain.ts';
import { moneyIn } from '../payload/payload.ts';
import { isOurs } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { isKnownFree } from './seen-ahead.ts';
import { pending, refuse, settle, type Work } from './work.ts';

/** Looks for documents that may already be in the books. Those that are get their outcome here and are not sent. */
export async function adoptWhatIsThere(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const creates = pending(works).filter(({ payload }) => payload.act === 'create');
  await adopt(
    session,
    creates.filter((work) => again || (needsFreeNumber(work) && !isKnownFree(session, work.item.key))),
  );
}

/** A first attempt looks only where a number must be free. QuickBooks does not keep numbers of payments and journals unique. */
export function needsFreeNumber({ payload }: Work): boolean {
  return payload.entity === 'Invoice' || payload.entity === 'CreditMemo';
}

/** Looks for inserts by number and marker. Those that are not in the books stay without an outcome. */
export async function adopt({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const held = await lookUp(api, works.map(soughtOf));
  for (const work of works) judgeHolding(work, held(soughtOf(work)));
}

export function soughtOf({ payload, body }: Work): Sought {
  const { entity, number, marker, ownNumbers } = payload;
  return { entity, number, marker, ownNumbers, customerId: body.CustomerRef?.value, date: body.TxnDate };
}

function judgeHolding(work: Work, { ours, others }: Holding): void {
  const { payload, body, title, record, ids } = work;
  const { entity, currency } = payload;
  const isSame = (one: Entity) =>
    (entity === 'JournalEntry' || isSameCustomer(one, body, ids)) && statedTotalOf(payload, one) === moneyIn(payload, currency);
  if (ours !== undefined) {
    // Automated sales tax may have computed another total from our lines. It is still ours; the totals are compared later.
    const sameLines = entity !== 'Payment' && isSameCustomer(ours, body, ids) && holdsLines(ours, body, ids);
    if (isSame(ours) || sameLines) {
      settle(work, ours, 'existed');
      return;
    }
    const text = `${title} is already in QuickBooks with other content${byWhom(ours)}. Compare the two, correct it in QuickBooks, then mark it as already in the books.`;
    refuse(work, problem('changed-there', record, text));
    return;
  }
  if (entity === 'Payment' || entity === 'JournalEntry' || !payload.ownNumbers) return;
  const twin = others.find((one) => isSame(one) && !isOurs(one.PrivateNote));
  if (twin !== undefined) {
    const text = `${title} was already in QuickBooks for the same customer and total, though Ledgerpost did not post it. The two are linked now. Compare them.`;
    work.warnings = [problem('books-differ', record, text)];
    settle(work, twin, 'existed');
    return;
  }
  const other = others[0];
  if (other === undefined) return;
  const total = totalOf(entity, other, currency);
  const amount = total === undefined ? '' : ` with a total of ${showMoney(total, currency)}`;
  const text = `${title} can't be posted: QuickBooks already has that number, for customer “${other.CustomerRef?.name ?? '?'}”${amount}. Change the number of one of the two.`;
  refuse(work, problem('duplicate-number', record, text, 'number'));
}
