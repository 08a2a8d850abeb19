import { type ExportedItem, problem, showMoney } from '@ledgerpost/core';
import type { Entity } from '../api/entities.ts';
import { holdsLines, totalOf } from '../books/content.ts';
import { type Holding, lookUp, type Sought } from '../books/look-up.ts';
import { byWhom } from '../payload/explain.ts';
import { moneyIn, type QboPayload } from '../payload/payload.ts';
import { isOurs } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { begin, pending, refuse, settle, type Work } from './work.ts';

/** How long the answer of a look ahead is good, in milliseconds. */
const STILL_FREE_MS = 60_000;

/** Looks for documents that may already be in the books. Those that are get their outcome here and are not sent. */
export async function adoptWhatIsThere(session: QboSession, works: readonly Work[], again: boolean): Promise<void> {
  const creates = pending(works).filter(({ payload }) => payload.act === 'create');
  const now = session.context.now();
  const isFree = ({ item }: Work) => {
    const asked = session.free.get(item.key);
    return asked !== undefined && now - asked < STILL_FREE_MS;
  };
  await adopt(
    session,
    creates.filter((work) => again || (needsFreeNumber(work) && !isFree(work))),
  );
}

/** A first attempt looks only where a number must be free. QuickBooks does not keep numbers of payments and journals unique. */
function needsFreeNumber({ payload }: Work): boolean {
  return payload.entity === 'Invoice' || payload.entity === 'CreditMemo';
}

/**
 * Asks once for the calls that follow which of their documents the books don't have, because Intuit meters reads. The others are
 * looked for again right before they are sent.
 */
export async function lookAhead(
  session: QboSession,
  items: readonly ExportedItem<QboPayload>[],
  references: Readonly<Record<string, string>>,
): Promise<void> {
  const works = items.map((item) => begin(item, references));
  const asked = pending(works).filter((work) => work.payload.act === 'create' && needsFreeNumber(work));
  if (asked.length === 0) return;
  const at = session.context.now();
  const held = await lookUp(session.api, asked.map(soughtOf));
  for (const work of asked) {
    const { ours, others } = held(soughtOf(work));
    if (ours === undefined && others.length === 0) session.free.set(work.item.key, at);
  }
}

/** Looks for inserts by number and marker. Those that are not in the books stay without an outcome. */
export async function adopt({ api }: QboSession, works: readonly Work[]): Promise<void> {
  const held = await lookUp(api, works.map(soughtOf));
  for (const work of works) judgeHolding(work, held(soughtOf(work)));
}

function soughtOf({ payload, body }: Work): Sought {
  const { entity, number, marker, ownNumbers } = payload;
  return { entity, number, marker, ownNumbers, customerId: body.CustomerRef?.value, date: body.TxnDate };
}

function judgeHolding(work: Work, { ours, others }: Holding): void {
  const { payload, body, title, record } = work;
  const { entity, currency } = payload;
  const isSame = (one: Entity) =>
    (entity === 'JournalEntry' || one.CustomerRef?.value === body.CustomerRef?.value) &&
    totalOf(entity, one, currency) === moneyIn(payload, currency);
  if (ours !== undefined) {
    // Automated sales tax may have computed another total from our lines. It is still ours; the totals are compared later.
    const sameLines = entity !== 'Payment' && ours.CustomerRef?.value === body.CustomerRef?.value && holdsLines(ours, body);
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
