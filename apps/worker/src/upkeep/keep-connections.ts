import { type ConnectionDeps, keepAlive } from '@ledgerpost/connections';
import type { AnyTarget } from '@ledgerpost/core';
import type { WorkerDeps } from '../activities/verb.ts';
import { repeat } from './repeat.ts';

/** How often to check for grants that have to be renewed, in milliseconds: each needs it once a week. */
const EVERY_MS = 10 * 60_000;

/** Renews grants ahead of their end, at the start and then every few minutes. */
export function keepConnections(deps: WorkerDeps, targets: readonly AnyTarget[]): { stop(): Promise<void> } {
  const { store, fetch, now, apps = {}, keys } = deps;
  const log = deps.log as ConnectionDeps['log'];
  const renewDue = () =>
    keepAlive({ store, fetch, now, apps, keys, log }, targets).then(
      () => {},
      (error: unknown) =>
        deps.log('warn', 'Grants could not be renewed; the worker tries again in ten minutes.', { error: String(error) }),
    );
  return repeat(renewDue, EVERY_MS);
}
