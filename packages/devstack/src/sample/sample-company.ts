import {
  addDays,
  type CompanyFacts,
  type CustomerRecord,
  type InvoiceRecord,
  type JobRecord,
  type PaymentRecord,
  type SourceRecord,
} from '@ledgerpost/core';
import { centsOf, usd, withTotals } from './bill.ts';
import { type BooksKind, departments, services, settings, settingsForQuickBooks } from './books.ts';
import { Draft, type Expectation, isSent, nothing, sent, stopped } from './draft.ts';
import { importedAs, jobWithInvoice, someCreditMemo, somePayment, someRefund } from './make-records.ts';
import { randomFrom } from './random.ts';
import { spelt } from './spelt.ts';
import { businesses, cities, companyNames, firstNames, lastNames, places, streets } from './words.ts';
import { wrongRecords } from './wrong-records.ts';

export interface SampleOrder {
  /** The same seed gives the same company. */
  readonly seed: number;
  /** YYYY-MM-DD: the company's current day; its records are from the two months before. */
  readonly today: string;
  /** Makes the company's id different from other runs with the same seed. */
  readonly run?: string | undefined;
  /** Default: files for a person. */
  readonly books?: BooksKind | undefined;
  /** Number of ordinary jobs. */
  readonly jobs?: number | undefined;
}

export interface SampleCompany {
  readonly seed: number;
  readonly today: string;
  readonly company: CompanyFacts;
  readonly books: BooksKind;
  readonly settings: typeof settings | typeof settingsForQuickBooks;
  readonly records: readonly SourceRecord[];
  /** One for every record that can be batched. */
  readonly expectations: readonly Expectation[];
}

/**
 * An invented field-service company before its first batch: a few hundred invoices and what belongs to them, with a
 * few of everything that goes wrong in real ones.
 */
export function sampleCompany(order: SampleOrder): SampleCompany {
  const random = randomFrom(order.seed);
  const name = random.pick(companyNames);
  const { books = 'files' } = order;
  const draft = new Draft(random, order.today, books);
  draft.put(...departments, ...services.map(({ record }) => ({ ...record, name: spelt(record.name, books) })));
  const customers = someCustomers(draft);
  ordinaryJobs(draft, customers, order.jobs ?? 380);
  deposits(draft, customers);
  importedJobs(draft, customers);
  refundsBeforeTheBatch(draft);
  creditMemos(draft);
  thingsThatWentNowhere(draft, customers);
  wrongRecords(draft, customers);
  const slug = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '-');
  return {
    seed: order.seed,
    today: order.today,
    company: {
      id: `${slug}-${order.run ?? order.seed}`.slice(0, 64),
      name,
      timeZone: 'America/Los_Angeles',
      currency: 'USD',
    },
    books,
    settings: books === 'files' ? settings : settingsForQuickBooks,
    records: draft.records(),
    expectations: draft.expectations(),
  };
}

function someCustomers(draft: Draft): readonly CustomerRecord[] {
  const { random } = draft;
  const customers: CustomerRecord[] = [];
  const taken = new Set<string>();
  const add = (name: string, facts: Partial<CustomerRecord>) => {
    const accountingKey = spelt(name, draft.books);
    if (taken.has(accountingKey)) return;
    taken.add(accountingKey);
    const [city, postalCode] = random.pick(cities);
    const customer: CustomerRecord = {
      type: 'customer',
      id: `c-${customers.length + 1}`,
      accountingKey,
      billingAddress: { line1: `${random.int(1, 9999)} ${random.pick(streets)}`, city, region: 'CA', postalCode, country: 'US' },
      taxExempt: random.percent(10),
      ...facts,
    };
    customers.push(customer);
    draft.put(customer);
  };
  // In QuickBooks a name belongs to one customer, vendor or employee.
  const ofWhom = (business: string) => (draft.books === 'files' ? '' : `, ${business.slice(0, 40)}`);
  for (const business of businesses) {
    add(business, { name: business, company: business, email: 'office@example.com' });
    // A sub-customer: one of several addresses of the same customer in the books.
    if (random.percent(50)) add(`${business}:${random.pick(places)}${ofWhom(business)}`, { name: business, company: business });
  }
  while (customers.length < 150) {
    const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    add(taken.has(name) ? `${name} ${random.int(2, 99)}` : name, {
      name,
      phone: `(650) 555-0${random.int(100, 199)}`,
      ...(random.percent(70) ? { email: `customer${customers.length}@example.com` } : {}),
    });
  }
  return customers;
}

function ordinaryJobs(draft: Draft, customers: readonly CustomerRecord[], count: number): void {
  const { random } = draft;
  for (let n = 1; n <= count; n += 1) {
    const invoice = jobWithInvoice(draft, random.pick(customers), `${n}`);
    if (random.percent(6)) {
      draft.expect({ ...invoice, status: 'draft' }, 'a draft waits', stopped('not-finalized'));
      continue;
    }
    draft.expect(invoice, 'a finalized invoice is new', sent('invoice.insert'));
  }
  // Free of charge, but still a document.
  for (const invoice of random.take(4, finalized(draft))) {
    const [line] = invoice.lines;
    const lines = [
      line!,
      { ...line!, name: 'Warranty', quantity: '1', unitPrice: `-${line!.amount}`, amount: `-${line!.amount}`, taxable: false },
    ];
    const { tax: _, ...rest } = invoice;
    draft.expect({ ...rest, ...withTotals(lines) }, 'an invoice with a zero total is sent too', sent('invoice.insert'));
  }
  payInvoices(draft);
}

/** Invoices with an open balance that the next batch sends. */
function finalized(draft: Draft): InvoiceRecord[] {
  return draft
    .all('invoice')
    .filter((invoice) => isSent(draft.outcomeOf(invoice), 'invoice.insert') && centsOf(invoice.total) > 0);
}

function payInvoices(draft: Draft): void {
  const { random } = draft;
  const open = new Map<string, InvoiceRecord[]>();
  for (const invoice of finalized(draft)) {
    if (random.percent(24)) continue;
    open.set(invoice.customerId!, [...(open.get(invoice.customerId!) ?? []), invoice]);
  }
  let n = 0;
  for (const [customerId, invoices] of open) {
    while (invoices.length > 0) {
      n += 1;
      // A customer with several invoices pays some of them with one check.
      const paid = invoices.splice(0, random.percent(30) ? random.int(2, 4) : 1);
      const partial = paid.length === 1 && random.percent(12);
      const allocations = paid.map((invoice) => ({
        invoiceId: invoice.id,
        amount: partial ? usd(Math.max(1, Math.floor(centsOf(invoice.total) / 3))) : invoice.total,
      }));
      const latest = paid
        .map((invoice) => invoice.date)
        .sort()
        .at(-1)!;
      const payment = somePayment(draft, `p-${n}`, {
        customerId,
        ...(paid.length === 1 && paid[0]!.jobId ? { jobId: paid[0]!.jobId } : {}),
        date: [addDays(latest, random.int(0, 10)), draft.today].sort()[0]!,
        amount: usd(allocations.reduce((cents, part) => cents + centsOf(part.amount), 0)),
        allocations,
      });
      draft.expect(payment, paid.length > 1 ? 'one payment pays several invoices' : 'a payment is new', sent('payment.insert'));
    }
  }
  // Paid before the office finalized it: sent unapplied for now.
  for (const invoice of random.take(
    3,
    draft.all('invoice').filter((invoice) => invoice.status === 'draft' && centsOf(invoice.total) > 0),
  )) {
    n += 1;
    const payment = somePayment(draft, `p-${n}`, {
      customerId: invoice.customerId!,
      jobId: invoice.jobId!,
      date: invoice.date,
      amount: invoice.total,
      allocations: [{ invoiceId: invoice.id, amount: invoice.total }],
    });
    draft.expect(payment, 'a payment for a draft is sent unapplied', sent('payment.insert'));
  }
}

function deposits(draft: Draft, customers: readonly CustomerRecord[]): void {
  for (let n = 1; n <= 24; n += 1) {
    const customer = draft.random.pick(customers);
    const job: JobRecord = {
      type: 'job',
      id: `j-dep-${n}`,
      number: `J-D${n}`,
      customerId: customer.id,
      departmentId: draft.random.pick(departments).id,
    };
    draft.put(job);
    const payment = somePayment(draft, `p-dep-${n}`, {
      customerId: customer.id,
      jobId: job.id,
      date: draft.daysAgo(30, 2),
      amount: usd(draft.random.int(50, 800) * 100),
    });
    draft.expect(payment, 'a job deposit is sent without an invoice', sent('payment.insert'));
  }
}

function importedJobs(draft: Draft, customers: readonly CustomerRecord[]): void {
  for (let n = 1; n <= 6; n += 1) {
    const customer = draft.random.pick(customers);
    draft.put({ type: 'job', id: `j-old-${n}`, number: `OLD-${n}`, customerId: customer.id, imported: true });
    const payment = somePayment(draft, `p-old-${n}`, {
      customerId: customer.id,
      jobId: `j-old-${n}`,
      date: draft.daysAgo(40, 2),
      amount: usd(draft.random.int(4_000, 90_000)),
    });
    const { as, because } = importedAs(draft.books);
    draft.expect(payment, because, sent(as));
  }
}

function refundsBeforeTheBatch(draft: Draft): void {
  // A payment that waits for its invoice is handled separately.
  const waits = (p: PaymentRecord) => p.allocations!.some(({ invoiceId }) => isDraft(draft, invoiceId));
  const single = draft
    .all('payment')
    .filter((p) => p.allocations?.length === 1 && centsOf(p.amount) > 2_000 && /^p-\d+$/.test(p.id) && !waits(p));
  draft.random.take(7, single).forEach((payment, n) => {
    const whole = n >= 5;
    draft.expect(
      someRefund(draft, `r-${n + 1}`, payment, whole ? payment.amount : usd(Math.floor(centsOf(payment.amount) / 4))),
      'a refund before the batch is subtracted from its payment',
      nothing,
    );
    if (whole) draft.expect(payment, 'a payment that was refunded in full before the batch is never sent', nothing);
  });
}

function isDraft(draft: Draft, invoiceId: string): boolean {
  return draft.all('invoice').some((invoice) => invoice.id === invoiceId && invoice.status === 'draft');
}

function creditMemos(draft: Draft): void {
  draft.random.take(6, finalized(draft)).forEach((invoice, n) => {
    draft.expect(
      someCreditMemo(`m-${n + 1}`, invoice, draft.today, n % 2 === 0),
      'a credit memo is new',
      sent('creditMemo.insert'),
    );
  });
}

function thingsThatWentNowhere(draft: Draft, customers: readonly CustomerRecord[]): void {
  for (let n = 1; n <= 3; n += 1) {
    const invoice = jobWithInvoice(draft, draft.random.pick(customers), `void-${n}`);
    draft.expect({ ...invoice, status: 'void' }, 'an invoice that was voided before any batch is never sent', nothing);
  }
  for (const [id, status] of [
    ['p-dis-1', 'disputed'],
    ['p-dis-2', 'disputed'],
    ['p-rem-1', 'removed'],
  ] as const) {
    const payment = somePayment(draft, id, {
      customerId: draft.random.pick(customers).id,
      date: draft.daysAgo(20, 2),
      amount: '75.00',
      status,
    });
    draft.expect(payment, `a payment that is ${status} before any batch is never sent`, nothing);
  }
}
