import type { BooksSettings, CompanyFacts } from '@ledgerpost/core';
import { and, eq, sql as expression } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { ENGINE } from '../batches/process/move-batch.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { writeNotice } from '../notices/write-notice.ts';
import { companyTargets, type DriftSource, driftLooks } from '../schema/index.ts';
import { isWriting, requestDriftCheck } from './requests.ts';

type Row = typeof driftLooks.$inferSelect;

/** The newest check of a company’s books at a target. */
export interface DriftCheckView
  extends Readonly<
    Pick<
      Row,
      | 'target'
      | 'state'
      | 'beganAt'
      | 'endedAt'
      | 'reason'
      | 'through'
      | 'wantedAt'
      | 'wantedBy'
      | 'looked'
      | 'found'
      | 'postponed'
    >
  > {
  readonly by: DriftSource | null;
}

/** What a check works with. */
export interface DriftCheck {
  readonly company: CompanyFacts;
  readonly target: string;
  readonly connectionId: string;
  readonly settings: BooksSettings;
  /**
   * Since when changes are not known, in milliseconds since 1970 by the target's clock; before the first check by ours,
   * with a day to spare. Null: no posting of ours stands in these books.
   */
  readonly since: number | null;
  readonly by: DriftSource;
}

/** What a check is about, as it is now; undefined if the company no longer has settings at the target. */
export async function workDriftCheck(sql: Sql, companyId: string, target: string): Promise<DriftCheck | undefined> {
  const [row] = await sql<(Omit<DriftCheck, 'since'> & { since: Date | null })[]>`
    select jsonb_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone, 'currency', c.currency) as company,
      t.target, t.connection_id as "connectionId", t.settings, coalesce(l.began_by, 'schedule') as by,
      coalesce(l.through, (select min(posted_at) - interval '1 day' from postings p
        where p.company_id = t.company_id and p.target = t.target and p.standing and p.facts ? 'externalId')) as since
    from company_targets t join companies c on c.id = t.company_id left join drift_looks l on l.connection_id = t.connection_id
    where t.company_id = ${companyId} and t.target = ${target}`;
  return row === undefined ? undefined : { ...row, since: row.since?.getTime() ?? null };
}

/** How many checks of a connection are remembered, so that none begins twice. */
const REMEMBERED = 5;

/**
 * Begins a check, which answers all requests before it. In other books than the last time it begins from the start. A check
 * that no person asked for is put off while a batch writes into the books, and stays a request.
 * @param check `id` names it: the same one begins once, even if an attempt to begin it comes when it has ended
 * @returns whether it was put off
 */
export async function beginDriftCheck(
  sql: Sql,
  check: { companyId: string; target: string; by: DriftSource; id: string },
): Promise<{ later: boolean }> {
  if (check.by !== 'request') {
    const { connectionId, companyId, target } = companyTargets;
    const [writing] = await drizzleOn(sql)
      .select({ connectionId })
      .from(companyTargets)
      .leftJoin(driftLooks, eq(driftLooks.connectionId, connectionId))
      .where(
        and(
          eq(companyId, check.companyId),
          eq(target, check.target),
          expression`${driftLooks.wantedBy} is distinct from 'request'`,
          isWriting(companyTargets),
        ),
      );
    if (writing !== undefined) {
      await requestDriftCheck(sql, { ...check, connectionId: writing.connectionId });
      return { later: true };
    }
  }
  await sql`
    insert into drift_looks as l (connection_id, company_id, target, account, state, began_by, began_at, begun)
    select t.connection_id, t.company_id, t.target, coalesce(c.account, ''), 'running', ${check.by}, now(), array[${check.id}::text]
    from company_targets t left join connections c on c.id = t.connection_id
    where t.company_id = ${check.companyId} and t.target = ${check.target}
    on conflict (connection_id) do update set state = 'running', began_by = coalesce(l.wanted_by, excluded.began_by), began_at = now(),
      ended_at = null, reason = null, wanted_at = null, wanted_by = null, handed_over_at = null, account = excluded.account,
      through = case when l.account in ('', excluded.account) then l.through end, looked = 0, found = 0, postponed = 0,
      begun = l.begun[greatest(cardinality(l.begun) - ${REMEMBERED} + 2, 1):] || excluded.begun
    where ${check.id}::text <> all(l.begun)`;
  return { later: false };
}

/** Adds the result of a part of the check. */
export async function countChecked(
  sql: Sql,
  connectionId: string,
  { looked, found, postponed }: Pick<Row, 'looked' | 'found' | 'postponed'>,
): Promise<void> {
  await drizzleOn(sql)
    .update(driftLooks)
    .set({
      looked: expression`${driftLooks.looked} + ${looked}`,
      found: expression`${driftLooks.found} + ${found}`,
      postponed: expression`${driftLooks.postponed} + ${postponed}`,
    })
    .where(eq(driftLooks.connectionId, connectionId));
}

/**
 * Ends a check. If it left documents for the next one, the next one begins where this one did. The sums are this check's
 * own: another check of the same books, scheduled or requested, may have run beside it.
 * @param end `through` is absent where it failed. `id` is that of its begin: a check that another one has followed ends no more; absent: it
 * began with an earlier release
 * @returns whether another check was requested since it began
 */
export async function endDriftCheck(
  sql: Sql,
  end: {
    companyId: string;
    target: string;
    looked: number;
    found: number;
    postponed: number;
    id?: string | undefined;
    through?: number | undefined;
    reason?: { code: string; message: string } | undefined;
  },
): Promise<{ again: boolean }> {
  const { companyId, target, looked, found, postponed, id, reason } = end;
  const through = postponed > 0 ? null : (end.through ?? null);
  // A posting that fell since can't drift any more: no document of ours is there that could differ.
  await sql`
    update drifts d set state = 'resolved', decided_by = ${ENGINE}, decided_at = now()
    where d.company_id = ${companyId} and d.target = ${target} and d.state = 'open'
      and not exists (select from postings p where p.id = d.posting_id and p.standing)`;
  const [row] = await drizzleOn(sql)
    .update(driftLooks)
    .set({
      ...{ state: reason === undefined ? 'done' : 'failed', endedAt: NOW, reason: reason ?? null, looked, found, postponed },
      through: expression`greatest(${driftLooks.through}, to_timestamp(${through}::bigint / 1000.0))`,
    })
    .where(
      and(
        eq(driftLooks.companyId, companyId),
        eq(driftLooks.target, target),
        id === undefined ? undefined : expression`${driftLooks.begun}[cardinality(${driftLooks.begun})] = ${id}`,
      ),
    )
    .returning({ again: expression<boolean>`${driftLooks.wantedAt} is not null` });
  if (row === undefined && id !== undefined) return { again: false };
  if (found > 0) {
    // Another attempt to end the same check tells nobody again.
    const subject = `${target}/${id ?? new Date().toISOString()}`;
    await writeNotice(sql, { companyId, matter: 'books-changed', subject, facts: { target, count: found }, page: '' });
  }
  if (reason !== undefined) {
    const details = { reason };
    await writeJournal(sql, { companyId, actor: ENGINE, act: 'drift.look-failed', subject: `target/${target}`, details });
  }
  return row ?? { again: false };
}

/** The newest check of a company's books. */
export async function getDriftCheck(sql: Sql, companyId: string, target: string): Promise<DriftCheckView> {
  const { state, beganBy: by, beganAt, endedAt, reason, through, wantedAt, wantedBy, looked, found, postponed } = driftLooks;
  const [check] = await drizzleOn(sql)
    .select({
      target: driftLooks.target,
      state,
      by,
      beganAt,
      endedAt,
      reason,
      through,
      wantedAt,
      wantedBy,
      looked,
      found,
      postponed,
    })
    .from(driftLooks)
    .where(and(eq(driftLooks.companyId, companyId), eq(driftLooks.target, target)));
  const never = {
    ...{ state: null, by: null, beganAt: null, endedAt: null, reason: null, through: null, wantedAt: null, wantedBy: null },
    ...{ looked: 0, found: 0, postponed: 0 },
  };
  return check ?? { target, ...never };
}
