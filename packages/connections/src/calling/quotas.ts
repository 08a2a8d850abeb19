import { type AnyTarget, type Quota, type TargetContext, TargetError } from '@ledgerpost/core';
import { countQuota, type QuotaRefusal, refuseQuota } from '@ledgerpost/store';
import type { OAuthApps } from '../access/oauth-apps.ts';
import type { ConnectionDeps } from '../deps.ts';
import { declaredQuotas } from './declared-quotas.ts';

/** From so many refusals on, over so long a time, a minute's limit is no longer the explanation. */
const REFUSALS = 3;
const REFUSED_FOR_MS = 2 * 60_000;

/** The context's members that count what a target counts by the month. None for a target without quotas, or without a registration. */
export function quotasOf(
  deps: ConnectionDeps,
  target: AnyTarget,
  connectionId: string,
): Pick<TargetContext, 'count' | 'overQuota'> {
  const environment = deps.apps[target.id]?.environment;
  const kinds = Object.keys(declaredQuotas(target));
  if (environment === undefined || kinds.length === 0) return {};
  const { sql } = deps.store;
  const place = { target: target.id, environment };
  return {
    async count(quota, units) {
      quotaOf(target, quota);
      try {
        await countQuota(sql, { ...place, quota, connectionId, units });
      } catch (error) {
        // A count that is a little low does no harm. The work that it belongs to has been done.
        deps.log('warn', 'A request could not be counted towards the month.', { target: target.id, quota, error: String(error) });
      }
    },
    async overQuota(quota) {
      const limit = limitOf(deps.apps, target, quota);
      const others = kinds.filter((kind) => kind !== quota);
      const refusal = await refuseQuota(sql, { ...place, quota }, others);
      if (isUsedUp(refusal, limit)) throw usedUp(target, quota, refusal, limit);
    },
  };
}

/** What ends a kind of request in a month: the installation's own figure, else the target's; undefined: nothing does. */
export function limitOf(apps: OAuthApps, target: AnyTarget, quota: string): number | undefined {
  const app = apps[target.id];
  const { perMonth, freeIn = [] } = quotaOf(target, quota);
  if (app === undefined || freeIn.includes(app.environment)) return undefined;
  return app.perMonth?.[quota] ?? perMonth;
}

function quotaOf(target: AnyTarget, quota: string): Quota {
  const found = declaredQuotas(target)[quota];
  if (found === undefined) throw new Error(`The target ${target.id} declares no quota "${quota}".`);
  return found;
}

/**
 * Whether the month's quota explains the refusal. The vendor does not document its answer, so this is inferred: our own count has
 * reached the limit, or other kinds of requests are answered although this one was refused for minutes.
 */
function isUsedUp({ since, lastAt, times, othersGoOn, used }: QuotaRefusal, limit: number | undefined): boolean {
  if (limit === undefined) return false;
  if (used >= limit) return true;
  return othersGoOn && times >= REFUSALS && lastAt.getTime() - since.getTime() >= REFUSED_FOR_MS;
}

function usedUp(target: AnyTarget, quota: string, { since, used }: QuotaRefusal, limit: number | undefined): TargetError {
  const counted = `We counted ${used.toLocaleString('en-US')} of ${(limit ?? 0).toLocaleString('en-US')} this month.`;
  const text = `${target.name} has refused all ${quota} since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC, although it accepts other requests: this month’s quota is used up. ${counted} Raise the quota at the vendor, or wait for the next month. Then resume.`;
  return new TargetError('config', 'quota-used-up', text);
}
