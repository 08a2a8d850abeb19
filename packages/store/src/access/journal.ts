import { and, desc, eq, sql as expression, lt } from 'drizzle-orm';
import { built, drizzleOn, isSame } from '../database/drizzle-on.ts';
import { decodeCursor, encodeCursor, type Page, pageOf } from '../database/keyset.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { journal } from '../schema/index.ts';
import { actorIdOf } from './actors.ts';

/** One act in a company's journal (or, without a company, on the installation). */
export interface JournalEntry {
  readonly companyId: string | null;
  /** The name of the person, the key's name and id, or the engine. */
  readonly actor: string;
  /** `batch.started`, `settings.changed`, `key.created`… */
  readonly act: string;
  /** `batch/<id>`, `key/<id>`, `target/saasant`. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type JournalLine = Readonly<typeof journal.$inferSelect>;

/** Adds a line in the caller's transaction, so that an act and its line are both kept or neither is. */
export async function writeJournal(sql: Sql, entry: JournalEntry): Promise<void> {
  const { companyId, actor, act, subject, details = {} } = entry;
  await addLine(sql, { companyId, actor, actorId: actorIdOf(actor), act, subject, details });
}

const addLine = built((database) => {
  const { placeholder } = expression;
  return database.insert(journal).values({
    companyId: placeholder('companyId'),
    actor: placeholder('actor'),
    actorId: placeholder('actorId'),
    act: placeholder('act'),
    subject: placeholder('subject'),
    details: placeholder('details'),
  });
});

/** Newest first. */
export async function listJournal(
  { sql }: Store,
  order: { companyId: string | null; subject?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<JournalLine>> {
  const before = order.after === undefined ? undefined : (decodeCursor(order.after, 'journal', ['number'])[0] as number);
  const rows = await drizzleOn(sql)
    .select()
    .from(journal)
    .where(
      and(
        isSame(journal.companyId, order.companyId),
        order.subject === undefined ? undefined : eq(journal.subject, order.subject),
        before === undefined ? undefined : lt(journal.id, before),
      ),
    )
    .orderBy(desc(journal.id))
    .limit(order.limit + 1);
  return pageOf(rows, order.limit, (line) => encodeCursor('journal', [line.id]));
}
