import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql, Store } from '../database/open-store.ts';

/** One act in a company's journal (or, without a company, on the installation). */
export interface JournalEntry {
  readonly companyId: string | null;
  /** The key's name and id, or the engine. */
  readonly actor: string;
  /** `batch.started`, `settings.changed`, `key.created`… */
  readonly act: string;
  /** `batch/<id>`, `key/<id>`, `target/saasant`. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface JournalLine extends Required<JournalEntry> {
  readonly id: number;
  readonly at: Date;
}

/** Adds a line, in the caller's transaction: an act and its line stand or fall together. */
export async function writeJournal(sql: Sql, entry: JournalEntry): Promise<void> {
  await sql`
    insert into journal (company_id, actor, act, subject, details)
    values (${entry.companyId}, ${entry.actor}, ${entry.act}, ${entry.subject}, ${JSON.stringify(entry.details ?? {})}::text::jsonb)`;
}

/** Newest first. */
export async function listJournal(
  { sql }: Store,
  order: { companyId: string | null; subject?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<JournalLine>> {
  const before = order.after === undefined ? null : (decodeCursor(order.after, 'journal', ['number'])[0] as number);
  const rows = await sql<JournalLine[]>`
    select id, company_id as "companyId", at, actor, act, subject, details
    from journal
    where company_id is not distinct from ${order.companyId}
      ${order.subject === undefined ? sql`` : sql`and subject = ${order.subject}`}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc
    limit ${order.limit + 1}`;
  return pageOf(rows, order.limit, (line) => encodeCursor('journal', [line.id]));
}
