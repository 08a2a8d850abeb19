import { moveBatch, readOrders } from '@ledgerpost/store';
import type { CoreActivities, Orders } from '@ledgerpost/workflows/activities';
import type { WorkerDeps } from '../verb.ts';

async function read(deps: WorkerDeps, batchId: string): Promise<Orders> {
  const { cancel, decision, resumes } = await readOrders(deps.store.sql, batchId);
  return { cancel, decision, resumes };
}

/** Reads what people have requested from the database, because a message may get lost. */
export function orders(deps: WorkerDeps): CoreActivities['orders'] {
  return ({ batchId }) => read(deps, batchId);
}

/** Asks for a second person. */
export function approve(deps: WorkerDeps): CoreActivities['approve'] {
  return async ({ batchId }) => {
    const { state } = await readOrders(deps.store.sql, batchId);
    if (state === 'exporting') await deps.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'awaiting-approval' }));
    return read(deps, batchId);
  };
}

/** Marks the batch as held, with the reason. */
export function hold(deps: WorkerDeps): CoreActivities['hold'] {
  return async ({ batchId, reason }) => {
    await deps.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'held', reason }));
    return read(deps, batchId);
  };
}

/** Continues after a hold. */
export function resume(deps: WorkerDeps): CoreActivities['resume'] {
  return async ({ batchId }) => {
    await deps.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing', progress: {} }));
    return read(deps, batchId);
  };
}
