import { type BooksSettings, type ListChoice, Refusal, type Selection } from '@ledgerpost/core';
import { writeJournal } from '../../access/journal.ts';
import type { Sql } from '../../database/open-store.ts';
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
  readonly startedBy: string;
}

/** The batch that a caller named before by the same key. */
export async function batchByIdempotencyKey(sql: Sql, companyId: string, key: string): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`select id from batches where company_id = ${companyId} and idempotency_key = ${key}`;
  return row?.id;
}

/** How a batch was asked for. */
export async function startOf(sql: Sql, batchId: string): Promise<{ name: string; target: string; selection: unknown }> {
  const [row] = await sql<
    { name: string; target: string; selection: unknown }[]
  >`select name, target, selection from batches where id = ${batchId}`;
  if (row === undefined) throw new Error(`There is no batch ${batchId}.`);
  return row;
}

/**
 * Inserts a batch in state `selecting`. The database decides that a company has one open batch per target and no two
 * batches of one name.
 * @throws Refusal `batch-open` | `name-taken`
 */
export async function insertBatch(sql: Sql, batch: NewBatch): Promise<void> {
  const [inserted] = await sql`
    insert into batches (id, company_id, target, name, state, selection, acknowledged, settings, settings_version, connection_id,
      digest, retry_of, idempotency_key, progress, started_by)
    values (${batch.id}, ${batch.companyId}, ${batch.target}, ${batch.name}, 'selecting', ${sql.json(batch.selection as never)},
      ${sql.json([...batch.acknowledged])}, ${sql.json(batch.settings as never)}, ${batch.settingsVersion}, ${batch.connectionId},
      ${batch.digest ?? null}, ${batch.retryOf ?? null}, ${batch.idempotencyKey ?? null},
      ${sql.json({ items: 0, done: 0, of: 0, states: {} })}, ${batch.startedBy})
    on conflict do nothing returning id`;
  if (inserted === undefined) await refuse(sql, batch);
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
  const [open] = await sql<{ id: string; name: string; state: string }[]>`
    select id, name, state from batches where company_id = ${batch.companyId} and target = ${batch.target}
      and state in ('selecting', 'validating', 'exporting', 'awaiting-approval', 'pushing', 'held', 'recording', 'undoing')`;
  if (open !== undefined) {
    throw new Refusal('batch-open', `The batch "${open.name}" is open (${open.state}). Follow it or cancel it first.`, {
      batch: open,
    });
  }
  throw new Refusal('name-taken', `There is a batch named "${batch.name}" already. Choose another name.`, { name: batch.name });
}

/** A selection as the journal keeps it: thousands of ids are told by their number. */
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
