import type { Batch, BatchItem, Report, Target, UnbatchedRow } from '../api/queries.ts';
import type { Call, FakeApi } from './fake-api.ts';
import {
  batch,
  COMPANY,
  connection,
  drift,
  driftCheck,
  idOf,
  item,
  preview,
  schedule,
  sessionOf,
  unbatchedPage,
  unbatchedRow,
  undo,
} from './fixtures.ts';
import { bookName, linkTo, matchingCounts, matchingRow } from './matching-answers.ts';

/*
 * One Monday at Amy's HVAC, as the pictures of the documentation show it.
 */

const CUSTOMERS = [
  ['c-1', 'Amy’s Bird Sanctuary'],
  ['c-2', 'Cool Cars'],
  ['c-3', 'Diego Rodriguez'],
  ['c-4', 'Kookies by Kathy'],
  ['c-5', 'Sonnenschein Family Store'],
  ['c-6', 'Weiskopf Consulting'],
] as const;
const DEPARTMENTS = [
  { id: 'd-1', name: 'HVAC Service' },
  { id: 'd-2', name: 'Plumbing' },
];
const AMOUNTS = [18_900, 42_500, 120_450, 9_800, 65_000, 31_275, 78_150, 22_000] as const;

function rowOf(n: number, type: 'invoice' | 'payment'): UnbatchedRow {
  const [id, name] = CUSTOMERS[n % CUSTOMERS.length]!;
  return unbatchedRow(`${type}-${n}`, {
    type,
    number: String((type === 'invoice' ? 1_051 : 2_061) + n),
    date: `2026-10-0${1 + (n % 5)}`,
    customer: { id, name },
    department: DEPARTMENTS[n % 3 === 2 ? 1 : 0]!,
    operation: type === 'invoice' ? 'invoice.insert' : 'payment.insert',
    amount: AMOUNTS[n % AMOUNTS.length]!,
  });
}

const INVOICES: readonly UnbatchedRow[] = Array.from({ length: 14 }, (_, n) => rowOf(n, 'invoice')).map((row, n) =>
  n === 2
    ? {
        ...row,
        problems: [
          {
            code: 'unknown-class',
            severity: 'problem',
            record: { type: 'invoice', id: row.id },
            field: 'lines[0].accountingClass',
            message: `Invoice ${row.number} needs class “Drains”, which is not in QuickBooks. Create the class, or choose another.`,
          },
        ],
      }
    : row,
);
const PAYMENTS = Array.from({ length: 9 }, (_, n) => rowOf(n, 'payment'));

const REFUSED: BatchItem = item(4, {
  customerName: 'Cool Cars',
  departmentName: 'HVAC Service',
  state: 'refused',
  number: '1049',
  externalId: null,
  targetTotal: null,
  amount: 42_500,
  problems: [
    {
      code: 'refused-by-target',
      severity: 'problem',
      record: { type: 'invoice', id: 'i-4' },
      message:
        'QuickBooks refused invoice 1049 for Cool Cars: the books are closed through Sep 30, 2026. Reopen the period, or change the date.',
    },
  ],
});
const ITEMS: readonly BatchItem[] = [
  item(1, { number: '1046' }),
  item(2, { number: '1047', customerName: 'Diego Rodriguez', amount: 120_450, targetTotal: 120_450 }),
  item(3, { number: '1048', date: '2026-10-04', customerName: 'Kookies by Kathy', amount: 9_800, targetTotal: 9_800 }),
  REFUSED,
  item(5, { operation: 'payment.insert', record: { type: 'payment', id: 'p-1' }, number: '2058' }),
];

const WEEK_40 = batch({ name: 'Week 40', startedAt: '2026-10-02T22:02:00.000Z', endedAt: '2026-10-02T22:03:00.000Z' });
const MONDAY = batch({
  id: idOf(101),
  name: 'Monday morning',
  state: 'posted-in-part',
  progress: { done: 5, of: 5, items: 5, states: { posted: 4, refused: 1 } },
});
const FILES = batch({
  id: idOf(102),
  name: 'September leftovers',
  target: 'saasant',
  startedAt: '2026-10-01T16:40:00.000Z',
  endedAt: '2026-10-01T16:41:00.000Z',
});
const BATCHES: readonly Batch[] = [MONDAY, WEEK_40, FILES];
const DRIFT = drift({ batch: { id: WEEK_40.id, name: WEEK_40.name, seq: 1 } });
const DELETED = drift({
  id: idOf(201),
  batch: { id: WEEK_40.id, name: WEEK_40.name, seq: 2 },
  number: '1043',
  status: 'gone',
  amount: 25_000,
  total: null,
  foundBy: 'webhook',
  problem: {
    code: 'changed-there',
    severity: 'warning',
    record: { type: 'invoice', id: 'i-2' },
    message: 'Invoice 1043 for Cool Cars was deleted in QuickBooks.',
  },
});

const SIDE = { documents: 2, amount: 43_900 };
const CHECKED = { documents: 1, amount: 21_400, difference: -22_500, of: SIDE };
const SAME = { documents: 1, amount: 18_900, difference: 0, of: { documents: 1, amount: 18_900 } };

const DIFFERING = {
  operation: 'invoice.insert',
  record: { type: 'invoice', id: 'i-1' },
  date: '2026-10-01',
  state: 'posted',
  customer: 'Amy’s Bird Sanctuary',
  customerExternalId: '58',
  department: 'HVAC Service',
  externalId: '145',
} as const;

const REPORT: Report = {
  batch: { ...WEEK_40, targetName: 'QuickBooks Online' },
  company: COMPANY,
  documents: 3,
  books: {
    by: 'target',
    how: '',
    looked: 3,
    linesTold: 3,
    superseded: 0,
    verification: {
      run: 1,
      state: 'done',
      startedAt: '2026-10-05T17:20:00.000Z',
      endedAt: '2026-10-05T17:21:00.000Z',
      startedBy: 'Dana Lee (0123456789ab)',
      reason: null,
    },
  },
  operations: [
    { operation: 'invoice.insert', ours: SIDE, books: CHECKED },
    { operation: 'payment.insert', ours: { documents: 1, amount: 18_900 }, books: SAME },
  ],
  accounts: [
    {
      account: 'Services',
      role: 'income',
      class: 'HVAC',
      ours: { documents: 2, amount: -43_900 },
      books: { documents: 1, amount: -21_400, difference: 22_500, of: { documents: 2, amount: -43_900 } },
    },
    { account: 'Undeposited Funds', role: 'deposit', class: null, ours: { documents: 1, amount: 18_900 }, books: SAME },
    {
      account: null,
      role: 'receivable',
      class: null,
      ours: { documents: 3, amount: 25_000 },
      books: { documents: 2, amount: 2_500, difference: -22_500, of: { documents: 3, amount: 25_000 } },
    },
  ],
  classes: [{ class: 'HVAC', ours: SIDE, books: CHECKED }],
  departments: [{ department: 'HVAC Service', kind: 'invoice', ours: SIDE, books: CHECKED }],
  taxes: [],
  agencies: [],
  deposits: [{ account: 'Undeposited Funds', ours: { documents: 1, amount: 18_900 }, books: SAME }],
  outcomes: [{ state: 'posted', documents: 3, amount: 62_800 }],
  differing: {
    count: 2,
    rows: [
      {
        ...DIFFERING,
        seq: 1,
        number: '1042',
        amount: 18_900,
        booksTotal: 21_400,
        finding: 'changed',
        messages: [DRIFT.problem.message],
      },
      {
        ...DIFFERING,
        seq: 2,
        number: '1043',
        amount: 25_000,
        booksTotal: 0,
        finding: 'gone',
        messages: [DELETED.problem.message],
      },
    ],
  },
};

/** Gives the API the answers that the pictured screens ask for. */
/** What is unbatched, and a quarter of posted documents. */
const DASHBOARD = {
  unbatched: [
    { target: 'qbo', list: 'invoices' as const, documents: 214, amount: 4_812_350, oldest: '2026-10-01' },
    { target: 'qbo', list: 'payments' as const, documents: 187, amount: 4_105_900, oldest: '2026-10-02' },
  ],
  leftOpen: [
    {
      target: 'qbo',
      of: 'payments' as const,
      documents: 2,
      amount: 18_400,
      oldest: [
        { number: '2031', customer: 'Cool Cars', amount: 12_500, batchId: idOf(100), seq: 5 },
        { number: '2047', customer: 'Kookies by Kathy', amount: 5_900, batchId: idOf(100), seq: 6 },
      ],
    },
    {
      target: 'qbo',
      of: 'refunds' as const,
      documents: 1,
      amount: 5_000,
      oldest: [{ number: 'RF-118', customer: 'Amy’s Bird Sanctuary', amount: 5_000, batchId: idOf(100), seq: 7 }],
    },
  ],
  checks: [{ target: 'qbo', endedAt: '2026-10-05T17:00:00.000Z', failed: false }],
  weeks: [118, 131, 125, 140, 96, 152, 149, 161, 158, 170, 166, 181, 74].map((invoices, at) => ({
    week: new Date(Date.UTC(2026, 6, 13 + at * 7)).toISOString().slice(0, 10),
    ...{ invoices, payments: invoices - 20, others: at % 4, invoiced: invoices * 22_400, paid: (invoices - 20) * 22_100 },
  })),
};

const FOUND = [
  { kind: 'categories' as const, name: 'Parts', records: 148, example: '1042', mappedTo: 'Sales of parts' },
  { kind: 'categories' as const, name: 'HVAC work', records: 96, example: '1040', mappedTo: null },
  { kind: 'taxCodes' as const, name: 'San Mateo', records: 131, example: '1042', mappedTo: null },
  { kind: 'paymentMethods' as const, name: 'Card', records: 88, example: 'P-2210', mappedTo: null },
];

const DANA = {
  ...{ id: 'dana', name: 'Dana Lee', email: 'dana@example.com', hasPassword: true, accounts: 0 },
  ...{ createdAt: WEEK_40.startedAt, usedAt: WEEK_40.startedAt },
  access: [{ company: { id: COMPANY.id, name: COMPANY.name }, roles: ['admin' as const] }],
};

export function answerForScreens(api: FakeApi, targets: readonly Target[]): void {
  const company = '/v1/companies/{company}' as const;
  api.answer('get', '/v1/session', sessionOf('admin'));
  api.answer('get', '/v1/targets', { rows: [...targets] });
  api.answer('get', company, COMPANY);
  api.answer('get', `${company}/targets`, {
    rows: [
      { target: 'qbo', settings: {} },
      {
        target: 'saasant',
        settings: { accounts: { income: 'Services', refund: 'Checking' }, categories: { Parts: 'Sales of parts' } },
      },
    ].map((one) => ({ ...one, company: COMPANY.id, changedAt: WEEK_40.startedAt, changedBy: WEEK_40.startedBy })),
  } as never);
  api.answer('get', `${company}/dashboard`, DASHBOARD);
  api.answer('get', `${company}/targets/{target}/found`, { rows: [...FOUND] });
  api.answer('get', `${company}/departments`, { rows: DEPARTMENTS });
  api.answer('get', `${company}/schedules`, { rows: [schedule()] });
  api.answer('get', `${company}/drift`, ({ query }) =>
    query.batch === MONDAY.id ? { rows: [], open: 0 } : { rows: [DRIFT, DELETED], open: 2 },
  );
  api.answer('get', `${company}/targets/{target}/unbatched/{list}`, ({ params }) =>
    unbatchedPage(params.list === 'payments' ? PAYMENTS : INVOICES),
  );
  api.answer('get', `${company}/keys`, { rows: [] });
  api.answer('get', `${company}/people`, { rows: [DANA] });
  api.answer('get', `${company}/invitations`, { rows: [] });
  api.answer('get', '/v1/sessions', { rows: [] });
  const nothing = { accounts: [], classes: [], paymentMethods: [], terms: [], taxCodes: [], departments: [] };
  api.answer('get', `${company}/targets/{target}/chart`, { known: false, ...nothing });
  api.answer('get', `${company}/batches/{batch}/causes`, { rows: [] });
  api.answer('post', `${company}/targets/{target}/batches:preview`, previewOf());
  answerForBooks(api);
  answerForMatching(api);
  answerForBatches(api);
}

/** Two of ours that a person has to tell apart, and much that goes by itself. */
function answerForMatching(api: FakeApi): void {
  const matching = '/v1/companies/{company}/targets/{target}/matching' as const;
  const customer = { 'to-match': 2, 'same-name': 148, similar: 12, 'only-here': 31, linked: 1_204, 'only-there': 67 };
  api.answer('get', `${matching}/counts`, matchingCounts(customer, { linked: 38, 'only-here': 3, 'only-there': 9 }));
  const there = { externalId: '58', name: 'John Smith', reason: 'same-name' as const };
  api.answer('get', matching, {
    rows: [
      matchingRow('c-1031', { name: 'John Smith', state: 'to-match', documents: 3, suggestions: [there] }),
      matchingRow('c-2207', {
        name: 'John Smith',
        state: 'to-match',
        documents: 1,
        suggestions: [there, { externalId: '91', name: 'J. Smith Plumbing', reason: 'phone' }],
      }),
      matchingRow('c-3', { name: 'Diego Rodriguez', state: 'linked', link: linkTo('71', 'Rodriguez, Diego'), documents: 0 }),
    ],
  });
  api.answer('get', `${matching}/books`, { rows: [bookName('58', 'John Smith'), bookName('91', 'J. Smith Plumbing')] });
}

function answerForBooks(api: FakeApi): void {
  const target = '/v1/companies/{company}/targets/{target}' as const;
  const ends = {
    code: 'access-ends' as const,
    severity: 'warning' as const,
    message: 'The sign-in to QuickBooks Online expires in 5 days. Ask an admin to reconnect before then.',
  };
  api.answer('get', `${target}/connection`, connection({ notices: [ends] }));
  api.answer('get', `${target}/look`, driftCheck({ found: 2, open: 2 }));
  api.answer('get', `${target}/schedule`, schedule());
  const run = { askedBy: null, code: null, message: 'The batch started.' };
  api.answer('get', `${target}/schedule/runs`, {
    rows: [
      {
        ...run,
        at: '2026-10-03T01:00:00.000Z',
        due: '2026-10-03T01:00:00.000Z',
        outcome: 'started',
        batch: { id: WEEK_40.id, name: WEEK_40.name, state: WEEK_40.state },
      },
      {
        ...run,
        at: '2026-10-02T01:00:00.000Z',
        due: '2026-10-02T01:00:00.000Z',
        outcome: 'nothing-to-send',
        message: 'Nothing was unbatched.',
        batch: null,
      },
    ],
  });
}

function answerForBatches(api: FakeApi): void {
  const company = '/v1/companies/{company}' as const;
  const named = ({ params }: Call) => BATCHES.find(({ id }) => id === params.batch)!;
  api.answer('get', `${company}/batches`, ({ query }) => ({
    rows: BATCHES.filter(({ state, target, id }) => {
      if (query.target !== undefined) return id === WEEK_40.id && target === query.target;
      return query.state === undefined || state === query.state;
    }),
  }));
  api.answer('get', `${company}/batches/{batch}`, named);
  api.answer('get', `${company}/batches/{batch}/files`, { rows: [] });
  api.answer('get', `${company}/batches/{batch}/items`, (call) => ({
    rows: [...(named(call) === MONDAY ? ITEMS : ITEMS.filter(({ state }) => state === 'posted').slice(0, 3))],
  }));
  api.answer('get', `${company}/batches/{batch}/report`, REPORT);
  api.answer('get', `${company}/batches/{batch}/undo`, undo({ batch: WEEK_40 }));
}

function previewOf() {
  const sendable = [...INVOICES.filter(({ problems }) => problems.length === 0), ...PAYMENTS];
  const of = (operation: string) => sendable.filter((row) => row.operation === operation);
  const totalOf = (rows: readonly UnbatchedRow[]) => ({
    documents: rows.length,
    amount: rows.reduce((sum, { amount }) => sum + amount, 0),
  });
  const [stopped] = INVOICES.filter(({ problems }) => problems.length > 0);
  return preview({
    totals: {
      ...preview().totals,
      states: { rejected: totalOf([stopped!]) },
      operations: { 'invoice.insert': totalOf(of('invoice.insert')), 'payment.insert': totalOf(of('payment.insert')) },
      tax: 12_875,
    },
    names: { customers: CUSTOMERS.length, items: ['Diagnostic', 'Filter', 'Tune-up'] },
    problems: [{ ...stopped!.problems[0]!, number: stopped!.number }],
    problemCounts: { 'unknown-class': 1 },
    causes: [
      {
        code: 'unknown-class',
        severity: 'problem',
        subject: 'Drains',
        documents: 1,
        operations: { 'invoice.insert': 1 },
        example: { ...stopped!.problems[0]!, number: stopped!.number },
      },
    ],
    notSelected: [],
  });
}
