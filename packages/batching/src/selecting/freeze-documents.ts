import {
  type AnyTarget,
  type BatchedRecord,
  type BatchedRef,
  type BuildContext,
  buildDocument,
  type Chart,
  type Document,
  type DocumentLimits,
  isTaxedByBooks,
  type PostedFacts,
  type Problem,
  placeOf,
  postedFacts,
  refKey,
} from '@ledgerpost/core';
import {
  type ContextCache,
  claimedItems,
  dropItems,
  FrozenItems,
  freezeItems,
  hashOf,
  keepSums,
  loadBuildContext,
  postedOfClaimed,
  type Range,
  rememberNames,
  type Sql,
  type WorkBatch,
} from '@ledgerpost/store';
import { judgeOf, type Verdict } from '../judging/judge.ts';
import { summing } from '../judging/sum-documents.ts';
import { PayloadAhead } from '../sending/files-ahead.ts';

/** What freezing needs to know about the target; carried with the batch, so that a plugin's new release never changes a running one. */
export interface FreezeTerms {
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
}

/** Called between pieces of a long computation: lets others use the event loop, and returns when it is its turn again. */
export type Pause = () => Promise<void>;

/** Documents that are built without a pause: a millisecond at the most, since a request in between takes several turns. */
const PIECE = 8;

/**
 * Builds the documents of a range's records as they are now, and freezes them into their items. Items that turn out to
 * have nothing to send lose their claim and stay unbatched. Safe to repeat: what is frozen stays as it is.
 * Run it in a transaction.
 * @param judge judges each document in the same pass: then its item becomes `ready` or `rejected` at once
 * @param pause where others use the same process: called every few documents
 * @returns how many were frozen, and the records that were dropped
 */
export async function freezeDocuments(
  sql: Sql,
  batch: WorkBatch,
  range: Range,
  terms: FreezeTerms,
  cache?: ContextCache,
  judge?: (document: Document, problems: readonly Problem[], seq: number) => Verdict,
  pause?: Pause,
): Promise<{ frozen: number; dropped: readonly BatchedRef[] }> {
  // Asked at once: Postgres has the next answer ready while the first one is read.
  const [items, posted] = await Promise.all([claimedItems(sql, range), postedOfClaimed(sql, range)]);
  const refs = items.map((item) => item.ref);
  const { records, context } = await loadBuildContext(
    sql,
    {
      company: batch.company,
      settings: batch.settings,
      ...terms,
      target: batch.target,
      batchId: batch.id,
      posted,
      records: new Map(items.flatMap(({ ref, record }) => (record === null ? [] : [[refKey(ref), record] as const]))),
      ...(cache === undefined ? {} : { cache }),
    },
    refs,
  );
  const recordOf = new Map(records.map((record) => [refKey(record), record]));
  const frozen = new FrozenItems(items.length);
  const dropped: number[] = [];
  for (const [at, { seq, ref, operation }] of items.entries()) {
    if (pause !== undefined && at % PIECE === 0) await pause();
    const record = recordOf.get(refKey(ref));
    const built = record === undefined ? undefined : buildDocument(record, operation, context);
    if (record === undefined || built === undefined || built.nothingToSend) {
      dropped.push(seq);
      continue;
    }
    const { document, problems } = built;
    const facts = factsOf(record, document, context);
    if (judge === undefined) frozen.add({ seq, document, facts, problems });
    else {
      const verdict = judge(document, problems, seq);
      const state = verdict.rejected ? 'rejected' : 'ready';
      frozen.add({ seq, state, document, facts, problems: verdict.problems });
    }
  }
  const count = await freezeItems(sql, batch.id, frozen);
  return { frozen: count, dropped: await dropItems(sql, batch.id, dropped) };
}

/**
 * Freezes the documents of a range and judges them in the same pass, so that each is written once and not read again. Otherwise as
 * `freezeDocuments` and then `validateDocuments`, with the same outcome.
 * @param isAhead whether the files are written meanwhile: then it returns what goes into them, if all of the range was frozen here
 * @param isDone called at the end of the transaction, with the number of items that are done
 */
export async function freezeAndJudge(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  terms: FreezeTerms,
  chart: Chart | undefined,
  cache?: ContextCache,
  pause?: Pause,
  isAhead = false,
  isDone?: (items: number) => Promise<unknown>,
): Promise<{ frozen: number; dropped: readonly BatchedRef[]; payloads: readonly PayloadAhead[] | undefined }> {
  const { judge, names } = judgeOf(target, batch, chart);
  let payloads: PayloadAhead[] | undefined = isAhead ? [] : undefined;
  const { add, sums } = summing();
  const judged = (document: Document, problems: readonly Problem[], seq: number): Verdict => {
    const verdict = judge(document, problems);
    if (verdict.rejected) return verdict;
    add(document);
    try {
      if (payloads !== undefined) {
        const payload = target.export(document, chart, batch.settings);
        payloads.push(new PayloadAhead(batch, seq, document, payload, verdict.problems.length));
      }
    } catch {
      // A fault of the target: the step that exports meets it again, and reports it as one.
      payloads = undefined;
    }
    return verdict;
  };
  const done = await freezeDocuments(sql, batch, range, terms, cache, judged, pause);
  const items = done.frozen + done.dropped.length;
  const isWhole = items === range.toSeq - range.fromSeq + 1;
  // Sent at once: each answer that is waited for may have to wait for another chunk that is built.
  await Promise.all([rememberNames(sql, batch.id, names()), isWhole && keepSums(sql, range, sums()), isDone?.(items)]);
  return { ...done, payloads: isWhole ? payloads : undefined };
}

/** The facts about a record's document that its posting keeps: what rules need when the record changes later. */
export function factsOf(record: BatchedRecord, document: Document, context: BuildContext): PostedFacts {
  const refunds = document.kind === 'payment' || document.kind === 'warning' ? context.refundsOf(record.id) : [];
  const facts = postedFacts(document, context.contentHash!(record), refunds, context.posted(record));
  return isTaxedByBooks(document) ? { ...facts, place: hashOf(placeOf(document.shipTo)) } : facts;
}
