import {
  type BatchedRecord,
  type CreditMemoRecord,
  type CustomerRecord,
  type InvoiceRecord,
  type Operation,
  type PaymentRecord,
  refKey,
  type SourceRecord,
} from '@ledgerpost/core';
import { centsOf, usd, withTotals } from './bill.ts';
import { taxes } from './books.ts';
import { Draft, type Expectation, isSent, nothing, sent, stopped } from './draft.ts';
import { importedAs, jobWithInvoice, someCreditMemo, somePayment, someRefund } from './make-records.ts';
import { randomFrom } from './random.ts';
import type { SampleCompany } from './sample-company.ts';

export interface NextChapter {
  /** In the order in which they happened: a record may be changed and changed back. */
  readonly records: readonly SourceRecord[];
  /** One for every record that changed, and for each that is sent because another one changed. */
  readonly expectations: readonly Expectation[];
}

/**
 * What happens to the company after its first batch: every kind of change to a record that the records reference lists,
 * at least once. None of it was sent before.
 */
export function lifeGoesOn(before: SampleCompany): NextChapter {
  const draft = new Draft(randomFrom(before.seed + 1), before.today, before.books, 20_001);
  const past = new Past(before);
  const history: SourceRecord[] = [];

  editedInvoices(draft, past, history);
  voidedInvoices(draft, past);
  finalizedDrafts(draft, past);
  appliedDeposits(draft, past);
  paymentsThatChanged(draft, past);
  refunds(draft, past);
  creditMemos(draft, past);
  importedJobs(draft, past);
  correctedRecords(draft, past);
  renamedCustomer(draft, past);
  newWork(draft, past);

  return { records: [...history, ...draft.records()], expectations: draft.expectations() };
}

/** What the first batch sent and left; each record is used once. */
class Past {
  readonly customers: readonly CustomerRecord[];
  readonly #records: readonly SourceRecord[];
  readonly #company: SampleCompany;
  readonly #used = new Set<string>();

  constructor(company: SampleCompany) {
    this.#company = company;
    this.#records = company.records;
    // Records that are wrong on purpose have another kind of id.
    this.customers = this.all('customer').filter((customer) => /^c-\d+$/.test(customer.id));
  }

  all<T extends SourceRecord['type']>(type: T): Extract<SourceRecord, { type: T }>[] {
    return this.#records.filter((r): r is Extract<SourceRecord, { type: T }> => r.type === type);
  }

  /** Unused records of that type that the first batch was expected to send in that way. */
  take<T extends BatchedRecord['type']>(
    count: number,
    type: T,
    as: Parameters<typeof sent>[0],
    fits: (record: Extract<SourceRecord, { type: T }>) => boolean = () => true,
  ): Extract<SourceRecord, { type: T }>[] {
    const wanted = new Set(this.#company.expectations.filter((e) => isSent(e.outcome, as)).map((e) => refKey(e.ref)));
    return this.#claim(
      this.all(type)
        .filter((record) => wanted.has(refKey(record)) && !this.#used.has(refKey(record)) && fits(record))
        .slice(0, count),
      count,
      type,
    );
  }

  /** Those that were wrong, or drafts. */
  takeStopped(count: number, code: Parameters<typeof stopped>[0]): InvoiceRecord[] {
    const wanted = new Set(
      this.#company.expectations.filter((e) => e.outcome.is === 'stopped' && e.outcome.by === code).map((e) => refKey(e.ref)),
    );
    return this.#claim(
      this.all('invoice')
        .filter((record) => wanted.has(refKey(record)))
        .slice(0, count),
      count,
      code,
    );
  }

  paymentsFor(invoiceId: string): PaymentRecord[] {
    return this.all('payment').filter((payment) => payment.allocations?.some((part) => part.invoiceId === invoiceId));
  }

  hasRefund(payment: PaymentRecord): boolean {
    return this.all('refund').some((refund) => refund.paymentId === payment.id);
  }

  #claim<R extends SourceRecord>(found: R[], count: number, what: string): R[] {
    if (found.length < count) throw new Error(`The sample company has too few records for this: ${what}.`);
    for (const record of found) this.#used.add(refKey(record));
    return found;
  }
}

function editedInvoices(draft: Draft, past: Past, history: SourceRecord[]): void {
  for (const invoice of past.take(9, 'invoice', 'invoice.insert', (i) => centsOf(i.total) > 0)) {
    draft.expect(withOneMoreLine(invoice), 'a changed invoice is an update', sent('invoice.update'));
  }
  for (const invoice of past.take(2, 'invoice', 'invoice.insert', (i) => centsOf(i.total) > 0)) {
    history.push(withOneMoreLine(invoice));
    draft.expect(invoice, 'an invoice that was changed and changed back has nothing to send', nothing);
  }
  const [again] = past.take(1, 'invoice', 'invoice.insert', (i) => past.paymentsFor(i.id).length === 0);
  draft.expect({ ...again!, status: 'draft' }, 'a batched invoice that is a draft again needs a person', stopped('was-posted'));
}

function withOneMoreLine(invoice: InvoiceRecord): InvoiceRecord {
  const { tax, ...rest } = invoice;
  const line = { name: 'Disposal fee', quantity: '1', unitPrice: '15', amount: '15.00', taxable: false };
  return {
    ...rest,
    ...withTotals(
      [...invoice.lines, line],
      taxes.find((known) => known.name === tax?.name),
    ),
  };
}

function voidedInvoices(draft: Draft, past: Past): void {
  const unpaid = (invoice: InvoiceRecord) => centsOf(invoice.total) > 0 && past.paymentsFor(invoice.id).length === 0;
  for (const invoice of past.take(3, 'invoice', 'invoice.insert', unpaid)) {
    draft.expect(
      { ...invoice, status: 'void' },
      'a cancelled invoice that was batched is an update to zero',
      sent('invoice.update'),
    );
  }
  const [unbatched] = past.takeStopped(1, 'not-finalized').filter((invoice) => past.paymentsFor(invoice.id).length === 0);
  if (unbatched) draft.expect({ ...unbatched, status: 'void' }, 'a cancelled draft is never sent', nothing);
}

function finalizedDrafts(draft: Draft, past: Past): void {
  for (const invoice of past.all('invoice').filter((i) => i.status === 'draft')) {
    const waiting = past.paymentsFor(invoice.id);
    if (waiting.length === 0) continue;
    draft.expect({ ...invoice, status: 'finalized' }, 'a draft that was finalized is new', sent('invoice.insert'));
    for (const payment of waiting) {
      draft.expect(payment, 'a payment that waited for its invoice is re-allocated', sent('payment.update'));
    }
  }
}

function appliedDeposits(draft: Draft, past: Past): void {
  past
    .take(10, 'payment', 'payment.insert', (p) => p.id.startsWith('p-dep-'))
    .forEach((deposit, n) => {
      const customer = past.customers.find((c) => c.id === deposit.customerId)!;
      const { jobId: _, ...bill } = jobWithInvoice(draft, customer, `new-dep-${n + 1}`, 1, 0);
      const invoice = { ...bill, jobId: deposit.jobId! };
      draft.expect(invoice, 'an invoice for a job with a deposit is new', sent('invoice.insert'));
      const amount = usd(Math.min(centsOf(deposit.amount), Math.max(1, centsOf(invoice.total))));
      if (centsOf(invoice.total) <= 0) return;
      draft.expect(
        { ...deposit, allocations: [{ invoiceId: invoice.id, amount }] },
        'a deposit that is applied to an invoice is re-allocated',
        sent('payment.update'),
      );
    });
}

function paymentsThatChanged(draft: Draft, past: Past): void {
  const plain = (p: PaymentRecord) => p.id.startsWith('p-dep-');
  const [amount, method, disputed, removed] = past.take(4, 'payment', 'payment.insert', plain);
  const expectStopped = (payment: PaymentRecord, because: string) =>
    draft.expect(payment, because, stopped('changed-after-batch'));
  corrected(draft, { ...amount!, amount: usd(centsOf(amount!.amount) + 1_000) }, 'payment', 'payment.update');
  corrected(draft, { ...method!, method: 'Wire' }, 'payment', 'payment.update');
  expectStopped({ ...disputed!, status: 'disputed' }, 'a batched payment that is disputed needs a person');
  expectStopped({ ...removed!, status: 'removed' }, 'a batched payment that was removed needs a person');
}

function refunds(draft: Draft, past: Past): void {
  const paid = (p: PaymentRecord) =>
    /^p-\d+$/.test(p.id) && p.allocations?.length === 1 && centsOf(p.amount) > 5_000 && !past.hasRefund(p);
  past.take(5, 'payment', 'payment.insert', paid).forEach((payment, n) => {
    const refund = someRefund(draft, `r-late-${n + 1}`, payment, usd(Math.floor(centsOf(payment.amount) / 5)));
    draft.expect(refund, 'a refund of a batched payment is a journal', sent('journal.insert'));
    if (n > 0) return;
    const second = someRefund(draft, 'r-late-again', payment, '3.00');
    draft.expect(second, 'a second refund of a batched payment is a journal too', sent('journal.insert'));
  });
  const netted = past.all('refund').find((refund) => refund.id === 'r-1')!;
  draft.expect(
    { ...netted, amount: usd(centsOf(netted.amount) + 100) },
    'a refund that was subtracted and then changed needs a person',
    stopped('changed-after-batch'),
  );
}

function creditMemos(draft: Draft, past: Past): void {
  const [invoice] = past.take(1, 'invoice', 'invoice.insert');
  draft.expect(someCreditMemo('m-late-1', invoice!, draft.today, true), 'a credit memo is new', sent('creditMemo.insert'));
  const [memo] = past.take(1, 'creditMemo', 'creditMemo.insert');
  const lines = memo!.lines.map((line) => ({ ...line, unitPrice: '25', amount: '25.00' }));
  corrected(draft, { ...memo!, lines, total: '25.00' }, 'credit memo', 'creditMemo.update');
}

/** Books that are reached directly take a correction. In files a person makes it. */
function corrected(draft: Draft, record: PaymentRecord | CreditMemoRecord, what: string, as: Operation): void {
  if (draft.books === 'files')
    draft.expect(record, `a batched ${what} that changed needs a person`, stopped('changed-after-batch'));
  else draft.expect(record, `a batched ${what} that changed is updated`, sent(as));
}

function importedJobs(draft: Draft, past: Past): void {
  const { books } = draft;
  const [payment] = past.take(1, 'payment', importedAs(books).as, (p) => p.id.startsWith('p-old-'));
  const again = somePayment(draft, 'p-old-late', {
    customerId: payment!.customerId!,
    jobId: payment!.jobId!,
    date: draft.today,
    amount: '45.00',
  });
  draft.expect(again, importedAs(books).because, sent(importedAs(books).as));
  draft.expect(payment!, 'a payment on an imported job is sent or listed once', nothing);
  const refund = someRefund(draft, 'r-old-late', payment!, '5.00');
  if (books === 'files') draft.expect(refund, 'a refund of a payment on an imported job is listed', sent('warning.list'));
  else draft.expect(refund, 'a refund of a batched payment is a journal', sent('journal.insert'));
}

function correctedRecords(draft: Draft, past: Past): void {
  const corrected = 'a wrong invoice that was corrected is new';
  for (const invoice of past.takeStopped(2, 'no-customer')) {
    draft.expect({ ...invoice, customerId: past.customers[0]!.id }, corrected, sent('invoice.insert'));
  }
  const [first, second] = past.takeStopped(2, 'duplicate-number');
  draft.expect(first!, corrected, sent('invoice.insert'));
  draft.expect({ ...second!, number: `${second!.number}-B` }, corrected, sent('invoice.insert'));
  const [total] = past.takeStopped(1, 'total-mismatch');
  draft.expect({ ...total!, total: usd(centsOf(total!.total) - 100) }, corrected, sent('invoice.insert'));
}

function renamedCustomer(draft: Draft, past: Past): void {
  const [invoice] = past.take(1, 'invoice', 'invoice.insert', (i) => past.paymentsFor(i.id).length === 0);
  const customer = past.customers.find((c) => c.id === invoice!.customerId)!;
  draft.put({ ...customer, phone: '(650) 555-0100' });
  draft.expect(invoice!, 'a customer’s new phone number makes no updates', nothing);
}

function newWork(draft: Draft, past: Past): void {
  for (let n = 1; n <= 60; n += 1) {
    const invoice = jobWithInvoice(draft, draft.random.pick(past.customers), `new-${n}`, 1, 0);
    draft.expect(invoice, 'a finalized invoice is new', sent('invoice.insert'));
    if (n % 3 === 0 || centsOf(invoice.total) <= 0) continue;
    const payment = somePayment(draft, `p-new-${n}`, {
      customerId: invoice.customerId!,
      jobId: invoice.jobId!,
      date: draft.today,
      amount: invoice.total,
      allocations: [{ invoiceId: invoice.id, amount: invoice.total }],
    });
    if (n !== 1) {
      draft.expect(payment, 'a payment is new', sent('payment.insert'));
      continue;
    }
    draft.expect(payment, 'a payment that was refunded in full before the batch is never sent', nothing);
    draft.expect(
      someRefund(draft, 'r-new-1', payment, payment.amount),
      'a refund before the batch is subtracted from its payment',
      nothing,
    );
  }
}
