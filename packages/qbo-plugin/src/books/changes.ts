import type { Changes, DocumentKind } from '@ledgerpost/core';
import type { Kind } from '../api/entities.ts';
import { CHANGES_PER_ANSWER } from '../api/limits.ts';
import type { QboSession } from '../session.ts';

const KINDS: Readonly<Record<Kind, DocumentKind>> = {
  Invoice: 'invoice',
  Payment: 'payment',
  CreditMemo: 'creditMemo',
  JournalEntry: 'journal',
};
const ALL = Object.keys(KINDS) as readonly Kind[];

/** QuickBooks looks back 30 days; whether to the second, and by whose clock, nobody says. */
const LOOK_BACK_MS = 30 * 86_400_000 - 3_600_000;

/**
 * What changed or was deleted since an instant. An answer holds 1,000 objects, shared by the kinds that were asked for: one that is
 * full is asked for again, kind by kind. A kind that fills an answer alone can't be told: the window has no end that could be
 * drawn nearer, and which thousand an answer leaves out is not documented.
 */
export async function changesSince({ api, context }: QboSession, since: number): Promise<Changes> {
  // Both limits by the service's clock, but before it was ever asked there is only ours.
  if (context.now() - since > LOOK_BACK_MS) return { documents: [], untold: Object.values(KINDS), through: context.now() };
  const first = await api.changes(ALL, since);
  if (first.rows.length < CHANGES_PER_ANSWER) return { documents: first.rows.map(named), untold: [], through: first.at };
  const documents: Changes['documents'][number][] = [];
  const untold: DocumentKind[] = [];
  for (const kind of ALL) {
    const { rows } = await api.changes([kind], since);
    if (rows.length < CHANGES_PER_ANSWER) documents.push(...rows.map(named));
    else untold.push(KINDS[kind]);
  }
  // What changes between two of the questions is in the next look.
  return { documents, untold, through: first.at };
}

function named({ kind, id }: { readonly kind: Kind; readonly id: string }): Changes['documents'][number] {
  return { kind: KINDS[kind], externalId: id };
}
