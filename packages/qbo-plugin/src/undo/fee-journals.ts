import { numberOf } from '@ledgerpost/core';
import { throwIfWhole, verdictOf } from '../api/classify.ts';
import type { Entity } from '../api/entities.ts';
import { isDeposited } from '../applying/release.ts';
import { besideIn, isAsPosted } from '../books/beside.ts';
import { byId } from '../books/look-up.ts';
import { byWhom, refusalOf, titleOf } from '../payload/explain.ts';
import type { QboSession } from '../session.ts';
import { leave, type UndoWork } from './undo-work.ts';

/** The journals of fees that go with their payments, by the payments' items. */
export type FeeJournals = ReadonlyMap<UndoWork, Entity>;

/** Finds the journals of the fees of payments that are to be deleted. A payment whose journal may not go is left with it. */
export async function findFeeJournals(
  { api }: QboSession,
  run: readonly UndoWork[],
  closedThrough: string | undefined,
): Promise<FeeJournals> {
  const found = new Map<UndoWork, Entity>();
  const wanted = run.flatMap((work) => {
    const beside = work.restores || work.outcome?.status === 'left' ? undefined : besideIn(work.item.receipt.details);
    return beside === undefined ? [] : [{ work, beside }];
  });
  const journals = await byId(
    api,
    'JournalEntry',
    wanted.map(({ beside }) => beside.externalId),
  );
  for (const { work, beside } of wanted) {
    const journal = journals.get(beside.externalId);
    if (journal === undefined) continue;
    const name = titleOf({ entity: 'JournalEntry', number: journal.DocNumber ?? journal.Id });
    if (!isAsPosted(beside, journal)) {
      const text = `was left in QuickBooks, because the journal of its fee was changed there${byWhom(journal)}. Delete ${name}, then undo again.`;
      leave(work, 'changed-there', text);
    } else if (closedThrough !== undefined && (journal.TxnDate ?? '') <= closedThrough) {
      const text = `was left in QuickBooks, because the journal of its fee is dated ${journal.TxnDate}, and the books are closed through ${closedThrough}. Reopen that period, then undo again.`;
      leave(work, 'closed-period', text);
    } else if (isDeposited(journal)) {
      const text = `was left in QuickBooks, because the journal of its fee is in a bank deposit. Remove ${name} from the deposit there, then undo again.`;
      leave(work, 'refused-by-target', text);
    } else found.set(work, journal);
  }
  return found;
}

/** Deletes the journals of payments that are gone. One that QuickBooks refuses to delete keeps its payment's item, so that the undo can be repeated. */
export async function deleteFeeJournals({ api }: QboSession, journals: FeeJournals): Promise<void> {
  const going = [...journals].filter(([{ outcome }]) => outcome?.status === 'undone' || outcome?.status === 'gone');
  if (going.length === 0) return;
  const answers = await api.batch(
    going.map(([{ item }, { Id, SyncToken }]) => ({
      ...{ bId: `${item.seq}`, operation: 'delete' as const, entity: 'JournalEntry' as const },
      body: { Id, SyncToken },
    })),
  );
  for (const [work, journal] of going) {
    const answer = answers.get(`${work.item.seq}`)!;
    if ('entity' in answer) continue;
    throwIfWhole(answer.fault, `undo the fee of payment ${numberOf(work.item.document)}`);
    if (verdictOf(answer.fault) === 'gone') continue;
    const title = titleOf({ entity: 'JournalEntry', number: journal.DocNumber ?? journal.Id });
    work.outcome = { status: 'left', seq: work.item.seq, problem: refusalOf(title, work.item.record, answer.fault) };
  }
}
