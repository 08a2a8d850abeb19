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
import type { ChunkAhead } from '../sending/files-ahead.ts';

/** What freezing needs to know about the target; carried with the batch, so that a plugin's new release never changes a running one. */
export interface FreezeTerms {
  readonly delivery: 'files' | 'push';
  readonly limits: DocumentLimits;
}

/** Called between pieces of a long computation: lets others use the event loop, and returns when it is its turn again. */
export type Pause = () => Promise<void>;

/** Runs work that writes: in a transaction of its own, or in the one that has read. */
export type Write = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/** Documents that are built without a pause: a millisecond at the most, since a request in between takes several turns. */
const PIECE = 8;

/** The claimed items of a range, with all that is read to build their documents. */
type Claimed = Awaited<ReturnType<typeof readClaimed>>;

async function readClaimed(sql: Sql, batch: WorkBatch, range: Range, terms: FreezeTerms, cache: ContextCache | undefined) {
  // Asked at once: Postgres has the next answer ready while the first one is read.
  const [items, posted] = await Promise.all([claimedItems(sql, range), postedOfClaimed(sql, range)]);
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
    items.map((item) => item.ref),
  );
  return { items, recordOf: new Map(records.map((record) => [refKey(record), record])), context };
}

type Judge = (document: Document, problems: readonly Problem[], seq: number) => Verdict;

/** What a chunk becomes: its frozen documents, and the items that turned out to have nothing to send. */
interface Built {
  readonly frozen: FrozenItems;
  readonly dropped: readonly number[];
}

async function build({ items, recordOf, context }: Claimed, judge?: Judge, pause?: Pause): Promise<Built> {
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
  return { frozen, dropped };
}

/** How many were frozen, and the records that were dropped. */
interface Outcome {
  readonly frozen: number;
  readonly dropped: readonly BatchedRef[];
}

async function keep(sql: Sql, batch: WorkBatch, { frozen, dropped }: Built): Promise<Outcome> {
  const count = await freezeItems(sql, batch.id, frozen);
  return { frozen: count, dropped: await dropItems(sql, batch.id, dropped) };
}

/**
 * Builds the documents of a range's records as they are now, and freezes them into their items. Items that turn out to
 * have nothing to send lose their claim and stay unbatched. Safe to repeat: what is frozen stays as it is.
 * Run it in a transaction.
 */
export async function freezeDocuments(
  sql: Sql,
  batch: WorkBatch,
  range: Range,
  terms: FreezeTerms,
  cache?: ContextCache,
): Promise<Outcome> {
  return keep(sql, batch, await build(await readClaimed(sql, batch, range, terms, cache)));
}

export interface JudgedAtOnce {
  readonly target: AnyTarget;
  readonly batch: WorkBatch;
  readonly range: Range;
  readonly terms: FreezeTerms;
  readonly chart: Chart | undefined;
  readonly cache?: ContextCache | undefined;
  /** Where others use the same process: called every few documents. */
  readonly pause?: Pause | undefined;
  /** The files that are written meanwhile. */
  readonly ahead?: ChunkAhead | undefined;
  /** Called at the end of the transaction, with the number of items that are done. */
  readonly isDone?: (sql: Sql, items: number) => Promise<unknown>;
}

/**
 * Freezes the documents of a range and judges them in the same pass, so that each is written once and not read again. Otherwise as
 * `freezeDocuments` and then `validateDocuments`, with the same outcome.
 * @param write begins the transaction that writes. Nothing is locked before, so what is read need not be a part of it: else a
 *   connection would wait for the files
 */
export async function freezeAndJudge(
  sql: Sql,
  { target, batch, range, terms, chart, cache, pause, ahead, isDone }: JudgedAtOnce,
  write: Write = (work) => work(sql),
): Promise<Outcome> {
  const claimed = await readClaimed(sql, batch, range, terms, cache);
  const size = range.toSeq - range.fromSeq + 1;
  const { judge, names } = judgeOf(target, batch, chart);
  const { add, sums } = summing();
  const judged = (document: Document, problems: readonly Problem[], seq: number): Verdict => {
    const verdict = judge(document, problems);
    if (verdict.rejected) return verdict;
    add(document);
    ahead?.give(seq, document, verdict.problems.length, () => target.export(document, chart, batch.settings));
    return verdict;
  };
  // If another attempt froze some of its items, this one does not have all documents of the chunk for the files.
  await ahead?.begins(claimed.items.length === size);
  const built = await build(claimed, judged, ahead === undefined ? pause : () => ahead.room());
  ahead?.built();
  const done = await write(async (tx) => {
    const kept = await keep(tx, batch, built);
    const items = kept.frozen + kept.dropped.length;
    // Sent at once: each answer that is waited for may have to wait for another chunk that is built.
    await Promise.all([rememberNames(tx, batch.id, names()), items === size && keepSums(tx, range, sums()), isDone?.(tx, items)]);
    return kept;
  });
  await ahead?.stored(done.frozen + done.dropped.length === size);
  return done;
}

/** The facts about a record's document that its posting keeps: what rules need when the record changes later. */
export function factsOf(record: BatchedRecord, document: Document, context: BuildContext): PostedFacts {
  const refunds = document.kind === 'payment' || document.kind === 'warning' ? context.refundsOf(record.id) : [];
  const facts = postedFacts(document, context.contentHash!(record), refunds, context.posted(record));
  return isTaxedByBooks(document) ? { ...facts, place: hashOf(placeOf(document.shipTo)) } : facts;
}
