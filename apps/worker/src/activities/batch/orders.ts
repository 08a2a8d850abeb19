import { moveBatch, readOrders } from '@ledgerpost/store';
import type { CoreActivities, Orders } from '@ledgerpost/workflows/activities';
import type { Hands } from '../verb.ts';

async function read(hands: Hands, batchId: string): Promise<Orders> {
  const { cancel, decision, resumes } = await readOrders(hands.store.sql, batchId);
  return { cancel, decision, resumes };
}

/** Reads what people have requested from the database, because a message may get lost. */
export function orders(hands: Hands): CoreActivities['orders'] {
  return ({ batchId }) => read(hands, batchId);
}

/** Asks for a second person. */
export function approve(hands: Hands): CoreActivities['approve'] {
  return async ({ batchId }) => {
    const { state } = await readOrders(hands.store.sql, batchId);
    if (state === 'exporting') await hands.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'awaiting-approval' }));
    return read(hands, batchId);
  };
}

/** Marks the batch as held, with the reason. */
export function hold(hands: Hands): CoreActivities['hold'] {
  return async ({ batchId, reason }) => {
    await hands.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'held', reason }));
    return read(hands, batchId);
  };
}

/** Continues after a hold. */
export function resume(hands: Hands): CoreActivities['resume'] {
  return async ({ batchId }) => {
    await hands.store.sql.begin((sql) => moveBatch(sql, { batchId, to: 'pushing', progress: {} }));
    return read(hands, batchId);
  };
}
