import { deliverFiles, pushDocuments } from '@ledgerpost/batching';
import type { AnyTarget } from '@ledgerpost/core';
import { advance, moveBatch, readOrders, saveCounts } from '@ledgerpost/store';
import type { TargetActivities } from '@ledgerpost/workflows/activities';
import { Context } from '@temporalio/activity';
import { itemsDone } from '../metrics.ts';
import { batchAnd, type Hands, targetContext } from '../verb.ts';

/** Posts a chunk of one stage: each outcome is written together with its posting. */
export function push(hands: Hands, target: AnyTarget): TargetActivities['push'] {
  return async ({ batchId, fromSeq, toSeq, stage }) => {
    const { batch, cancel } = await batchAnd(hands, batchId);
    if (cancel) return { sent: 0, cancel };
    const range = { batchId, fromSeq, toSeq };
    if (batch.state !== 'pushing') await hands.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing' }));
    if (target.delivery.by === 'files') {
      const sent = toSeq - fromSeq + 1;
      await hands.store.sql.begin(async (sql) => {
        await deliverFiles(sql, batch, range);
        await advance(sql, batchId, sent);
      });
      itemsDone.inc({ target: target.id, step: 'push' }, sent);
      return { sent, cancel };
    }
    let stop = false;
    const { cancellationSignal } = Context.current();
    const { sent } = await pushDocuments(hands.store, target, targetContext(hands, batch), batch, range, {
      stage,
      fence: batch.fence,
      stopRequested: () => stop || cancellationSignal.aborted,
      onProgress: async (items) => {
        itemsDone.inc({ target: target.id, step: 'push' }, items);
        await advance(hands.store.sql, batchId, items);
        stop = (await readOrders(hands.store.sql, batchId)).cancel;
      },
    });
    await saveCounts(hands.store.sql, batchId);
    return { sent, cancel: stop };
  };
}
