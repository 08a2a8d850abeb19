import { failImportWork, workOnImport } from '@ledgerpost/batching';
import type { CoreActivities } from '@ledgerpost/workflows/activities';
import type { EngineDeps } from '../schedules/start-scheduled.ts';

/** Checks, applies or undoes an import. */
export function workImport({ store, installed, now }: EngineDeps): CoreActivities['workImport'] {
  return async (order) => ({ end: await workOnImport({ store, targets: installed, now }, order) });
}

/** Ends the work on an import that could not be done. */
export function failImport({ store }: EngineDeps): CoreActivities['failImport'] {
  return async ({ importId, run, reason }) => ({ end: await failImportWork(store, { importId, run }, reason) });
}
