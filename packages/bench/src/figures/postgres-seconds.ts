import type { System } from '@ledgerpost/e2e/system';
import { processorSeconds } from './measure.ts';

/** Processor seconds of the server and its backends, running or ended. */
export function postgresSeconds(system: System): number {
  const [server] = system.postgresPids();
  return system.postgresPids().reduce((sum, pid) => {
    try {
      return sum + processorSeconds(pid, pid === server);
    } catch {
      return sum;
    }
  }, 0);
}
