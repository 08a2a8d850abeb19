import { numberOf, type PostedItem, type ProblemCode, problem, type UndoOutcome } from '@ledgerpost/core';
import type { Order } from '../api/client.ts';
import type { Body, Entity, Kind } from '../api/entities.ts';
import { coversOf, readVersion, versionOf } from '../books/content.ts';
import { kindIn } from '../books/read-back.ts';
import { type Ids, idsOf } from '../books/same-ids.ts';
import { titleOf } from '../payload/explain.ts';

/** One posted item that is being taken back. It ends with an outcome, with or without an order sent to QuickBooks. */
export interface UndoWork {
  readonly item: PostedItem;
  readonly kind: Kind;
  readonly title: string;
  /** The item was an update: undoing it puts the former content back instead of deleting the transaction. */
  readonly restores: boolean;
  readonly ids: Ids;
  /** For an undone update: the content to write back. */
  former?: Body;
  order?: Order;
  outcome?: UndoOutcome;
}

/** Starts the work on one item. A void already has its outcome: it can't be undone. */
export function begin(item: PostedItem): UndoWork {
  const kind = kindIn(item.document);
  const restores = item.operation.endsWith('.update');
  const title = titleOf({ entity: kind, number: numberOf(item.document) });
  const work: UndoWork = { item, kind, title, restores, ids: idsOf(item.sameIds) };
  if (item.operation === 'invoice.void') {
    leave(
      work,
      'refused-by-target',
      'was voided, and QuickBooks can’t undo a void. If the invoice is still needed, enter it again in QuickBooks.',
    );
  }
  return work;
}

/** The items that have no outcome yet. */
export function pending(works: readonly UndoWork[]): readonly UndoWork[] {
  return works.filter(({ outcome }) => outcome === undefined);
}

/** Leaves the transaction in QuickBooks as it is, with a sentence that gives the reason. */
export function leave(work: UndoWork, code: ProblemCode, text: string): void {
  const found = problem(code, work.item.record, `${work.title} ${text}`);
  work.outcome = { status: 'left', seq: work.item.seq, problem: found };
}

/** The version of the transaction after its former content is back, covering the members that the former posting covered. */
export function formerVersion({ item, kind }: UndoWork, entity: Entity, body: Body): string {
  return versionOf(kind, entity, readVersion(item.former?.receipt.externalVersion)?.covers ?? coversOf(body));
}
