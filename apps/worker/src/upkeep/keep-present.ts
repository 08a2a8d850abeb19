import { PRESENCE, reportPresent, reportStopped, type WorkerFacts } from '@ledgerpost/store';
import type { Hands } from '../activities/verb.ts';

/** Says in the database that this worker is there, until it ends: so the API can tell whom a batch waits for. */
export function keepPresent(hands: Hands, worker: WorkerFacts): { stop(): Promise<void> } {
  const say = () =>
    reportPresent(hands.store.sql, worker).catch((error: unknown) =>
      hands.log('warn', 'The worker could not say that it is there; it says so again soon.', { error: String(error) }),
    );
  let saying = say();
  const timer = setInterval(() => {
    saying = saying.then(say);
  }, PRESENCE.everySeconds * 1_000);
  return {
    async stop() {
      clearInterval(timer);
      await saying;
      // Whoever can't say goodbye is missed half a minute later.
      await reportStopped(hands.store.sql, worker.id).catch(() => {});
    },
  };
}
