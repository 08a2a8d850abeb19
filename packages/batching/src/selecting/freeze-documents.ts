import {
  type BatchedRecord,
  type BatchedRef,
  type BuildContext,
  buildDocument,
  canonicalContent,
  type Document,
  type DocumentLimits,
  isTaxedByBooks,
  type PostedFacts,
  placeOf,
  postedFacts,
  refKey,
} from '@ledgerpost/core';
import {
  type ContextCache,
  claimedItems,
  dropItems,
  type FrozenItem,
  freezeItems,
  hashOf,
  loadBuildContext,
  type Range,
  type Sql,
  type WorkBatch,
} from '@ledgerpost/store';

/** What freezing needs to know about the target; carried with the batch, so that a plugin's new release never changes a running one. */
export interface FreezeTerms {
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
}

/**
 * Builds the documents of a range's records as they are now, and freezes them into their items. Items that turn out to
 * have nothing to send lose their claim and stay unbatched. Safe to repeat: what is frozen stays as it is.
 * Run it in a transaction.
 * @returns how many were frozen, and the records that were dropped
 */
export async function freezeDocuments(
  sql: Sql,
  batch: WorkBatch,
  range: Range,
  terms: FreezeTerms,
  cache?: ContextCache,
): Promise<{ frozen: number; dropped: readonly BatchedRef[] }> {
  const items = await claimedItems(sql, range);
  const refs = items.map((item) => item.ref);
  const { records, context } = await loadBuildContext(
    sql,
    {
      company: batch.company,
      settings: batch.settings,
      ...terms,
      target: batch.target,
      batchId: batch.id,
      ...(cache === undefined ? {} : { cache }),
    },
    refs,
  );
  const recordOf = new Map(records.map((record) => [refKey(record), record]));
  const frozen: FrozenItem[] = [];
  const dropped: number[] = [];
  for (const { seq, ref, operation } of items) {
    const record = recordOf.get(refKey(ref));
    const built = record === undefined ? undefined : buildDocument(record, operation, context);
    if (record === undefined || built === undefined || built.nothingToSend) {
      dropped.push(seq);
      continue;
    }
    frozen.push({
      seq,
      document: built.document,
      facts: factsOf(record, built.document, context),
      problems: built.problems,
    });
  }
  await freezeItems(sql, batch.id, frozen);
  return { frozen: frozen.length, dropped: await dropItems(sql, batch.id, dropped) };
}

/** The facts about a record's document that its posting keeps: what rules need when the record changes later. */
export function factsOf(record: BatchedRecord, document: Document, context: BuildContext): PostedFacts {
  const refunds = document.kind === 'payment' || document.kind === 'warning' ? context.refundsOf(record.id) : [];
  const facts = postedFacts(document, hashOf(canonicalContent(record)), refunds, context.posted(record));
  return isTaxedByBooks(document) ? { ...facts, place: hashOf(placeOf(document.shipTo)) } : facts;
}
