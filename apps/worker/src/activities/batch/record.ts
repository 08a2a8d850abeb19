import { type BatchSummary, endBatch, recordBatch } from '@ledgerpost/batching';
import { countStates, documentsPer, knowPostings, raiseFence, savedTotals, shownItems, type WorkBatch } from '@ledgerpost/store';
import type { BatchEnd, BatchReport, CoreActivities } from '@ledgerpost/workflows/activities';
import { itemOutcomes } from '../../metrics/metrics.ts';
import { batchAnd, type WorkerDeps } from '../verb.ts';
import { inWords } from './in-words.ts';
import { behind, isBehind, isRecorded, needRowsToSeal, needState, undoneBefore } from './need-rows.ts';
import { inTrouble, showing, TROUBLED } from './showing.ts';

/** Seals a batch after its push. */
export function record(deps: WorkerDeps): CoreActivities['record'] {
  return async ({ batchId }) => {
    const { batch } = await batchAnd(deps, batchId, undoneBefore('record'));
    if (isRecorded(batch)) return reportOf(deps, batch, await endedAs(deps, batch));
    // A batch that somebody canceled leaves documents unsent. One whose rows were not pushed yet has not come here.
    needState(batch, ['pushing', 'held', 'recording'], 'record');
    if (batch.cancelRequestedBy === null) await needRowsToSeal(deps.store.sql, batch);
    // A push of calls is fenced off first. Files are delivered whole, so their batch has nothing to stop.
    if (batch.filed === null) await raiseFence(deps.store.sql, batchId);
    const summary = await deps.store.sql.begin((sql) => recordBatch(sql, batch, { raisesFence: batch.filed !== null }));
    if (summary.states.posted !== undefined) await knowPostings(deps.store);
    return reportOf(deps, batch, summary);
  };
}

/** Ends a batch before its push, or after a failure. */
export function finish(deps: WorkerDeps): CoreActivities['finish'] {
  return async ({ batchId, end, reason }) => {
    const { batch } = await batchAnd(deps, batchId);
    if (isBehind(reason)) throw behind(batchId, 'finish');
    await raiseFence(deps.store.sql, batchId);
    const summary = await deps.store.sql.begin((sql) => endBatch(sql, batch, end, reason));
    return reportOf(deps, batch, summary);
  };
}

async function endedAs({ store }: WorkerDeps, { id, state }: WorkBatch): Promise<BatchSummary> {
  return { end: state, states: documentsPer(await countStates(store.sql, id)) };
}

async function reportOf(deps: WorkerDeps, batch: WorkBatch, summary: BatchSummary): Promise<BatchReport> {
  const saved = summary.totals ?? (await savedTotals(deps.store.sql, batch.id));
  for (const [outcome, documents] of Object.entries(summary.states))
    itemOutcomes.inc({ target: batch.target, outcome }, documents);
  const totals = Object.entries(saved?.operations ?? {}).map(([operation, count]) => [operation, inWords(batch, count)]);
  const all = { batchId: batch.id, fromSeq: 1, toSeq: batch.plan?.items ?? 0 };
  const documents = inTrouble(summary.states) === 0 ? undefined : await shownItems(deps.store.sql, all, TROUBLED);
  return { end: summary.end as BatchEnd, states: summary.states, totals: Object.fromEntries(totals), ...showing(documents) };
}
