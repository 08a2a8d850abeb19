import type { Matter, NoticeChannel } from '@ledgerpost/core';
import { and, asc, desc, eq, sql as expression, isNotNull, ne } from 'drizzle-orm';
import { writeJournal } from '../access/journal.ts';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Sql } from '../database/open-store.ts';
import { invitations, type NoticeSendState, noticeSends, noticeSettings, notices, type OwnMatter } from '../schema/index.ts';

type Row = typeof noticeSettings.$inferSelect;

export interface NoticeSetting extends Readonly<Pick<Row, 'id' | 'channel' | 'shown' | 'matters' | 'digest'>> {
  /** False: the person typed the address and has not shown yet that its mail arrives. Nothing else is sent to it. */
  readonly confirmed: boolean;
}

export interface NewNoticeSetting extends Readonly<Pick<Row, 'companyId' | 'person' | 'channel' | 'matters' | 'digest'>> {
  /** Absent: the address stays as it is. */
  readonly address?: Pick<Row, 'shown' | 'sealed' | 'keyId' | 'confirming'> | undefined;
  readonly actor: string;
}

/** What one person wants to be told of in a company. */
export async function noticeSettingsOf(sql: Sql, companyId: string, person: string): Promise<NoticeSetting[]> {
  const { id, channel, shown, matters, digest, confirming } = noticeSettings;
  return drizzleOn(sql)
    .select({ id, channel, shown, matters, digest, confirmed: expression<boolean>`${confirming} is null` })
    .from(noticeSettings)
    .where(and(eq(noticeSettings.companyId, companyId), eq(noticeSettings.person, person)))
    .orderBy(asc(channel));
}

/** Saves what a person wants. False if there is no address, neither given nor kept. */
export async function putNoticeSetting(sql: Sql, setting: NewNoticeSetting): Promise<boolean> {
  const { companyId, person, channel, matters, digest, address, actor } = setting;
  const kept = { matters, digest, changedAt: NOW };
  const of = and(eq(noticeSettings.companyId, companyId), eq(noticeSettings.person, person), eq(noticeSettings.channel, channel));
  const rows =
    address === undefined
      ? await drizzleOn(sql).update(noticeSettings).set(kept).where(of).returning({ id: noticeSettings.id })
      : await drizzleOn(sql)
          .insert(noticeSettings)
          .values({ companyId, person, channel, ...kept, ...address })
          .onConflictDoUpdate({
            target: [noticeSettings.companyId, noticeSettings.person, noticeSettings.channel],
            set: { ...kept, ...address },
          })
          .returning({ id: noticeSettings.id });
  if (rows.length === 0) return false;
  await writeJournal(sql, {
    companyId,
    actor,
    act: 'notices.changed',
    subject: `notices/${channel}`,
    details: { matters, digest },
  });
  return true;
}

/** Confirms an address by what its mail carried. False if it is not that, or if there is nothing to confirm. */
export async function confirmNoticeAddress(
  sql: Sql,
  { companyId, person, channel, token, actor }: Pick<Row, 'companyId' | 'person' | 'channel'> & { token: string; actor: string },
): Promise<boolean> {
  const of = and(eq(noticeSettings.companyId, companyId), eq(noticeSettings.person, person), eq(noticeSettings.channel, channel));
  const rows = await drizzleOn(sql)
    .update(noticeSettings)
    .set({ confirming: null, changedAt: NOW })
    .where(and(of, eq(noticeSettings.confirming, token)))
    .returning({ id: noticeSettings.id });
  if (rows.length > 0) await writeJournal(sql, { companyId, actor, act: 'notices.confirmed', subject: `notices/${channel}` });
  return rows.length > 0;
}

/** Where an admin invited the person, the newest first: nobody typed these addresses, so they need no confirmation. */
export async function invitedAt(sql: Sql, personId: string): Promise<string[]> {
  const rows = await drizzleOn(sql)
    .select({ email: invitations.email })
    .from(invitations)
    .where(and(eq(invitations.acceptedBy, personId), isNotNull(invitations.email)))
    .orderBy(desc(invitations.acceptedAt));
  return rows.map(({ email }) => email!);
}

/** Ends what a person gets over a channel; what was not sent yet is not sent. */
export async function removeNoticeSetting(
  sql: Sql,
  { companyId, person, channel, actor }: { companyId: string; person: string; channel: NoticeChannel; actor: string },
): Promise<boolean> {
  const gone = await drizzleOn(sql)
    .delete(noticeSettings)
    .where(and(eq(noticeSettings.companyId, companyId), eq(noticeSettings.person, person), eq(noticeSettings.channel, channel)))
    .returning({ id: noticeSettings.id });
  if (gone.length > 0) await writeJournal(sql, { companyId, actor, act: 'notices.ended', subject: `notices/${channel}` });
  return gone.length > 0;
}

/** One message as its person sees it. */
export interface SentNotice {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly matter: Matter | OwnMatter;
  readonly state: NoticeSendState;
  readonly attempts: number;
  readonly trouble: string | null;
  readonly link: string;
  readonly at: Date;
}

/** The newest messages to a person about a company. */
export async function recentNotices(sql: Sql, companyId: string, person: string, limit: number): Promise<SentNotice[]> {
  const { id, state, attempts, trouble } = noticeSends;
  return drizzleOn(sql)
    .select({
      id,
      channel: noticeSettings.channel,
      matter: notices.matter,
      state,
      attempts,
      trouble,
      link: notices.link,
      at: notices.at,
    })
    .from(noticeSends)
    .innerJoin(notices, eq(notices.id, noticeSends.noticeId))
    .innerJoin(noticeSettings, eq(noticeSettings.id, noticeSends.settingId))
    .where(and(eq(noticeSettings.companyId, companyId), eq(noticeSettings.person, person)))
    .orderBy(desc(notices.at))
    .limit(limit);
}

/** Addresses that another key than this one sealed. */
export async function noticeAddressesSealedByOthers(
  sql: Sql,
  keyId: string,
): Promise<readonly Readonly<Pick<Row, 'id' | 'companyId' | 'channel' | 'sealed' | 'keyId'>>[]> {
  const { id, companyId, channel, sealed } = noticeSettings;
  return drizzleOn(sql)
    .select({ id, companyId, channel, sealed, keyId: noticeSettings.keyId })
    .from(noticeSettings)
    .where(and(isNotNull(sealed), ne(noticeSettings.keyId, keyId)))
    .for('update');
}

/** The same address, sealed by another key. */
export async function storeNoticeSeal(sql: Sql, id: string, seal: { sealed: Uint8Array; keyId: string }): Promise<void> {
  await drizzleOn(sql).update(noticeSettings).set(seal).where(eq(noticeSettings.id, id));
}
