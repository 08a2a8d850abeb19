import { type BooksSettings, type ListChoice, OPEN_STATES, Refusal, type Selection } from '@ledgerpost/core';
import { and, eq, inArray } from 'drizzle-orm';
import { actorIdOf, personBehind } from '../../access/actors.ts';
import { writeJournal } from '../../access/journal.ts';
import { drizzleOn } from '../../database/drizzle-on.ts';
import type { Sql } from '../../database/open-store.ts';
import { batches } from '../../schema/index.ts';
import { announce } from './move-batch.ts';

export interface NewBatch {
  readonly id: string;
  readonly companyId: string;
  readonly target: string;
  readonly name: string;
  readonly selection: Selection;
  readonly acknowledged: readonly string[];
  readonly settings: BooksSettings;
  readonly settingsVersion: number;
  readonly connectionId: string;
  readonly digest?: string | undefined;
  readonly retryOf?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Of the whole request, to recognize another one with the same key. */
  readonly requestHash?: string | undefined;
  readonly startedBy: string;
}

/** The batch that a caller started under the same key before. */
export async function batchByIdempotencyKey(sql: Sql, companyId: string, key: string): Promise<string | undefined> {
  const [batch] = await drizzleOn(sql)
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.companyId, companyId), eq(batches.idempotencyKey, key)));
  return batch?.id;
}

/** What the caller of a start asked for. `requestHash` is null if the start had no key, or was made before hashes were kept. */
export async function startOf(
  sql: Sql,
  batchId: string,
): Promise<Pick<typeof batches.$inferSelect, 'name' | 'target' | 'selection' | 'requestHash'>> {
  const { name, target, selection, requestHash } = batches;
  const [start] = await drizzleOn(sql)
    .select({ name, target, selection, requestHash })
    .from(batches)
    .where(eq(batches.id, batchId));
  if (start === undefined) throw new Error(`There is no batch ${batchId}.`);
  return start;
}

/**
 * Inserts a batch in state `selecting`. The database decides that a company has one open batch per target and no two
 * batches of one name.
 * @throws Refusal `batch-open` | `name-taken`
 */
export async function insertBatch(sql: Sql, batch: NewBatch): Promise<void> {
  const startedById = actorIdOf(batch.startedBy);
  const inserted = await drizzleOn(sql)
    .insert(batches)
    .values({
      ...batch,
      startedById,
      starterId: await personBehind(sql, startedById),
      acknowledged: [...batch.acknowledged],
      state: 'selecting',
      progress: { items: 0, done: 0, of: 0, states: {} },
    })
    .onConflictDoNothing()
    .returning({ id: batches.id });
  if (inserted.length === 0) await refuse(sql, batch);
  await writeJournal(sql, {
    companyId: batch.companyId,
    actor: batch.startedBy,
    act: 'batch.started',
    subject: `batch/${batch.id}`,
    details: {
      name: batch.name,
      target: batch.target,
      selection: summary(batch.selection),
      acknowledged: batch.acknowledged,
      ...(batch.retryOf === undefined ? {} : { retryOf: batch.retryOf }),
    },
  });
  await announce(sql, batch.id);
}

async function refuse(sql: Sql, batch: NewBatch): Promise<never> {
  const { id, name, state } = batches;
  const [open] = await drizzleOn(sql)
    .select({ id, name, state })
    .from(batches)
    .where(and(eq(batches.companyId, batch.companyId), eq(batches.target, batch.target), inArray(state, [...OPEN_STATES])));
  if (open !== undefined) {
    throw new Refusal('batch-open', `The batch "${open.name}" is open (${open.state}). Follow it or cancel it first.`, {
      batch: open,
    });
  }
  throw new Refusal('name-taken', `There is a batch named "${batch.name}" already. Choose another name.`, { name: batch.name });
}

/** A selection as the journal keeps it: of thousands of ids, only their number. */
function summary(selection: Selection): Record<string, unknown> {
  return Object.fromEntries(
    (Object.entries(selection) as [string, ListChoice | undefined][]).map(([list, choice]) => [
      list,
      choice?.choose === 'ids' ? { choose: 'ids', count: choice.ids.length } : choice,
    ]),
  );
}

/** The first free name `<company>-<target>-<YYYY-MM-DD>-<n>`. */
export async function proposeName(sql: Sql, companyId: string, target: string, today: string): Promise<string> {
  const prefix = `${companyId}-${target}-${today}-`.slice(0, 95);
  const [row] = await sql<{ n: number }[]>`
    select coalesce(max(substr(name, length(${prefix}::text) + 1)::int), 0) + 1 as n from batches
    where company_id = ${companyId} and starts_with(name, ${prefix}) and substr(name, length(${prefix}::text) + 1) ~ '^[0-9]{1,6}$'`;
  return `${prefix}${row?.n ?? 1}`;
}
