import { type ConnectionDeps, keepAlive } from '@ledgerpost/connections';
import type { AnyTarget } from '@ledgerpost/core';
import type { Hands } from '../activities/verb.ts';

/** How often to look for grants that want renewing, in milliseconds: they want it once a week. */
const EVERY_MS = 10 * 60_000;

/** Renews grants ahead of their end, at once and then now and then. */
export function keepConnections(hands: Hands, targets: readonly AnyTarget[]): { stop(): Promise<void> } {
  const { store, fetch, now, apps = {}, keys } = hands;
  const log = hands.log as ConnectionDeps['log'];
  const look = () =>
    keepAlive({ store, fetch, now, apps, keys, log }, targets).then(
      () => {},
      (error: unknown) =>
        hands.log('warn', 'Connections could not be looked after; the next look tries again.', { error: String(error) }),
    );
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}
