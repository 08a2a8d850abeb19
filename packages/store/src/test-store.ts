import type {
  BatchedRef,
  BooksSettings,
  CompanyFacts,
  CreditMemoRecord,
  InvoiceRecord,
  Operation,
  PaymentRecord,
  PostedFacts,
  RefundRecord,
  SourceRecord,
} from '@ledgerpost/core';
import { kindOf } from '@ledgerpost/core';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { putCompany } from './companies/companies.ts';
import { enableTarget } from './companies/company-targets.ts';
import { openStore, type Sql, type Store } from './database/open-store.ts';
import { putRecords } from './records/put-records.ts';
import { refreshStanding } from './standing/refresh-standing.ts';
import type { StandingScope } from './standing/standing-facts.ts';

export const ACTOR = 'a test';
export const TARGET = 'saasant';

/** A store with one company that is enabled at one target, for the tests of a file. */
export interface TestStore {
  readonly store: Store;
  readonly sql: Store['sql'];
  readonly company: CompanyFacts;
  readonly scope: StandingScope;
  put(...records: SourceRecord[]): Promise<('taken' | 'unchanged')[]>;
  /** Posts the record as it is now, as a batch does. */
  post(ref: BatchedRef, operation: Operation, facts?: Partial<PostedFacts>): Promise<void>;
  /** Undoes that. */
  unpost(ref: BatchedRef): Promise<void>;
  /** What is open, one line a record: `invoice/i-1 ready invoice.insert 10000`. */
  open(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openTestStore(options: { delivery?: 'files' | 'push'; settings?: BooksSettings } = {}): Promise<TestStore> {
  const database = await testDatabase();
  const store = openStore({ url: database.url, max: 4 });
  const { sql } = store;
  const company: CompanyFacts = { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' };
  const settings = options.settings ?? testSettings();
  const delivery = options.delivery ?? 'files';
  const scope: StandingScope = { companyId: company.id, target: TARGET, delivery, settings, currency: company.currency };
  await putCompany(store, company, ACTOR);
  await enableTarget(store, { companyId: company.id, target: TARGET, delivery, settings }, ACTOR);
  return {
    store,
    sql,
    company,
    scope,
    put: (...records) => putRecords(store, company, records, ACTOR),
    post: (ref, operation, facts = {}) => sql.begin((tx) => post(tx, scope, ref, operation, facts)).then(() => {}),
    async unpost(ref) {
      await sql.begin(async (tx) => {
        await tx`update postings set standing = false where type = ${ref.type} and record_id = ${ref.id} and standing`;
        await refreshStanding(tx, scope, [ref]);
      });
    },
    async open() {
      const rows = await sql<{ line: string }[]>`
        select concat_ws(' ', type || '/' || id, readiness, operation, reason, amount) as line from open_records
        order by type collate "C", id collate "C"`;
      return rows.map((row) => row.line);
    },
    async close() {
      await store.close();
      await database.drop();
    },
  };
}

export function testSettings(voids: BooksSettings['policy']['voids'] = 'update'): BooksSettings {
  return {
    accounts: {},
    categories: {},
    taxCodes: {},
    paymentMethods: {},
    classes: { mode: 'none' },
    policy: { onProblem: 'skip', approval: { required: false, lapsesAfterHours: 72 }, voids, tolerance: 0 },
  };
}

export function invoice(id: string, more: Partial<InvoiceRecord> = {}): InvoiceRecord {
  const total = more.total ?? '100.00';
  return {
    type: 'invoice',
    id,
    number: `N-${id}`,
    customerId: 'c-1',
    status: 'finalized',
    date: '2026-10-03',
    lines: [{ name: 'Work', quantity: '1', unitPrice: total, amount: total }],
    total,
    ...more,
  };
}

/** A payment of these amounts on these invoices; none: a deposit of 100.00. */
export function payment(id: string, on: Record<string, string> = {}, more: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    type: 'payment',
    id,
    reference: `R-${id}`,
    customerId: 'c-1',
    date: '2026-10-04',
    amount: '100.00',
    status: 'received',
    allocations: Object.entries(on).map(([invoiceId, amount]) => ({ invoiceId, amount })),
    ...more,
  };
}

export function refund(id: string, paymentId: string, amount: string, more: Partial<RefundRecord> = {}): RefundRecord {
  return { type: 'refund', id, paymentId, date: '2026-10-20', amount, ...more };
}

export function creditMemo(id: string, more: Partial<CreditMemoRecord> = {}): CreditMemoRecord {
  const lines = [{ name: 'Work', quantity: '1', unitPrice: '20', amount: '20.00' }];
  return { type: 'creditMemo', id, number: `CM-${id}`, customerId: 'c-1', date: '2026-10-22', lines, total: '20.00', ...more };
}

async function post(
  tx: Sql,
  scope: StandingScope,
  ref: BatchedRef,
  operation: Operation,
  more: Partial<PostedFacts>,
): Promise<void> {
  const [row] = await tx<{ hash: string; amount: number; number: string }[]>`
    select r.content_hash as hash, coalesce(o.amount, 0) as amount, coalesce(o.number, '') as number from records r
    left join open_records o using (company_id, type, id) where r.type = ${ref.type} and r.id = ${ref.id}`;
  const { hash, amount, number } = row!;
  const facts = { kind: kindOf(operation), operation, contentHash: hash, amount, number, ...more };
  await tx`update postings set standing = false where type = ${ref.type} and record_id = ${ref.id} and standing`;
  await tx`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, posted_by)
    values (${scope.companyId}, ${scope.target}, ${ref.type}, ${ref.id}, true, ${facts.kind}, ${facts.number}, ${facts.amount},
      ${JSON.stringify(facts)}::text::jsonb, ${ACTOR})`;
  await refreshStanding(tx, scope, [ref]);
}
