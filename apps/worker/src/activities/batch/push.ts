import { deliverFiles, inOnePass, needSameBooks, type PushTerms, pushDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import {
  advance,
  hasItemsIn,
  type Range,
  readOrders,
  saveCounts,
  shownItems,
  standingCount,
  type WorkBatch,
} from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { itemsDone } from '../../metrics/metrics.ts';
import { atTarget, batchAnd, mayWorkSoonAt, mayWrite, needWrites, showingWaits, type WorkerDeps } from '../verb.ts';
import { enterStep } from './enter-step.ts';
import { inWords } from './in-words.ts';
import { isRecorded, needFiles, needRows, undoneBefore } from './need-rows.ts';
import { showing, TROUBLED } from './showing.ts';
import { workerStopped } from './worker-stopped.ts';

/** Posts a chunk of one stage: each outcome is written together with its posting. */
export function push(deps: WorkerDeps, target: AnyTarget): TargetActivities['push'] {
  const standingIn = async (range: Range, batch: WorkBatch) => inWords(batch, await standingCount(deps.store.sql, range));

  return async ({ batchId, fromSeq, toSeq, stage }) => {
    const range = { batchId, fromSeq, toSeq };
    const { batch } = await batchAnd(deps, batchId, undoneBefore(inOnePass(target) ? 'files' : 'push', range));
    if (inOnePass(target)) await needFiles(deps.store.sql, batch);
    else needRows(batch, 'push');
    if (target.delivery.by === 'files' && isRecorded(batch)) {
      return { sent: toSeq - fromSeq + 1, total: await standingIn(range, batch), cancel: false };
    }
    const isDone = await enterStep(deps.store, batch, range, {
      to: batch.state === 'pushing' ? undefined : 'pushing',
      // A batch goes on hold out of its push, so it is in it before anything can put it on hold.
      isOneTransaction: target.delivery.by === 'files' && mayWrite(deps),
    });
    needWrites(deps);
    // Files contain all of the batch or none of it: once the first document is delivered, all are.
    if (target.delivery.by === 'files') {
      const sent = toSeq - fromSeq + 1;
      await deliverFiles(deps.store, batch, range, (sql) => isDone(sql, sent));
      itemsDone.inc({ target: target.id, step: 'push' }, sent);
      const [documents, total] = await Promise.all([
        shownItems(deps.store.sql, range, [], ['posted', 'listed']),
        standingIn(range, batch),
      ]);
      return { sent, total, cancel: false, ...showing(documents) };
    }
    // If somebody canceled, a call that a dead worker left behind is still settled, and nothing more is sent.
    let stop = batch.cancelRequestedBy !== null;
    const { cancellationSignal } = Context.current();
    const terms: PushTerms = {
      stage,
      fence: batch.fence,
      // An open batch has been fenced off only if it lost its workflow, perhaps because the database was restored: then what it
      // sends may be in the books already.
      checkFirst: deps.writes === 'check-first' || batch.fence > 0,
      mayWorkSoon: () => mayWorkSoonAt(deps, target, batch),
      stopRequested: () => stop || cancellationSignal.aborted,
      onProgress: async (items) => {
        itemsDone.inc({ target: target.id, step: 'push' }, items);
        await advance(deps.store.sql, batchId, items);
        stop = (await readOrders(deps.store.sql, batchId)).cancel;
      },
    };
    const { sent } = await showingWaits(deps, batchId, () =>
      atTarget(deps, target, batch, async (context) => {
        await needSameBooks(deps.store, target, context, batch);
        return pushDocuments(deps.store, target, context, batch, range, terms);
      }),
    );
    const stopped = workerStopped(cancellationSignal);
    if (stopped !== undefined && !stop && (await hasItemsIn(deps.store.sql, range, ['exported', 'sending']))) throw stopped;
    await saveCounts(deps.store.sql, batchId);
    const documents = await shownItems(deps.store.sql, range, [...TROUBLED, 'sending'], ['posted']);
    return { sent, total: await standingIn(range, batch), cancel: stop, ...showing(documents) };
  };
}
