import { type Access, type AnyTarget, type Grant, type TargetContext, TargetError } from '@ledgerpost/core';
import { sealedGrant } from '@ledgerpost/store';
import { needEnvironment, notConnected, RENEW_BEFORE_MS, renewGrant } from '../access/renew-grant.ts';
import type { ConnectionDeps } from '../deps.ts';
import { openGrant } from '../seals/keep-grant.ts';
import { limiterOf, type OurLimit } from './limiter.ts';
import { quotasOf } from './quotas.ts';

export interface ContextOrder {
  readonly connectionId: string;
  /** Of the batch, or of the company now: `useOfLimits` is our share of what the target allows a minute. */
  readonly settings: object;
  readonly signal: AbortSignal;
  /** Try a lost grant too: somebody may have restored the access at the target. */
  readonly evenIfLost?: boolean;
}

/** The part of the outside that a target may use on one connection, in step with every other process that works on it. */
export function connectionContext(deps: ConnectionDeps, target: AnyTarget, order: ContextOrder): TargetContext {
  const { connectionId, signal } = order;
  const limiter = limiterOf(deps.store);
  const app = deps.apps[target.id];
  const accessOf = (grant: Grant): Access => ({
    token: grant.accessToken,
    account: grant.account,
    environment: app?.environment ?? '',
    // A stand-in may have another address since the grant was given.
    apiUrl: app?.endpoints?.api ?? grant.apiUrl,
  });
  const soon = (grant: Grant) => grant.accessExpiresAt - deps.now() < RENEW_BEFORE_MS;

  return {
    connectionId,
    fetch: deps.fetch,
    signal,
    now: () => deps.now(),
    log: deps.log,
    async access() {
      if (target.access.by !== 'oauth') throw notConnected(target);
      const kept = await sealedGrant(deps.store.sql, connectionId);
      const opened = kept === undefined ? undefined : openGrant(deps.keys, kept);
      if (kept === undefined || opened === undefined) throw notConnected(target);
      if (kept.state !== 'connected' && order.evenIfLost !== true) {
        throw new TargetError('access', 'access-lost', kept.lost?.message ?? notConnected(target).message);
      }
      needEnvironment(deps, target, kept);
      if (!soon(opened.grant)) return accessOf(opened.grant);
      try {
        return accessOf(await renewGrant(deps, target, connectionId, soon));
      } catch (error) {
        // That passes by itself; until then the present token still works.
        const good = opened.grant.accessExpiresAt > deps.now();
        if (good && error instanceof TargetError && error.kind === 'transient') return accessOf(opened.grant);
        throw error;
      }
    },
    async renew(stale) {
      if (target.access.by !== 'oauth') throw notConnected(target);
      return accessOf(await renewGrant(deps, target, connectionId, (grant) => grant.accessToken === stale.token));
    },
    permit: permitsOf(deps, target, order),
    pause: (ms) => limiter.pause(connectionId, ms),
    ...quotasOf(deps, target, connectionId),
  };
}

/** Waits for permits of a connection, in step with all processes; a stand-in without limits gives them at once. */
export function permitsOf(deps: ConnectionDeps, target: AnyTarget, order: ContextOrder): TargetContext['permit'] {
  const { connectionId, settings, signal } = order;
  if (deps.apps[target.id]?.limits === 'off') return async () => FREE;
  const limiter = limiterOf(deps.store);
  return (bucket) => limiter.take(connectionId, bucket, limitOf(deps, target, bucket, settings), signal);
}

/**
 * Checks that the connection may send soon, before work begins that would only wait.
 * @throws TargetError of kind `transient`, with the time until then
 */
export async function mayWorkSoon(deps: ConnectionDeps, target: AnyTarget, order: Omit<ContextOrder, 'signal'>): Promise<void> {
  if (target.delivery.by !== 'push' || deps.apps[target.id]?.limits === 'off') return;
  const limits = Object.keys(target.delivery.limits).map(
    (bucket) => [bucket, limitOf(deps, target, bucket, order.settings)] as const,
  );
  await limiterOf(deps.store).near(order.connectionId, Object.fromEntries(limits));
}

const FREE = { release: () => {} };

/** Our share of what a target allows. Other apps of the company share its minutes, days and months, not the second; nobody shares our own app's. */
function limitOf(deps: ConnectionDeps, target: AnyTarget, bucket: string, settings: object): OurLimit {
  const limit = target.delivery.by === 'push' ? target.delivery.limits[bucket] : undefined;
  if (limit === undefined) throw new Error(`The target ${target.id} declares no limit "${bucket}".`);
  const { useOfLimits = 1 } = settings as { readonly useOfLimits?: number };
  const shared = (most: number) => Math.max(1, Math.floor(most * useOfLimits));
  const { perMinute, perDay, perMonth, per = 'connection' } = limit;
  const long = per === 'app' ? (most: number) => most : shared;
  return {
    ...limit,
    perMinute: shared(perMinute),
    ...(perDay === undefined ? {} : { perDay: long(perDay) }),
    ...(perMonth === undefined ? {} : { perMonth: long(perMonth) }),
    ...(per === 'app' ? { scope: `app:${target.id}:${deps.apps[target.id]?.environment ?? ''}` } : {}),
    at: target.name,
  };
}
