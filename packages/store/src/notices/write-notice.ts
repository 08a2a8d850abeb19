import type { Matter, NoticeFacts } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import type { OwnMatter } from '../schema/index.ts';

export interface NewNotice {
  readonly companyId: string;
  readonly matter: Matter;
  /** Which hold, end, check or run: the same one makes no second notice. */
  readonly subject: string;
  readonly facts: NoticeFacts;
  /** The page of the console below the company's, such as `batches/<id>`. */
  readonly page: string;
}

/** In hours after midnight, in the company's time zone: when a digest is sent. */
const MORNING = 8;

/**
 * Writes down that people are to be told of a matter: one message for each who wants it. Call it in the transaction of the move that
 * it reports, so that both are kept or neither is. Where nobody wants it, nothing is written.
 */
export async function writeNotice(sql: Sql, { companyId, matter, subject, facts, page }: NewNotice): Promise<void> {
  const link = `/c/${encodeURIComponent(companyId)}/${page}`;
  await sql`
    with wanted as (
      select s.id, case when s.digest then
        (date_trunc('day', now() at time zone c.time_zone - make_interval(hours => ${MORNING})) + interval '1 day'
          + make_interval(hours => ${MORNING})) at time zone c.time_zone
        else now() end as due
      from notice_settings s join companies c on c.id = s.company_id
      where s.company_id = ${companyId} and s.matters ? ${matter} and s.confirming is null
    ), notice as (
      insert into notices (company_id, matter, subject, facts, link)
      select ${companyId}, ${matter}, ${subject}, ${JSON.stringify(facts)}::jsonb, ${link} where exists (select from wanted)
      on conflict do nothing returning id
    )
    insert into notice_sends (notice_id, setting_id, due_at) select notice.id, wanted.id, wanted.due from notice, wanted`;
}

/** Writes what one person asks for over one channel, due at once. Each is a matter of its own. */
export async function writeOwnNotice(sql: Sql, companyId: string, settingId: string, matter: OwnMatter): Promise<void> {
  await sql`
    with notice as (
      insert into notices (company_id, matter, subject, facts, link)
      values (${companyId}, ${matter}, gen_random_uuid()::text, '{}'::jsonb, ${`/c/${encodeURIComponent(companyId)}/notices`})
      returning id
    )
    insert into notice_sends (notice_id, setting_id) select id, ${settingId} from notice`;
}
