import type { Matter, NoticeChannel, NoticeFacts } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, isNotNull, isNull, lt, lte, ne, or } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql, Store } from '../database/open-store.ts';
import {
  apiKeys,
  companies,
  memberships,
  type NoticeSendState,
  noticeSends,
  noticeSettings,
  notices,
  type OwnMatter,
} from '../schema/index.ts';

/** A message that is due and that Temporal does not have yet. */
export interface DueNotice {
  readonly sendId: string;
  readonly companyId: string;
  readonly matter: Matter | OwnMatter;
}

const DUE = and(isNull(noticeSends.endedAt), isNull(noticeSends.inDigest), lte(noticeSends.dueAt, NOW));

/** Messages that are due and that Temporal does not have yet, oldest first. */
export async function dueNotices(sql: Sql, limit: number): Promise<DueNotice[]> {
  return drizzleOn(sql)
    .select({ sendId: noticeSends.id, companyId: notices.companyId, matter: notices.matter })
    .from(noticeSends)
    .innerJoin(notices, eq(notices.id, noticeSends.noticeId))
    .where(and(DUE, isNull(noticeSends.handedOverAt)))
    .orderBy(asc(noticeSends.dueAt))
    .limit(limit);
}

export async function noticeHandedOver(sql: Sql, sendId: string): Promise<void> {
  await drizzleOn(sql).update(noticeSends).set({ handedOverAt: NOW }).where(eq(noticeSends.id, sendId));
}

/** Messages that Temporal has had for longer than so many seconds and that have not ended: their workflows should exist. */
export async function handedOverNotices(sql: Sql, seconds: number, limit: number): Promise<{ sendId: string }[]> {
  const longAgo = lt(noticeSends.handedOverAt, expression`now() - make_interval(secs => ${seconds})`);
  return drizzleOn(sql)
    .select({ sendId: noticeSends.id })
    .from(noticeSends)
    .where(and(isNull(noticeSends.endedAt), isNotNull(noticeSends.handedOverAt), longAgo))
    .limit(limit);
}

/** A message lost its workflow: it is handed over again. */
export async function lostNotice(sql: Sql, sendId: string): Promise<void> {
  await drizzleOn(sql)
    .update(noticeSends)
    .set({ handedOverAt: null })
    .where(and(eq(noticeSends.id, sendId), isNull(noticeSends.endedAt)));
}

/** A message that is about to be sent. */
export interface NoticeToSend {
  readonly companyId: string;
  readonly company: string;
  readonly channel: NoticeChannel;
  readonly settingId: string;
  readonly sealed: Uint8Array;
  readonly keyId: string;
  /** More than one in a digest. */
  readonly notices: readonly { readonly matter: Matter | OwnMatter; readonly facts: NoticeFacts; readonly link: string }[];
}

/** How often a message whose answer was lost is sent at most: neither mail nor Slack can be asked whether it arrived. */
const MOST_IN_DOUBT = 2;

/**
 * Takes a message for one attempt, which is written down before it is made. Ends it instead if its matter is over, if the person's
 * access has ended, or if two attempts are already in doubt; then there is nothing to send.
 */
export async function takeNotice(store: Store, sendId: string): Promise<NoticeToSend | undefined> {
  return store.sql.begin(async (sql) => {
    const [send] = await drizzleOn(sql)
      .select({
        state: noticeSends.state,
        doubts: noticeSends.doubts,
        endedAt: noticeSends.endedAt,
        inDigest: noticeSends.inDigest,
        settingId: noticeSettings.id,
        companyId: noticeSettings.companyId,
        channel: noticeSettings.channel,
        sealed: noticeSettings.sealed,
        keyId: noticeSettings.keyId,
        digest: noticeSettings.digest,
        person: noticeSettings.person,
        confirming: noticeSettings.confirming,
      })
      .from(noticeSends)
      .innerJoin(noticeSettings, eq(noticeSettings.id, noticeSends.settingId))
      .where(eq(noticeSends.id, sendId))
      .for('update');
    if (send === undefined || send.endedAt !== null || send.inDigest !== null) return undefined;
    // An attempt that has no outcome was cut off, perhaps after the message had gone.
    const doubts = send.doubts + (send.state === 'sending' ? 1 : 0);
    if (doubts >= MOST_IN_DOUBT) return end(sql, sendId, 'in-doubt');
    if (await accessEnded(sql, send.companyId, send.person)) return end(sql, sendId, 'over');
    const { confirming } = send;
    if (send.digest && send.state === 'waiting' && confirming === null) await gather(sql, sendId, send.settingId);
    const rows = await sql<{ id: string; matter: Matter | OwnMatter; facts: NoticeFacts; link: string; over: boolean }[]>`
      select s.id, n.matter, n.facts, n.link, ${isOver(sql)} as over from notice_sends s join notices n on n.id = s.notice_id
      where s.id = ${sendId} or s.in_digest = ${sendId} order by n.at`;
    // An address that nobody confirmed yet gets the mail that asks for it, and nothing else.
    const isFor = (matter: string) => (matter === 'confirm') === (confirming !== null);
    if (confirming !== null && !rows.some(({ matter }) => matter === 'confirm')) {
      await drizzleOn(sql).update(noticeSends).set({ trouble: 'not-confirmed' }).where(eq(noticeSends.id, sendId));
      return end(sql, sendId, 'refused');
    }
    const open = rows.filter(({ over, matter }) => !over && isFor(matter));
    if (open.length === 0) return end(sql, sendId, 'over');
    await drizzleOn(sql)
      .update(noticeSends)
      .set({ state: 'sending', attempts: expression`${noticeSends.attempts} + 1`, doubts })
      .where(eq(noticeSends.id, sendId));
    const [company] = await drizzleOn(sql)
      .select({ name: companies.name })
      .from(companies)
      .where(eq(companies.id, send.companyId));
    const { companyId, channel, settingId, sealed, keyId } = send;
    const linked = open.map((one) => (one.matter === 'confirm' ? { ...one, link: `${one.link}?confirm=${confirming}` } : one));
    return { companyId, company: company!.name, channel, settingId, sealed, keyId, notices: linked };
  });
}

/** The others that wait for the same morning go along. */
async function gather(sql: Sql, sendId: string, settingId: string): Promise<void> {
  const waiting = and(DUE, eq(noticeSends.state, 'waiting'));
  await drizzleOn(sql)
    .update(noticeSends)
    .set({ inDigest: sendId })
    .where(and(eq(noticeSends.settingId, settingId), ne(noticeSends.id, sendId), waiting));
}

/** Whether what a notice reports has passed, so that nobody need be told any more. */
function isOver(sql: Sql) {
  return sql`case n.matter
    when 'batch-held' then not exists (
      select from batches b where b.id = split_part(n.subject, '/', 1)::uuid and b.state = 'held'
        and b.resumes::text = split_part(n.subject, '/', 2))
    when 'approval-waiting' then not exists (
      select from batches b where b.id = n.subject::uuid and b.state = 'awaiting-approval')
    when 'access-lost' then not exists (
      select from connections c where c.id = split_part(n.subject, '/', 1)::uuid and c.state = 'lost')
    else false end`;
}

/** People without access are told nothing more. */
async function accessEnded(sql: Sql, companyId: string, person: string): Promise<boolean> {
  const id = /^person:(.*)$/.exec(person)?.[1];
  if (id !== undefined) {
    const here = or(isNull(memberships.companyId), eq(memberships.companyId, companyId));
    const [access] = await drizzleOn(sql)
      .select({ id: memberships.personId })
      .from(memberships)
      .where(and(eq(memberships.personId, id), here))
      .limit(1);
    return access === undefined;
  }
  const [key] = await drizzleOn(sql)
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, person), isNotNull(apiKeys.revokedAt)));
  return key !== undefined;
}

/** The result of an attempt. `not-sent`: it certainly did not arrive, and can be tried again. */
export type NoticeOutcome =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly trouble: string };

/** How often a message is tried at most: over two days, with the pauses of its workflow. */
const MOST_ATTEMPTS = 100;

/** Writes down the result of an attempt. Returns whether the message has to be tried again. */
export async function recordNotice(store: Store, sendId: string, result: NoticeOutcome): Promise<{ again: boolean }> {
  return store.sql.begin(async (sql) => {
    if (result.outcome === 'sent') {
      await end(sql, sendId, 'sent');
      return { again: false };
    }
    const { outcome, trouble } = result;
    const [row] = await drizzleOn(sql)
      .update(noticeSends)
      .set({ trouble, ...(outcome === 'not-sent' ? { state: 'waiting' as const } : {}) })
      .where(eq(noticeSends.id, sendId))
      .returning({ attempts: noticeSends.attempts });
    if (outcome === 'refused' || (row?.attempts ?? 0) >= MOST_ATTEMPTS) {
      await end(sql, sendId, 'refused');
      return { again: false };
    }
    return { again: true };
  });
}

async function end(sql: Sql, sendId: string, state: NoticeSendState): Promise<undefined> {
  await drizzleOn(sql)
    .update(noticeSends)
    .set({ state, endedAt: NOW })
    .where(and(or(eq(noticeSends.id, sendId), eq(noticeSends.inDigest, sendId)), isNull(noticeSends.endedAt)));
  return undefined;
}
