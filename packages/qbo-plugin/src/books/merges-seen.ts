import type { PostedItem, ReadOutcome, SameIds } from '@ledgerpost/core';
import type { Entity } from '../api/entities.ts';
import { fetchNames } from '../names/list-names.ts';
import type { QboSession } from '../session.ts';
import { idsOf } from './same-ids.ts';

/** A customer or an item that the books merged into another, as a posted document shows it. */
export type Merged = NonNullable<Extract<ReadOutcome, { status: 'same' }>['merged']>[number];

/**
 * The merges that posted documents show and that nobody has accepted yet: a document has another customer or item than it was posted
 * with, and the former one is no longer in the books or inactive. QuickBooks itself does not report merges.
 */
export async function mergesSeen(
  session: QboSession,
  items: readonly PostedItem[],
  found: readonly (Entity | undefined)[],
): Promise<readonly (readonly Merged[])[]> {
  const moves = items.map((item, at) => movesIn(item, found[at]));
  const gone = new Set<string>();
  for (const kind of ['customer', 'item'] as const) {
    const ids = new Set(moves.flat().flatMap((one) => (one.kind === kind ? [one.from] : [])));
    if (ids.size === 0) continue;
    const held = await fetchNames(session, kind, [...ids]);
    const active = new Set(held.filter((one) => one.active).map(({ externalId }) => externalId));
    for (const id of ids) if (!active.has(id)) gone.add(`${kind}/${id}`);
  }
  return moves.map((list) => list.filter(({ kind, from }) => gone.has(`${kind}/${from}`)));
}

/** Where a document's customer and items in the books have other ids than it was posted with. */
function movesIn({ document, references, sameIds }: PostedItem, entity: Entity | undefined): readonly Merged[] {
  if (entity === undefined || references === undefined) return [];
  const ids = idsOf(sameIds);
  const moves = new Map<string, Merged>();
  const compare = (kind: Merged['kind'], posted: string | undefined, held: { value?: string; name?: string } | undefined) => {
    if (posted === undefined || held?.value === undefined) return;
    if (ids.survivor(kind, posted) === ids.survivor(kind, held.value)) return;
    moves.set(`${kind}/${posted}`, { kind, from: posted, to: held.value, name: held.name ?? held.value });
  };
  if (document.customer !== undefined) {
    const onLine = entity.Line?.map((line) => line.JournalEntryLineDetail?.Entity?.EntityRef).find((ref) => ref !== undefined);
    compare('customer', references[`customer/${document.customer.id}`], entity.CustomerRef ?? onLine);
  }
  if (document.kind === 'invoice' || document.kind === 'creditMemo') {
    const lines = (entity.Line ?? []).filter((line) => line.DetailType === 'SalesItemLineDetail');
    if (lines.length !== document.lines.length) return [...moves.values()];
    for (const [at, { item }] of document.lines.entries()) {
      compare('item', references[`item/${item.key ?? item.name}`], lines[at]!.SalesItemLineDetail?.ItemRef);
    }
  }
  return [...moves.values()];
}

/** The accepted merges, and those that were seen. */
export function withMerges(accepted: SameIds | undefined, seen: readonly Merged[]): SameIds | undefined {
  if (seen.length === 0) return accepted;
  const all: Record<Merged['kind'], Record<string, string>> = {
    customer: { ...accepted?.customer },
    item: { ...accepted?.item },
  };
  for (const { kind, from, to } of seen) all[kind][from] = to;
  return all;
}
