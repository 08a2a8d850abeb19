import { type AnyTarget, TargetError } from '@ledgerpost/core';
import {
  ENGINE,
  endingWithin,
  forgetOffers,
  forgetQuotaDays,
  forgetRateDays,
  unrenewedSince,
  writeJournal,
  writeNotice,
} from '@ledgerpost/store';
import { declaredQuotas } from '../calling/declared-quotas.ts';
import { NOTICE_DAYS } from '../card/connection-card.ts';
import type { ConnectionDeps } from '../deps.ts';
import { renewGrant } from './renew-grant.ts';

const DAY_MS = 86_400_000;
/** A grant that nobody used for so long is renewed, in days: QuickBooks ends it after 100. */
const RENEW_AFTER_DAYS = 7;
const MOST_AT_ONCE = 50;

/**
 * Renews the grants that no batch has renewed for a week, and writes to the journal which of them end anyway. Forgets old counts of
 * requests. Any number of processes may do it at once.
 */
export async function keepAlive(
  deps: ConnectionDeps,
  targets: readonly AnyTarget[],
): Promise<{ readonly renewed: number; readonly failed: number }> {
  const { sql } = deps.store;
  const since = deps.now() - RENEW_AFTER_DAYS * DAY_MS;
  let renewed = 0;
  let failed = 0;
  for (const { id, target: targetId } of await unrenewedSince(sql, new Date(since), MOST_AT_ONCE)) {
    const target = targets.find((one) => one.id === targetId);
    if (target === undefined || target.access.by !== 'oauth') continue;
    try {
      // Another process may have renewed it a moment ago: then its access token is still valid.
      await renewGrant(deps, target, id, (grant) => grant.accessExpiresAt <= deps.now());
      renewed++;
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      failed++;
      deps.log('warn', 'a grant could not be renewed', { target: targetId, connection: id, code: error.code });
    }
  }
  for (const days of NOTICE_DAYS) {
    await sql.begin(async (tx) => {
      for (const { companyId, target, endsAt } of await endingWithin(tx, new Date(deps.now()), days)) {
        const details = { days, endsAt: endsAt.toISOString() };
        await writeJournal(tx, { companyId, actor: ENGINE, act: 'connection.ends', subject: `target/${target}`, details });
        await writeNotice(tx, {
          companyId,
          matter: 'access-ending',
          subject: `${target}/${endsAt.toISOString()}/${days}`,
          facts: { target, until: endsAt.toISOString() },
          page: `books/${encodeURIComponent(target)}`,
        });
      }
    });
  }
  await forgetOldCounts(deps, targets);
  return { renewed, failed };
}

async function forgetOldCounts({ store, apps, now }: ConnectionDeps, targets: readonly AnyTarget[]): Promise<void> {
  await forgetRateDays(store.sql);
  await forgetOffers(store.sql, new Date(now()));
  for (const target of targets) {
    const environment = apps[target.id]?.environment;
    if (environment === undefined) continue;
    for (const quota of Object.keys(declaredQuotas(target)))
      await forgetQuotaDays(store.sql, { target: target.id, environment, quota });
  }
}
