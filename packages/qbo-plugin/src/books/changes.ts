import type { Changes, DocumentKind } from '@ledgerpost/core';
import type { Kind } from '../api/entities.ts';
import type { QboSession } from '../session.ts';

const KINDS: Readonly<Record<Kind, DocumentKind>> = {
  Invoice: 'invoice',
  Payment: 'payment',
  CreditMemo: 'creditMemo',
  JournalEntry: 'journal',
};
const ALL = Object.keys(KINDS) as readonly Kind[];

/** QuickBooks reports changes of the last 30 days. It does not document whether to the second, or by which clock. */
const LOOK_BACK_MS = 30 * 86_400_000 - 3_600_000;

/**
 * What changed or was deleted since an instant. An answer holds 1,000 objects, shared by the requested kinds. If it is full, we ask
 * again for each kind. A kind that fills an answer by itself is not reported: the window has no end that could be moved closer, and
 * which objects an answer leaves out is not documented.
 */
export async function changesSince({ api, context }: QboSession, since: number): Promise<Changes> {
  // The limit is by QuickBooks' clock, but before the first answer only ours is known.
  if (context.now() - since > LOOK_BACK_MS) return { documents: [], untold: Object.values(KINDS), through: context.now() };
  const first = await api.changes(ALL, since);
  if (!first.isFull) return { documents: first.rows.map(named), untold: [], through: first.at };
  const documents: Changes['documents'][number][] = [];
  const untold: DocumentKind[] = [];
  for (const kind of ALL) {
    const { rows, isFull } = await api.changes([kind], since);
    if (!isFull) documents.push(...rows.map(named));
    else untold.push(KINDS[kind]);
  }
  // A change between two of these requests is found by the next check.
  return { documents, untold, through: first.at };
}

function named({ kind, id }: { readonly kind: Kind; readonly id: string }): Changes['documents'][number] {
  return { kind: KINDS[kind], externalId: id };
}
