import type { Changes, DocumentKind, NamePage } from '@ledgerpost/core';
import type { Changed } from '../api/client.ts';
import type { Kind } from '../api/entities.ts';
import { candidateOf } from '../names/candidates.ts';
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
 * which objects an answer leaves out is not documented. Changed customers and items come along, unless there are too many.
 */
export async function changesSince({ api, context }: QboSession, since: number): Promise<Changes> {
  // The limit is by QuickBooks' clock, but before the first answer only ours is known.
  if (context.now() - since > LOOK_BACK_MS) return { documents: [], untold: Object.values(KINDS), through: context.now() };
  const first = await api.changes([...ALL, 'Customer', 'Item'], since);
  if (!first.isFull) return { documents: first.rows.flatMap(named), untold: [], names: namesIn(first), through: first.at };
  const documents: Changes['documents'][number][] = [];
  const untold: DocumentKind[] = [];
  for (const kind of ALL) {
    const { rows, isFull } = await api.changes([kind], since);
    if (!isFull) documents.push(...rows.flatMap(named));
    else untold.push(KINDS[kind]);
  }
  // A change between two of these requests is found by the next check.
  return { documents, untold, through: first.at };
}

type Row = Changed['rows'][number];

function named({ kind, id }: Row): Changes['documents'] {
  return kind === 'Customer' || kind === 'Item' ? [] : [{ kind: KINDS[kind], externalId: id }];
}

function namesIn({ rows }: Changed): readonly NamePage[] {
  return (['customer', 'item'] as const).map((kind): NamePage => {
    const changed = rows.filter((row) => row.kind === (kind === 'customer' ? 'Customer' : 'Item'));
    const gone = changed.filter(({ entity }) => entity.status === 'Deleted').map(({ id }) => id);
    const names = changed.filter(({ entity }) => entity.status !== 'Deleted').map(({ entity }) => candidateOf(entity));
    return gone.length === 0 ? { kind, names } : { kind, names, gone };
  });
}
