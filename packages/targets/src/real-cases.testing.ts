import {
  type BatchedRecord,
  type BuildContext,
  buildDocument,
  type Chart,
  checkAgainstChart,
  type Document,
  type Operation,
  type PostedFacts,
  postedFacts,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { chartSchema, parseRecord } from '@ledgerpost/core/schemas';
import type { TARGETS } from './index.ts';

export type Target = (typeof TARGETS)[number];
/** The codes on each record, problems with a `!`; a record without any has no row. */
export type Told = Readonly<Record<string, readonly string[]>>;

const account = (name: string, type: string) => ({ name, type, active: true });
const DECLARED = {
  accounts: [
    account('Undeposited Funds', 'Other Current Asset'),
    account('Card Clearing', 'Other Current Asset'),
    account('Services', 'Income'),
    account('Customer Deposits', 'Other Current Liability'),
    account('Receivables', 'Accounts Receivable'),
    account('Card Fees', 'Expense'),
  ],
  classes: [],
  paymentMethods: [{ name: 'Check' }, { name: 'Credit Card' }],
  terms: [{ name: 'Due on receipt' }, { name: 'Net 30' }],
  taxCodes: [{ name: 'California' }],
};
const SETTINGS = {
  taxCodes: { 'San Mateo': 'California' },
  accounts: { income: 'Services' },
  categories: { Memberships: 'Customer Deposits' },
};
const OPERATIONS: Readonly<Record<string, Operation>> = {
  invoice: 'invoice.insert',
  payment: 'payment.insert',
  creditMemo: 'creditMemo.insert',
};

export const customer = (more: object = {}) => ({ type: 'customer', id: 'c-1', accountingKey: 'Lee Tran', ...more });
export const bill = (id: string, amount: string, more: object = {}) => ({
  type: 'invoice',
  id,
  number: `N-${id}`,
  customerId: 'c-1',
  status: 'finalized',
  date: '2026-11-20',
  lines: [{ quantity: '1', unitPrice: amount, amount }],
  total: amount,
  ...more,
});
export const paid = (id: string, amount: string, invoiceId: string | undefined, more: object = {}) => ({
  type: 'payment',
  id,
  customerId: 'c-1',
  date: '2026-11-20',
  method: 'Check',
  amount,
  status: 'received',
  ...(invoiceId === undefined ? {} : { allocations: [{ invoiceId, amount }] }),
  ...more,
});

/** The records as an import reads them, in a preview at one target. */
export function preview(
  target: Target,
  sent: readonly object[],
  { settings: more = {}, salesTax = 'manual' as 'manual' | 'automated', posted = [] as readonly object[] } = {},
) {
  const records = [...posted, ...sent].map((one): SourceRecord => {
    const read = parseRecord(one, 'USD');
    if (!read.ok) throw new Error(JSON.stringify(read.refusals));
    return read.record;
  });
  const settings = target.settings.parse({ ...SETTINGS, ...more });
  const preferences = { classMode: 'none', automaticCredit: false, salesTax, customNumbers: true, departments: false };
  const chart = { ...chartSchema.parse(DECLARED), ...(target.id === 'qbo' ? { preferences } : {}) } as Chart;
  const newest = new Map(records.map((record) => [refKey(record), record]));
  const get = (type: SourceRecord['type']) => (id: string) => newest.get(`${type}/${id}`) as never;
  const facts = new Map<string, PostedFacts>();
  const kept = new Map<string, Document>();
  const context: BuildContext = {
    company: { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' },
    settings,
    delivery: target.delivery.by,
    limits: target.limits(settings),
    ...(target.id === 'qbo' ? { salesTax } : {}),
    customer: get('customer'),
    department: get('department'),
    service: get('service'),
    job: get('job'),
    invoice: get('invoice'),
    payment: get('payment'),
    refundsOf: () => [],
    posted: (record) => facts.get(refKey(record)),
    postedDocument: (record) => kept.get(refKey(record)),
    inBatch: (id) => newest.has(`invoice/${id}`),
    referenceTaken: () => false,
    shortHash: (text) => `H${text.length}ABCDEFGHIJK`.slice(0, 12),
    contentHash: (record) => JSON.stringify(record),
  };
  const documents: Record<string, Document> = {};
  const told: Record<string, string[]> = {};
  for (const record of records.slice(0, posted.length)) {
    const operation = OPERATIONS[record.type];
    if (operation === undefined) continue;
    const { document } = buildDocument(record as BatchedRecord, operation, context);
    kept.set(refKey(record), document);
    facts.set(refKey(record), postedFacts(document, JSON.stringify(record), [], undefined));
  }
  for (const record of records.slice(posted.length)) {
    const insert = OPERATIONS[record.type];
    if (insert === undefined) continue;
    const operation = facts.has(refKey(record)) ? (insert.replace('insert', 'update') as Operation) : insert;
    const { document, problems } = buildDocument(record as BatchedRecord, operation, context);
    const found = [...problems, ...checkAgainstChart(document, chart, settings), ...target.validate(document, chart, settings)];
    documents[record.id] = document;
    if (found.length > 0)
      told[record.id] = [...new Set(found.map(({ code, severity }) => (severity === 'problem' ? `${code}!` : code)))];
    // Whatever goes out has a payload.
    if (found.every(({ severity }) => severity !== 'problem')) target.export(document, chart, settings);
  }
  return { told, documents };
}
