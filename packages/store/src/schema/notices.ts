import type { Matter, NoticeChannel, NoticeFacts } from '@ledgerpost/core';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns.ts';
import { companies } from './companies.ts';

/** What one person wants to be told of, by mail or in Slack, about one company. */
export const noticeSettings = pgTable(
  'notice_settings',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    /** The caller that made it, by id. */
    person: text('person').notNull(),
    channel: text('channel').$type<NoticeChannel>().notNull(),
    /** What people see of the address: the address of a mailbox; of a Slack webhook only its host. */
    shown: text('shown').notNull(),
    /** The address, sealed: who has that of a Slack webhook can write to its channel. */
    sealed: bytea('sealed').notNull(),
    keyId: text('key_id').notNull(),
    /** A typed address gets this by mail, and nothing else until its person returns it. Null: the address is confirmed. */
    confirming: text('confirming'),
    matters: jsonb('matters').$type<Matter[]>().notNull(),
    /** One message each morning instead of one per matter. */
    digest: boolean('digest').notNull().default(false),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('notice_settings_once').on(t.companyId, t.person, t.channel)],
);

/** What a person asks for: a test, or the mail that confirms an address. */
export type OwnMatter = 'test' | 'confirm';

/** A matter that people are told of, once: written in the transaction of the move that it reports. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    companyId: text('company_id')
      .notNull()
      .references(() => companies.id),
    matter: text('matter').$type<Matter | OwnMatter>().notNull(),
    /** Which hold, end, check or run: the same one makes no second notice. */
    subject: text('subject').notNull(),
    facts: jsonb('facts').$type<NoticeFacts>().notNull(),
    /** The page of the console that it leads to, from the first slash. */
    link: text('link').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('notices_once').on(t.companyId, t.matter, t.subject)],
);

/** The outbox: one message for one matter, person and channel. */
export const noticeSends = pgTable(
  'notice_sends',
  {
    id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    settingId: uuid('setting_id')
      .notNull()
      .references(() => noticeSettings.id, { onDelete: 'cascade' }),
    /** `sending` is written before the attempt, and a lost answer leaves it. */
    state: text('state').$type<NoticeSendState>().notNull().default('waiting'),
    dueAt: at('due_at').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
    /** Attempts whose outcome is not known. */
    doubts: integer('doubts').notNull().default(0),
    /** Why the last attempt failed, as a code; never a word of an address. */
    trouble: text('trouble'),
    /** The message of a digest that carries this one. */
    inDigest: uuid('in_digest'),
    handedOverAt: at('handed_over_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('notice_sends_once').on(t.noticeId, t.settingId),
    index('notice_sends_due').on(t.dueAt).where(sql`ended_at is null`),
    index('notice_sends_in_digest').on(t.inDigest).where(sql`in_digest is not null`),
    index('notice_sends_by_setting').on(t.settingId),
  ],
);

/** `in-doubt`: sent twice at most, and nobody knows whether it arrived. `over`: the matter was over before it was sent. */
export type NoticeSendState = 'waiting' | 'sending' | 'sent' | 'refused' | 'in-doubt' | 'over';
