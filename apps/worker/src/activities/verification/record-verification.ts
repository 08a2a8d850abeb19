import { endVerification } from '@ledgerpost/store';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import type { Hands } from '../verb.ts';

/** Seals a verification. */
export function recordVerification(hands: Hands): CoreActivities['recordVerification'] {
  return async ({ batchId, run, reason }) => {
    const { state, counts } = await hands.store.sql.begin((sql) => endVerification(sql, { batchId, run, reason }));
    return { end: state === 'failed' ? 'failed' : 'done', ...counts };
  };
}
