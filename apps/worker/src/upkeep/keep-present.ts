import { PRESENCE, reportPresent, reportStopped, type WorkerFacts } from '@ledgerpost/store';
import type { WorkerDeps } from '../activities/verb.ts';
import { repeat } from './repeat.ts';

/** Records in the database that this worker runs, until it ends: so the API can show which worker a batch waits for. */
export function keepPresent(deps: WorkerDeps, worker: WorkerFacts): { stop(): Promise<void> } {
  const record = () =>
    reportPresent(deps.store.sql, worker).catch((error: unknown) =>
      deps.log('warn', 'The worker could not record that it runs; it tries again soon.', { error: String(error) }),
    );
  const recording = repeat(record, PRESENCE.everySeconds * 1_000);
  return {
    async stop() {
      await recording.stop();
      // If this can't be written, the worker counts as missing half a minute later.
      await reportStopped(deps.store.sql, worker.id).catch(() => {});
    },
  };
}
