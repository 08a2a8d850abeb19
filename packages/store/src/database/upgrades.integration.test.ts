import { readdir, readFile } from 'node:fs/promises';
import type { BatchedRecord, InvoiceRecord, Money, PostedFacts } from '@ledgerpost/core';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putCompany } from '../companies/companies.ts';
import { enableTarget, getCompanyTarget } from '../companies/company-targets.ts';
import { putRecords } from '../records/put-records.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';
import { ACTOR, TARGET, testSettings } from '../test-store.ts';
import { openStore, type Store } from './open-store.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, max: 4 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Runs a migration once more, over data as a release before it left them. */
async function migrateAgain(tag: string): Promise<void> {
  const text = await readFile(new URL(`../../migrations/${tag}.sql`, import.meta.url), 'utf8');
  for (const statement of text.split('--> statement-breakpoint')) await store.sql.unsafe(statement);
}

describe('an upgrade', () => {
  it('gives companies the default of a new setting, and leaves what somebody chose', async () => {
    const policyOf = async (id: string) => (await getCompanyTarget(store, id, TARGET))!.settings.policy.paymentsOfStoppedInvoices;
    for (const id of ['old', 'chosen']) {
      await putCompany(store, { id, name: id, timeZone: 'America/Los_Angeles', currency: 'USD' }, ACTOR);
      await enableTarget(store, { companyId: id, target: TARGET, delivery: 'push', settings: testSettings() }, ACTOR);
    }
    await store.sql`update company_targets set settings = settings #- '{policy,paymentsOfStoppedInvoices}' where company_id = 'old'`;
    await store.sql`
      update company_targets set settings = jsonb_set(settings, '{policy,paymentsOfStoppedInvoices}', '"wait"')
      where company_id = 'chosen'`;
    expect(await policyOf('old')).toBeUndefined();
    await migrateAgain('0021_stopped_payments');
    expect([await policyOf('old'), await policyOf('chosen')]).toEqual(['unapplied', 'wait']);
  });

  it('of a database of release 0.2.0 asks for no update, and neither do places and parts that a source begins to send', async () => {
    const old = await testDatabase({ tables: false });
    const upgraded = openStore({ url: old.url, max: 2 });
    const { sql } = upgraded;
    const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
    const run = async (names: readonly string[]) => {
      for (const name of names) {
        const statements = (await readFile(new URL(name, MIGRATIONS), 'utf8')).split('--> statement-breakpoint');
        await sql.begin(async (tx) => {
          for (const statement of statements) if (statement.trim() !== '') await tx.unsafe(statement);
        });
      }
    };
    const last = files.findIndex((name) => name.startsWith('0015_')) + 1;
    await run(files.slice(0, last));
    const settings = testSettings();
    await sql`insert into companies (id, name, time_zone, currency) values ('acme', 'Acme', 'UTC', 'USD')`;
    await sql`
      insert into company_targets (company_id, target, delivery, settings, connection_id)
      values ('acme', 'qbo', 'push', ${sql.json(settings as never)}, gen_random_uuid())`;
    for (const { record, facts } of OF_020) {
      const { type, id } = record;
      await sql`
        insert into records (company_id, type, id, content, record_hash, content_hash, customer_id)
        values ('acme', ${type}, ${id}, ${sql.json(record as never)}, ${facts.recordHash}, ${facts.contentHash}, 'c-1')`;
      const { recordHash: __, ...kept } = facts;
      await sql`
        insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
        values ('acme', 'qbo', ${type}, ${id}, true, ${kept.kind}, ${kept.number}, ${kept.amount}, ${sql.json(kept as never)}, 'a')`;
    }
    await run(files.slice(last));

    const company = { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'USD' };
    const now = (await getCompanyTarget(upgraded, 'acme', 'qbo'))!.settings;
    expect(now).toMatchObject({
      tax: { mode: 'stated' },
      items: { account: 'books' },
      policy: { paymentsOfStoppedInvoices: 'unapplied' },
    });
    const scope = { companyId: 'acme', target: 'qbo', delivery: 'push', settings: now, currency: 'USD' } as const;
    const open = () => sql`select type, id, readiness, operation, reason from open_records`;
    await sql.begin((tx) =>
      refreshStanding(
        tx,
        scope,
        OF_020.map(({ record }) => record),
      ),
    );
    expect(await open()).toEqual([]);
    const records = OF_020.map(({ record }) => record);
    expect(await putRecords(upgraded, company, records, ACTOR)).toEqual(records.map(() => 'unchanged'));
    const [invoice] = records as [InvoiceRecord];
    const parts = [{ name: 'State', amount: '18.66' }];
    const more = { ...invoice, serviceAddress: { line1: '40 Bay Rd' }, tax: { ...invoice.tax!, parts } };
    expect(await putRecords(upgraded, company, [more], ACTOR)).toEqual(['taken']);
    expect(await open()).toEqual([]);
    await upgraded.close();
    await old.drop();
  });
});

const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/** Records with the hashes that release 0.2.0 gave them, and what its postings kept of them. */
const OF_020: readonly {
  readonly record: BatchedRecord;
  readonly facts: Omit<PostedFacts, 'date'> & { readonly recordHash: string };
}[] = [
  {
    record: {
      type: 'invoice',
      id: 'i-1',
      number: '10427',
      customerId: 'c-1',
      jobId: 'j-1',
      status: 'finalized',
      date: '2026-10-03',
      dueDate: '2026-11-02',
      terms: 'Net 30',
      lines: [
        { serviceId: 's-1', quantity: '1', unitPrice: '189.00', amount: '189.00', taxable: true },
        { name: 'Parts', quantity: '2', unitPrice: '5', amount: '10.00' },
      ],
      tax: { name: 'San Mateo', rate: '9.875', amount: '18.66' },
      total: '217.66',
    },
    facts: {
      kind: 'invoice',
      operation: 'invoice.insert',
      contentHash: 'j5cMMPcPCBsZLLDcjMAzY_Q5DMzRAKEF_mDjJeNXe_8',
      recordHash: '8H6b8LaFWf8dpeRwUiaAVPL_PGlG9KePiQ0jGk4NpYA',
      number: '10427',
      amount: 21_766 as Money,
      customer: { id: 'c-1', name: 'Amy' },
    },
  },
  {
    record: {
      type: 'payment',
      id: 'p-1',
      reference: '4471',
      customerId: 'c-1',
      method: 'Check',
      date: '2026-10-04',
      amount: '217.66',
      status: 'received',
      allocations: [{ invoiceId: 'i-1', amount: '217.66' }],
    },
    facts: {
      kind: 'payment',
      operation: 'payment.insert',
      contentHash: 'Ff5X_QWHyaV_0t5imiU7Ant-kDOcsVBF2zgNU4BwLv8',
      recordHash: 'y43Y5Ll7PZ603CQSEDGFW9jOAfW_vA3carvSI5I8sMg',
      number: '4471',
      amount: 21_766 as Money,
      customer: { id: 'c-1', name: 'Amy' },
      applied: [{ invoiceId: 'i-1', invoiceNumber: '10427', amount: 21_766 as Money }],
      netted: [],
    },
  },
  {
    record: {
      type: 'creditMemo',
      id: 'm-1',
      number: 'CM-7',
      customerId: 'c-1',
      date: '2026-10-22',
      lines: [{ name: 'Parts', quantity: '1', unitPrice: '20', amount: '20.00' }],
      total: '20.00',
    },
    facts: {
      kind: 'creditMemo',
      operation: 'creditMemo.insert',
      contentHash: 'VgjT69CI7QeDJiG-x1iLPPOBKJWoQ1ReTmhdNJZBCSo',
      recordHash: 'wCmdpubto_duwXWQMCHLb0dm1RKnj9rwZ8xSGySTvqo',
      number: 'CM-7',
      amount: 2_000 as Money,
      customer: { id: 'c-1', name: 'Amy' },
    },
  },
];
