import type { BooksSettings, CompanyFacts } from '@ledgerpost/core';
import { writeJournal } from '../access/journal.ts';
import { ENGINE } from '../batches/process/move-batch.ts';
import type { Sql } from '../database/open-store.ts';
import type { DriftSource } from '../schema/index.ts';

/** How a company’s books at a target were last looked at for drift. */
export interface LookView {
  readonly target: string;
  /** Null: never. `failed`: the books could not be asked; `reason` says why. */
  readonly state: 'running' | 'done' | 'failed' | null;
  readonly by: DriftSource | null;
  readonly beganAt: Date | null;
  readonly endedAt: Date | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  /** All that changed before is known. */
  readonly through: Date | null;
  /** A look that somebody wants and that has not begun. */
  readonly wantedAt: Date | null;
  /** What nobody asked for waits for a batch that writes into the books, and for more webhooks. */
  readonly wantedBy: DriftSource | null;
  readonly looked: number;
  readonly found: number;
  /** Documents that a batch had at the time: they are in the next look. */
  readonly postponed: number;
}

/** Says that somebody wants a look. Several wishes before it begins are one. */
export async function wantLook(
  sql: Sql,
  wish: { companyId: string; target: string; connectionId: string; by: DriftSource; actor?: string },
): Promise<void> {
  const { companyId, target, connectionId, by, actor } = wish;
  await sql`
    insert into drift_looks as l (connection_id, company_id, target, wanted_at, wanted_by)
    values (${connectionId}, ${companyId}, ${target}, now(), ${by})
    on conflict (connection_id) do update set wanted_at = now(), handed_over_at = null,
      wanted_by = case when l.wanted_by = 'request' then l.wanted_by else excluded.wanted_by end`;
  if (actor !== undefined)
    await writeJournal(sql, { companyId, actor, act: 'drift.look-asked', subject: `target/${target}`, details: {} });
}

/** A look as it is given to Temporal. */
export interface WantedLook {
  readonly companyId: string;
  readonly target: string;
  readonly connectionId: string;
  readonly by: DriftSource;
}

/**
 * Wishes that Temporal was not told of, or so long ago that a look should have begun, in seconds; of one connection, or of any. What
 * nobody asked for waits until no batch writes into those books: each of its documents is a change that has to be read, and the
 * requests are the batch's.
 */
export async function wantedLooks(sql: Sql, seconds: number, limit: number, connectionId?: string): Promise<WantedLook[]> {
  return sql<WantedLook[]>`
    select company_id as "companyId", target, connection_id as "connectionId", wanted_by as by from drift_looks l
    where wanted_at is not null and (wanted_by = 'request' or not ${isWriting(sql)}) and (handed_over_at is null or handed_over_at < now() - make_interval(secs => ${seconds}))
      ${connectionId === undefined ? sql`` : sql`and connection_id = ${connectionId}`}
    order by wanted_at limit ${limit}`;
}

export async function lookHandedOver(sql: Sql, connectionId: string): Promise<void> {
  await sql`update drift_looks set handed_over_at = now() where connection_id = ${connectionId} and wanted_at is not null`;
}

/** What a look works with. */
export interface Look {
  readonly company: CompanyFacts;
  readonly target: string;
  readonly connectionId: string;
  readonly settings: BooksSettings;
  /**
   * Since when changes are not known, in milliseconds since 1970 by the target's clock; before the first look by ours, with a day to
   * spare. Null: nothing of ours stands in these books.
   */
  readonly since: number | null;
  readonly by: DriftSource;
}

/** What a look is about, as it is now; undefined where the company has no settings at the target any more. */
export async function workLook(sql: Sql, companyId: string, target: string): Promise<Look | undefined> {
  const [row] = await sql<(Omit<Look, 'since'> & { since: Date | null })[]>`
    select jsonb_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone, 'currency', c.currency) as company,
      t.target, t.connection_id as "connectionId", t.settings, coalesce(l.began_by, 'schedule') as by,
      coalesce(l.through, (select min(posted_at) - interval '1 day' from postings p
        where p.company_id = t.company_id and p.target = t.target and p.standing and p.facts ? 'externalId')) as since
    from company_targets t join companies c on c.id = t.company_id left join drift_looks l on l.connection_id = t.connection_id
    where t.company_id = ${companyId} and t.target = ${target}`;
  return row === undefined ? undefined : { ...row, since: row.since?.getTime() ?? null };
}

/** Whether a batch of the company of `l` is writing into its books at the target. */
function isWriting(sql: Sql) {
  return sql`exists (
    select from batches b where b.company_id = l.company_id and b.target = l.target and b.state in ('pushing', 'undoing'))`;
}

/**
 * Begins a look: what was wished before is served by it. In other books than the last time it begins from the start. One that no
 * person asks for is put off while a batch writes into the books, and stays a wish.
 * @returns whether it was put off
 */
export async function beginLook(
  sql: Sql,
  look: { companyId: string; target: string; by: DriftSource },
): Promise<{ later: boolean }> {
  if (look.by !== 'request') {
    const [writing] = await sql<{ connectionId: string }[]>`
      select l.connection_id as "connectionId" from company_targets l left join drift_looks w using (connection_id)
      where l.company_id = ${look.companyId} and l.target = ${look.target} and w.wanted_by is distinct from 'request' and ${isWriting(sql)}`;
    if (writing !== undefined) {
      await wantLook(sql, { ...look, connectionId: writing.connectionId });
      return { later: true };
    }
  }
  await sql`
    insert into drift_looks as l (connection_id, company_id, target, account, state, began_by, began_at)
    select t.connection_id, t.company_id, t.target, coalesce(c.account, ''), 'running', ${look.by}, now()
    from company_targets t left join connections c on c.id = t.connection_id
    where t.company_id = ${look.companyId} and t.target = ${look.target}
    on conflict (connection_id) do update set state = 'running', began_by = coalesce(l.wanted_by, excluded.began_by), began_at = now(),
      ended_at = null, reason = null, wanted_at = null, wanted_by = null, handed_over_at = null, account = excluded.account,
      through = case when l.account in ('', excluded.account) then l.through end, looked = 0, found = 0, postponed = 0`;
  return { later: false };
}

/** Adds what a part of the look came to. */
export async function countLooked(
  sql: Sql,
  connectionId: string,
  { looked, found, postponed }: { looked: number; found: number; postponed: number },
): Promise<void> {
  await sql`
    update drift_looks set looked = looked + ${looked}, found = found + ${found}, postponed = postponed + ${postponed}
    where connection_id = ${connectionId}`;
}

/**
 * Ends a look. If it left anything for the next one, the next one begins where this one did. The sums are its own: another look
 * at the same books, by the hours or because somebody asked, may have been under way beside it.
 * @param end `through` is absent where it failed
 * @returns whether somebody wished for another one meanwhile
 */
export async function endLook(
  sql: Sql,
  end: {
    companyId: string;
    target: string;
    looked: number;
    found: number;
    postponed: number;
    through?: number | undefined;
    reason?: { code: string; message: string } | undefined;
  },
): Promise<{ again: boolean }> {
  const { companyId, target, looked, found, postponed, reason } = end;
  const through = postponed > 0 ? null : (end.through ?? null);
  // What fell since is no drift any more: nothing of ours is there that could differ.
  await sql`
    update drifts d set state = 'resolved', decided_by = ${ENGINE}, decided_at = now()
    where d.company_id = ${companyId} and d.target = ${target} and d.state = 'open'
      and not exists (select from postings p where p.id = d.posting_id and p.standing)`;
  const [row] = await sql<{ again: boolean }[]>`
    update drift_looks set state = ${reason === undefined ? 'done' : 'failed'}, ended_at = now(),
      reason = ${reason === undefined ? null : sql.json(reason)},
      looked = ${looked}, found = ${found}, postponed = ${postponed},
      through = greatest(through, to_timestamp(${through}::bigint / 1000.0))
    where company_id = ${companyId} and target = ${target}
    returning wanted_at is not null as again`;
  if (reason !== undefined) {
    const details = { reason };
    await writeJournal(sql, { companyId, actor: ENGINE, act: 'drift.look-failed', subject: `target/${target}`, details });
  }
  return row ?? { again: false };
}

/** The newest look at a company's books. */
export async function getLook(sql: Sql, companyId: string, target: string): Promise<LookView> {
  const [row] = await sql<LookView[]>`
    select target, state, began_by as by, began_at as "beganAt", ended_at as "endedAt", reason, through, wanted_at as "wantedAt",
      wanted_by as "wantedBy",      looked, found, postponed
    from drift_looks where company_id = ${companyId} and target = ${target}`;
  const never = {
    state: null,
    by: null,
    beganAt: null,
    endedAt: null,
    reason: null,
    through: null,
    wantedAt: null,
    wantedBy: null,
  };
  return row ?? { target, ...never, looked: 0, found: 0, postponed: 0 };
}

/** The books at some targets that were ever connected, and whether we are let into them now. */
export async function booksToLookAt(
  sql: Sql,
  targets: readonly string[],
): Promise<{ companyId: string; target: string; connected: boolean }[]> {
  return sql`
    select company_id as "companyId", target, state = 'connected' as connected from connections
    where target = any(${[...targets]}::text[]) order by company_id, target`;
}
