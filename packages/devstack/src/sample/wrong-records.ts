import type { BatchedRecord, CustomerRecord, Operation, ProblemCode } from '@ledgerpost/core';
import { centsOf, usd, withTotals } from './bill.ts';
import { services, VENDOR } from './books.ts';
import { type Draft, isSent, sent, stopped } from './draft.ts';
import { jobWithInvoice, somePayment } from './make-records.ts';

/** One record for each problem that a batch must refuse, with the expected code, and some that it must send all the same. */
export function wrongRecords(draft: Draft, customers: readonly CustomerRecord[]): void {
  const invoice = (suffix: string) => jobWithInvoice(draft, draft.random.pick(customers), `bad-${suffix}`);
  const wrong = (record: BatchedRecord, code: ProblemCode) => draft.expect(record, `wrong on purpose: ${code}`, stopped(code));
  const odd = (record: BatchedRecord, code: ProblemCode, as: Operation) =>
    draft.expect(record, `odd on purpose: ${code}`, sent(as));

  for (const n of ['1', '2']) {
    const { customerId: _, ...orphan } = invoice(`customer-${n}`);
    wrong(orphan, 'no-customer');
  }
  wrong({ ...invoice('unknown'), customerId: 'c-nobody' }, 'unknown-customer');

  draft.put({ type: 'customer', id: 'c-keyless', name: 'New Customer', email: 'new@example.com' });
  wrong({ ...invoice('key'), customerId: 'c-keyless' }, 'no-accounting-key');

  if (draft.books === 'quickbooks-online') {
    draft.put({ type: 'customer', id: 'c-foreign', accountingKey: 'Łukasz Nguyễn', name: 'Łukasz Nguyễn' });
    const plainly = 'a customer whose letters these books may not keep is spelled plainly';
    draft.expect({ ...invoice('foreign'), customerId: 'c-foreign' }, plainly, sent('invoice.insert'));
    draft.put({ type: 'customer', id: 'c-vendor', accountingKey: VENDOR, name: VENDOR });
    wrong({ ...invoice('vendor'), customerId: 'c-vendor' }, 'refused-by-target');
  }

  const [first, second] = [invoice('double-1'), invoice('double-2')];
  wrong(first, 'duplicate-number');
  wrong({ ...second, number: first.number! }, 'duplicate-number');

  const total = invoice('total');
  wrong({ ...total, total: usd(centsOf(total.total) + 100) }, 'total-mismatch');

  const amount = invoice('amount');
  const [line, ...others] = amount.lines;
  const off = [{ ...line!, amount: usd(centsOf(line!.amount) + 1) }, ...others];
  odd({ ...amount, lines: off, total: usd(centsOf(amount.total) + 1) }, 'amount-mismatch', 'invoice.insert');

  const { tax: _tax, ...below } = invoice('below');
  const owed = [
    { serviceId: 's-visit', name: 'Service visit', quantity: '1', unitPrice: '-89', amount: '-89.00', taxable: false },
  ];
  wrong({ ...below, lines: owed, total: '-89.00' }, 'negative-total');

  wrong({ ...invoice('long'), number: '2026-SPRING-CAMPAIGN-0001' }, 'number-too-long');

  const [taxedService] = services.filter((service) => service.record.taxable);
  const { tax: _none, ...foreign } = invoice('tax');
  const taxable = [
    {
      serviceId: taxedService!.record.id,
      name: taxedService!.record.name,
      quantity: '1',
      unitPrice: '100',
      amount: '100.00',
      taxable: true,
    },
  ];
  wrong({ ...foreign, ...withTotals(taxable, { name: 'Atlantis', rate: '5', thousandths: 5_000 }) }, 'unmapped-tax');

  const unpaid = draft
    .all('invoice')
    .find(
      (candidate) =>
        isSent(draft.outcomeOf(candidate), 'invoice.insert') &&
        !draft.all('payment').some((p) => p.allocations?.some((a) => a.invoiceId === candidate.id)),
    )!;
  const over = somePayment(draft, 'p-bad-over', {
    customerId: unpaid.customerId!,
    date: draft.today,
    amount: '1.00',
    allocations: [{ invoiceId: unpaid.id, amount: '2.00' }],
  });
  odd(over, 'over-allocated', 'payment.insert');
}
