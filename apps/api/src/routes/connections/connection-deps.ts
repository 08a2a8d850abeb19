import type { ConnectionDeps } from '@ledgerpost/connections';
import type { FastifyBaseLogger } from 'fastify';
import type { Deps } from '../../deps.ts';
import { withoutSecrets } from '../../views/without-secrets.ts';

/** What connections to targets are made of, out of what the API is lent. */
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
