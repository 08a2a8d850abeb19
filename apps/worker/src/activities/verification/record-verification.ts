import { endVerification } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import type { WorkerDeps } from '../verb.ts';

/** Seals a verification. */
export function recordVerification(deps: WorkerDeps): CoreActivities['recordVerification'] {
  return async ({ batchId, run, reason }) => {
    const { state, counts } = await deps.store.sql.begin((sql) => endVerification(sql, { batchId, run, reason }));
    return { end: state === 'failed' ? 'failed' : 'done', ...counts };
  };
}
