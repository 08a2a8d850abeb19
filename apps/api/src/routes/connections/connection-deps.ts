import type { ConnectionDeps } from '@ledgerpost/connections';
import type { FastifyBaseLogger } from 'fastify';
import type { Deps } from '../../deps.ts';
import { withoutSecrets } from '../../views/without-secrets.ts';

/** What the functions of connections work with, taken from what the API was given. */
export function connectionDeps(deps: Deps, log: FastifyBaseLogger): ConnectionDeps {
  return {
    store: deps.store,
    apps: deps.oauthApps ?? {},
    keys: deps.sealingKeys,
    fetch: deps.fetch ?? globalThis.fetch,
    now: () => deps.now(),
    log: (level, message, facts = {}) => log[level](facts, message),
    forJournal: withoutSecrets,
  };
}
