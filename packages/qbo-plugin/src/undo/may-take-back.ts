import type { Entity } from '../api/entities.ts';
import { isDeposited } from '../applying/release.ts';
import { holds, isUnchanged, readVersion, versionOf } from '../books/content.ts';
import { byId } from '../books/look-up.ts';
import { linkOf } from '../books/merge.ts';
import { byWhom } from '../payload/explain.ts';
import { isMarked, isOurs, storedMarker } from '../payload/texts.ts';
import type { QboSession } from '../session.ts';
import { findFormerBodies } from './former-content.ts';
import { formerVersion, leave, type UndoWork } from './undo-work.ts';

/**
 * Judges an item by its transaction alone. An item that may not be taken back gets its outcome here.
 * @returns `changed` if the transaction no longer holds what was posted; `judgeChanged` decides about those
 */
export function judge(work: UndoWork, fresh: Entity | undefined, closedThrough: string | undefined): 'judged' | 'changed' {
  const { item, kind, restores } = work;
  const version = readVersion(item.receipt.externalVersion);
  const foreign = (fresh?.LinkedTxn ?? []).find(({ TxnType }) => TxnType !== 'Payment' && TxnType !== 'Deposit');
  if (fresh === undefined) {
    work.outcome = { status: 'gone', seq: item.seq };
  } else if (!restores && !isMarked(fresh.PrivateNote, storedMarker(item.document.marker))) {
    const text =
      'is not marked as posted by Ledgerpost, so it was left in QuickBooks. If it should not be there, delete it in QuickBooks.';
    leave(work, 'changed-there', text);
  } else if (version === undefined || !isUnchanged(kind, fresh, version, work.ids)) {
    if (!restores || !isFormer(work, fresh)) return 'changed';
  } else if (closedThrough !== undefined && (fresh.TxnDate ?? '') <= closedThrough) {
    const text = `is dated ${fresh.TxnDate}, and the books are closed through ${closedThrough}. Reopen that period, then undo again.`;
    leave(work, 'closed-period', text);
  } else if (isDeposited(fresh)) {
    const text = 'is in a bank deposit, so it was left in QuickBooks. Remove it from the deposit there, then undo again.';
    leave(work, 'refused-by-target', text);
  } else if (!restores && foreign !== undefined) {
    const text = `is linked in QuickBooks to ${foreign.TxnType} ${foreign.TxnId}, which Ledgerpost did not post, so it was left there. Unlink the two in QuickBooks, then undo again.`;
    leave(work, 'refused-by-target', text);
  }
  return 'judged';
}

/**
 * Decides about transactions that no longer hold what was posted. Either a person changed them, or an earlier attempt of this undo
 * did, and its answer was lost. That attempt wrote the former content with the ids of that day, which may be others than it was
 * posted with if a customer was renamed.
 */
export async function judgeChanged(
  session: QboSession,
  works: readonly UndoWork[],
  fresh: ReadonlyMap<string, Entity>,
): Promise<void> {
  await findFormerBodies(
    session,
    works.filter(({ kind, restores }) => restores && kind !== 'Payment'),
  );
  for (const work of works) {
    const { kind, item, former } = work;
    const one = fresh.get(item.receipt.externalId)!;
    if (former !== undefined && holds(kind, one, former, work.ids)) {
      work.outcome = { status: 'gone', seq: item.seq, externalVersion: formerVersion(work, one, former) };
      continue;
    }
    const text = `was changed in QuickBooks since it was posted${byWhom(one)}, so it was left there. Delete or correct it in QuickBooks.`;
    leave(work, 'changed-there', text);
  }
}

/** Whether the transaction already holds its former content, because this undo ran before. The item has its outcome then. */
function isFormer(work: UndoWork, fresh: Entity): boolean {
  const { item, kind } = work;
  const version = readVersion(item.former?.receipt.externalVersion);
  if (version === undefined || !isUnchanged(kind, fresh, version, work.ids)) return false;
  work.outcome = { status: 'gone', seq: item.seq, externalVersion: versionOf(kind, fresh, version.covers) };
  return true;
}

/**
 * Leaves payments that a person applied to transactions of their own.
 * @returns the invoices that any of the payments is applied to, by id
 */
export async function judgeLinks(
  { api }: QboSession,
  works: readonly UndoWork[],
  fresh: ReadonlyMap<string, Entity>,
): Promise<Map<string, Entity>> {
  const linked = works.flatMap(({ item }) =>
    (fresh.get(item.receipt.externalId)?.Line ?? []).flatMap((line) => linkOf(line) ?? []),
  );
  const invoices = new Map(
    await byId(
      api,
      'Invoice',
      linked.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => TxnId),
    ),
  );
  for (const work of works) {
    const one = fresh.get(work.item.receipt.externalId);
    const foreign = (one?.Line ?? [])
      .map(linkOf)
      .find((link) => link !== undefined && !(link.TxnType === 'Invoice' && isOurs(invoices.get(link.TxnId)?.PrivateNote)));
    if (foreign === undefined) continue;
    const number = invoices.get(foreign.TxnId)?.DocNumber ?? foreign.TxnId;
    leave(
      work,
      'refused-by-target',
      `is applied in QuickBooks to ${foreign.TxnType} ${number}, which Ledgerpost did not post, so it was left there. Unapply the payment in QuickBooks, then undo again.`,
    );
  }
  return invoices;
}
