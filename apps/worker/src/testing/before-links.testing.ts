import { readFile } from 'node:fs/promises';
import type { Sql } from '@ledgerpost/store';

/* The data of companies as the last release without links (0.2.0) left them, and the migration that makes links of it. */

type Json = Record<string, unknown>;

/** What that release did not have: of documents, of postings. */
const NEW_MEMBERS = ['key', 'mappedTo', 'shipTo', 'taxMode', 'held', 'corrects', 'formerDate', 'parts'];
const NEW_FACTS = ['ids', 'place', 'held', 'deposited'];

/**
 * Rewrites the rows of companies as that release wrote them: customers and items by their names, each name once in a batch, ids with
 * these names alone, and no links.
 */
export async function asBeforeLinks(sql: Sql, companyIds: readonly string[]): Promise<void> {
  const ids = [...companyIds];
  const batches = (await sql<{ id: string }[]>`select id from batches where company_id = any(${ids}::text[])`).map(
    ({ id }) => id,
  );
  const named = await sql<{ batchId: string; kind: string; key: string; name: string }[]>`
    select batch_id as "batchId", kind, key, name from batch_names where batch_id = any(${batches}::uuid[])`;
  const nameOf = (batchId: string) =>
    new Map(named.filter((one) => one.batchId === batchId).map(({ kind, key, name }) => [`${kind}/${key}`, name]));
  for (const batchId of batches) {
    const names = nameOf(batchId);
    for (const { seq, document } of await sql<{ seq: number; document: Json }[]>`
      select seq, document from batch_documents where batch_id = ${batchId}`)
      await sql`update batch_documents set document = ${sql.json(without(document, NEW_MEMBERS) as never)}
        where batch_id = ${batchId} and seq = ${seq}`;
    for (const { seq, payload } of await sql<{ seq: number; payload: Json }[]>`
      select seq, payload from batch_payloads where batch_id = ${batchId}`)
      await sql`update batch_payloads set payload = ${sql.json(byName(payload, names) as never)}
        where batch_id = ${batchId} and seq = ${seq}`;
    for (const { id, body } of await sql<{ id: string; body: string }[]>`
      select request_id as id, body from batch_calls where batch_id = ${batchId}`) {
      const call = byName(JSON.parse(body), names) as Json;
      const references = Object.entries(call.references as Record<string, string>).map(([at, value]) => [
        names.get(at) ?? at,
        at,
        value,
      ]);
      const renamed = Object.fromEntries(
        references.map(([name, at, value]) => [at === name ? at : `${at!.split('/')[0]}/${name}`, value]),
      );
      const items = (call.items as Json[]).map(({ references: _, ...item }) => item);
      await sql`update batch_calls set body = ${JSON.stringify({ ...call, references: renamed, items })} where request_id = ${id}`;
    }
  }
  await sql`update postings set facts = facts - ${NEW_FACTS}::text[] where company_id = any(${ids}::text[])`;
  await sql`update batch_documents set facts = facts - ${NEW_FACTS}::text[] where batch_id = any(${batches}::uuid[])`;
  // One row a name: of two customers that share it, the one that was found or created.
  await sql`
    delete from batch_names n using batch_names o
    where n.batch_id = any(${batches}::uuid[]) and o.batch_id = n.batch_id and o.kind = n.kind and o.name = n.name and o.account = n.account
      and o.key < n.key`;
  await sql`update batch_names set key = '' where batch_id = any(${batches}::uuid[])`;
  for (const table of ['links', 'link_intents', 'book_names', 'book_lists', 'name_merges'])
    await sql`delete from ${sql(table)} where company_id = any(${ids}::text[])`;
}

/** Runs the migration that makes links of postings, over everything in the database that has none yet. */
export async function makeLinksOfPostings(sql: Sql): Promise<void> {
  const file = new URL('../../../../packages/store/migrations/0022_links_of_postings.sql', import.meta.url);
  const statements = (await readFile(file, 'utf8')).split('--> statement-breakpoint');
  await (sql as Sql & { begin: (work: (tx: Sql) => Promise<void>) => Promise<void> }).begin(async (tx) => {
    for (const statement of statements) await tx.unsafe(statement);
  });
}

function without(value: unknown, members: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, members));
  if (value === null || typeof value !== 'object') return value;
  const rest = Object.entries(value).filter(([member]) => !members.includes(member));
  return Object.fromEntries(rest.map(([member, one]) => [member, without(one, members)]));
}

/** Payloads of before have the name where they have the key now. */
function byName(value: unknown, names: ReadonlyMap<string, string>, member = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => byName(one, names));
  if (value === null || typeof value !== 'object') return value;
  const { key } = value as Json;
  const kind = member === 'ItemRef' ? 'item' : member === 'CustomerRef' || member === 'EntityRef' ? 'customer' : undefined;
  if (kind !== undefined && typeof key === 'string') return { name: names.get(`${kind}/${key}`) };
  return Object.fromEntries(Object.entries(value).map(([at, one]) => [at, byName(one, names, at)]));
}
