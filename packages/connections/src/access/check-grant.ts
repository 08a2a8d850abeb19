import { type AnyTarget, type Grant, type Identity, Refusal, TargetError } from '@ledgerpost/core';
import type { CompanyTarget } from '@ledgerpost/store';
import { permitsOf } from '../calling/connection-context.ts';
import type { ConnectionDeps } from '../deps.ts';
import { appFor } from './oauth-apps.ts';

/** How long the target may take to identify the books, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Reads whose books a new grant opens, with that grant and before anything of it is stored. The callback address names the
 * books too, but anyone can edit an address: only an answer of the target proves that the person may open them.
 * @throws Refusal `not-granted` if the grant does not open those books; TargetError of another kind
 */
export async function checkGrant(
  deps: ConnectionDeps,
  target: AnyTarget,
  { connectionId, settings }: CompanyTarget,
  grant: Grant,
): Promise<Identity> {
  const app = appFor(deps.apps, target);
  const access = { token: grant.accessToken, account: grant.account, environment: app.environment, apiUrl: grant.apiUrl };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const session = target.open(settings, {
    connectionId,
    fetch: deps.fetch,
    signal,
    now: () => deps.now(),
    log: deps.log,
    access: async () => access,
    // A token that is seconds old and refused does not get better by a renewal.
    renew: async () => {
      throw new TargetError('access', 'access-lost', `${target.name} refused the new grant.`);
    },
    // The books count these calls too. They are read in full right after, and that must not be one call too many in a second.
    permit: permitsOf(deps, target, { connectionId, settings, signal }),
    pause: async () => {},
  });
  try {
    return await target.check(session);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    if (error.kind !== 'access') {
      const text = `${error.message} So the books could not be checked, and nothing was connected. Connect again in a moment.`;
      throw new TargetError(error.kind, error.code, text, error.retryAfterMs);
    }
    throw new Refusal(
      'not-granted',
      `${target.name} did not open the books ${grant.account} with the access that was granted, so nothing was connected. Connect again, and choose books that your login can open.`,
    );
  }
}
