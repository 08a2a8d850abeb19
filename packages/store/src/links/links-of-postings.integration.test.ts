import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../database/open-store.ts';

const folder = join(import.meta.dirname, '../../migrations');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const LINKS = files.findIndex((name) => name.endsWith('_links.sql'));
let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;

async function run(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const statements = readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint');
    await store.sql.begin(async (sql) => {
      for (const statement of statements) if (statement.trim() !== '') await sql.unsafe(statement);
    });
  }
}

/** A batch of before: what it posted, and the ids that its names had. */
async function batch(at: number, names: Record<string, string>, posted: Record<string, [string, string]>): Promise<void> {
  const { sql } = store;
  const id = `01890000-0000-7000-8000-00000000000${at}`;
  await sql`
    insert into batches (id, company_id, target, name, state, selection, settings, settings_version, connection_id, progress, started_by)
    values (${id}, 'acme', 'qbo', ${`B${at}`}, 'selecting', '{}', '{}', 1, '01890000-0000-7000-8000-0000000000aa', '{}', 'a')`;
  await sql`update batches set state = 'canceled' where id = ${id}`;
  for (const [at, externalId] of Object.entries(names)) {
    const [kind, name] = at.split('/');
    await sql`insert into batch_names (batch_id, kind, name, account, external_id) values (${id}, ${kind!}, ${name!}, '', ${externalId})`;
  }
  for (const [seq, [record, [customer, name]]] of Object.entries(posted).entries()) {
    const facts = { kind: 'invoice', customer: { id: customer, name } };
    await sql`update postings set standing = false where record_id = ${record}`;
    await sql`
      insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
      values ('acme', 'qbo', 'invoice', ${record}, true, 'invoice', ${record}, 100, ${sql.json(facts)}, ${id}, ${seq + 1}, 'a')`;
  }
}

beforeAll(async () => {
  database = await testDatabase({ tables: false });
  store = openStore({ url: database.url, max: 2 });
  await run(files.slice(0, LINKS));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

it('links of an installation with postings come from what is posted last, and two on one id are confirmed by a person', async () => {
  const { sql } = store;
  const connection = '01890000-0000-7000-8000-0000000000aa';
  await sql`insert into companies (id, name, time_zone, currency) values ('acme', 'Acme', 'UTC', 'USD')`;
  await sql`
    insert into company_targets (company_id, target, delivery, settings, connection_id) values ('acme', 'qbo', 'push', '{}', ${connection})`;
  await sql`
    insert into connections (id, company_id, target, state, account, environment, connected_by)
    values (${connection}, 'acme', 'qbo', 'connected', 'realm-1', 'sandbox', 'a')`;
  await sql`
    insert into records (company_id, type, id, content, record_hash, content_hash)
    values ('acme', 'service', 's-1', '{"type":"service","id":"s-1","name":"Tune-up"}', '', '')`;
  // c-1 was doubled by a rename; c-2 and c-3 share a name.
  await batch(
    1,
    { 'customer/Jane Roe': '1', 'customer/John Smith': '5', 'item/Tune-up': '7', 'item/Old': '8' },
    { 'i-1': ['c-1', 'Jane Roe'], 'i-2': ['c-2', 'John Smith'], 'i-3': ['c-3', 'John Smith'] },
  );
  await batch(2, { 'customer/Jane & Tom Roe': '2', 'item/Tune-up': '9' }, { 'i-4': ['c-1', 'Jane & Tom Roe'] });
  await run(files.slice(LINKS));
  const links = await sql`
    select kind, key, external_id, name, shared, to_confirm, environment, account from links order by kind, key collate "C"`;
  const books = { environment: 'sandbox', account: 'realm-1' };
  const customer = (key: string, external_id: string, name: string, both: boolean) => ({
    ...{ kind: 'customer', key, external_id, name, shared: both, to_confirm: both, ...books },
  });
  const item = (key: string, external_id: string, name: string) => ({
    ...{ kind: 'item', key, external_id, name, shared: true, to_confirm: false, ...books },
  });
  expect(links).toEqual([
    customer('c-1', '2', 'Jane & Tom Roe', false),
    customer('c-2', '5', 'John Smith', true),
    customer('c-3', '5', 'John Smith', true),
    item('name:Old', '8', 'Old'),
    item('name:Tune-up', '9', 'Tune-up'),
    item('service:s-1', '9', 'Tune-up'),
  ]);
});
