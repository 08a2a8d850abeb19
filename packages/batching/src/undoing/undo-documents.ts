import {
  type AnyTarget,
  describe,
  openTarget,
  type PostedItem,
  problem,
  type Receipt,
  type TargetContext,
  type UndoOutcome,
} from '@ledgerpost/core';
import {
  lockCompany,
  type Range,
  refuseItems,
  relatedTo,
  type Sql,
  type StandingItem,
  type Store,
  type StoredReceipt,
  saveMoved,
  standingItems,
  unpostItems,
  type WorkBatch,
} from '@ledgerpost/store';
import { chartOf } from '../judging/chart-of.ts';
import { postedIds, sameIdsOf } from '../linking/posted-ids.ts';
import { refreshRecords } from '../recording/refresh-records.ts';

/** Releases the postings of a range in the store: all that an undo can do if a person removes the documents. Run it in a transaction. */
export async function releasePostings(sql: Sql, batch: WorkBatch, range: Range): Promise<void> {
  await lockCompany(sql, batch.company.id);
  await refreshRecords(sql, batch, await unpostItems(sql, range, 'all'));
}

/** Undoes the items of a range at a target that can, newest first; what the target leaves alone keeps its posting, with a problem. */
export async function takeBackDocuments(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  range: Range,
): Promise<{ undone: number; left: number }> {
  if (target.undo.by !== 'target')
    throw new Error(`The target ${target.id} can’t undo documents; a person does it in the books.`);
  const items = await standingItems(store.sql, range);
  if (items.length === 0) return { undone: 0, left: 0 };
  const session = openTarget(target, batch.settings, context);
  const posted = await postedItems(store.sql, target, batch, items);
  const theirs = await stillTheirs(target, session, items, posted);
  const books = { companyId: batch.company.id, target: batch.target };
  const related = await relatedTo(
    store.sql,
    books,
    posted.map((one) => ({ ...one, former: one.former?.document ?? null })),
  );
  const ours = posted.filter(({ seq }) => !theirs.has(seq)).map((one) => ({ ...one, ...related.get(one.seq) }));
  const chart = await chartOf(store.sql, target, batch);
  const taken = ours.length === 0 ? [] : await target.undo.takeBack(session, ours, chart);
  const outcomes: readonly UndoOutcome[] = [
    ...taken,
    ...items.filter(({ seq }) => theirs.has(seq)).map((item) => leftToThem(item, batch)),
  ];
  const undone = outcomes.flatMap((o) => (o.status === 'left' ? [] : [{ seq: o.seq, externalVersion: o.externalVersion }]));
  const left = outcomes.flatMap((o) => (o.status === 'left' ? [{ seq: o.seq, state: 'left' as const, problem: o.problem }] : []));
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, batch.company.id);
    await refuseItems(sql, batch.id, left);
    if (undone.length > 0) await refreshRecords(sql, batch, await unpostItems(sql, range, undone));
    const moved = outcomes.flatMap((outcome) => ('moved' in outcome ? (outcome.moved ?? []) : []));
    await saveMoved(sql, books, moved);
  });
  return { undone: undone.length, left: left.length };
}

/** The documents that a person changed in the books, whose version somebody kept, and that are still there. To the target they look like ours. */
async function stillTheirs(
  target: AnyTarget,
  session: unknown,
  items: readonly StandingItem[],
  posted: readonly PostedItem[],
): Promise<ReadonlySet<number>> {
  const kept = new Set(items.filter(({ theirs }) => theirs === true).map(({ seq }) => seq));
  if (kept.size === 0 || target.readback.by !== 'target') return kept;
  const outcomes = await target.readback.read(
    session,
    posted.filter(({ seq }) => kept.has(seq)),
  );
  return new Set(outcomes.filter(({ status }) => status !== 'gone').map(({ seq }) => seq));
}

function leftToThem({ seq, document }: StandingItem, { company }: WorkBatch): UndoOutcome {
  const text = `${describe(document, company.currency)} was changed in the books since it was posted, and somebody kept that version. The undo left it there. Delete or correct it in the books.`;
  return { status: 'left', seq, problem: problem('changed-there', document.record, text) };
}

/** Posted items as targets accept them, with the ids that they were posted with, and the ids that count as one. */
export async function postedItems(
  sql: Sql,
  target: AnyTarget,
  batch: Pick<WorkBatch, 'company' | 'target' | 'connectionId' | 'settings'>,
  items: readonly StandingItem[],
): Promise<readonly PostedItem[]> {
  const own = await postedIds(sql, target, batch, items);
  const former = await postedIds(
    sql,
    target,
    batch,
    items.map(({ formerBatchId, formerIds, formerDocument }) => ({
      ...{ batchId: formerBatchId, ids: formerIds, document: formerDocument },
    })),
  );
  const sameIds = items.length === 0 ? undefined : await sameIdsOf(sql, batch);
  return items.map((item, at) => postedItem(item, own[at], former[at], sameIds));
}

function postedItem(
  item: StandingItem,
  references: PostedItem['references'],
  formerReferences: PostedItem['references'],
  sameIds: PostedItem['sameIds'],
): PostedItem {
  return {
    seq: item.seq,
    record: item.document.record,
    operation: item.document.operation,
    key: item.key,
    document: item.document,
    receipt: receiptOf(item.externalId, item.externalVersion, item.receipt),
    ...(references === undefined ? {} : { references }),
    ...(sameIds === undefined ? {} : { sameIds }),
    ...(item.formerDocument === null || item.formerExternalId === null
      ? {}
      : {
          former: {
            document: item.formerDocument,
            receipt: receiptOf(item.formerExternalId, item.formerExternalVersion, item.formerReceipt),
            ...(formerReferences === undefined ? {} : { references: formerReferences }),
          },
        }),
  };
}

function receiptOf(externalId: string, version: string | null, kept: StoredReceipt | null): Receipt {
  return { externalId, ...(version === null ? {} : { externalVersion: version }), ...kept } as Receipt;
}
