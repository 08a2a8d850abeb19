import {
  addDays,
  type CreditMemoRecord,
  type CustomerRecord,
  type InvoiceRecord,
  type JobRecord,
  type PaymentRecord,
  type RefundRecord,
} from '@ledgerpost/core';
import { someBill } from './bill.ts';
import { type BooksKind, departments, services } from './books.ts';
import type { Draft } from './draft.ts';
import { goodwill } from './words.ts';

/** A job of the customer with its invoice, without expectations yet. */
export function jobWithInvoice(draft: Draft, customer: CustomerRecord, suffix: string, oldest = 58, youngest = 2): InvoiceRecord {
  const { random } = draft;
  const department = random.pick(departments);
  const job: JobRecord = {
    type: 'job',
    id: `j-${suffix}`,
    number: `J-${suffix.padStart(4, '0')}`,
    customerId: customer.id,
    departmentId: department.id,
    imported: false,
  };
  draft.put(job);
  const date = draft.daysAgo(oldest, youngest);
  const terms = random.pick([
    ['Due on receipt', 0],
    ['Net 15', 15],
    ['Net 30', 30],
  ] as const);
  return {
    type: 'invoice',
    id: `i-${suffix}`,
    number: draft.nextNumber(),
    customerId: customer.id,
    jobId: job.id,
    departmentId: department.id,
    status: 'finalized',
    date,
    dueDate: addDays(date, terms[1]),
    terms: terms[0],
    ...someBill(random, department.id, { taxed: !customer.taxExempt }),
  };
}

/** What happens to a payment on an imported job, whose invoices are already in the books: a person applies it. */
export function importedAs(books: BooksKind) {
  if (books === 'files')
    return { as: 'warning.list', because: 'a payment on an imported job is listed to apply manually' } as const;
  return { as: 'payment.insert', because: 'a payment on an imported job is sent unapplied' } as const;
}

/** A received payment, with a reference as people type it: repeated, overlong, missing. */
export function somePayment(
  { random }: Draft,
  id: string,
  facts: Pick<PaymentRecord, 'customerId' | 'date' | 'amount'> & Partial<PaymentRecord>,
): PaymentRecord {
  const method = random.pick(['Check', 'Check', 'Card', 'ACH', 'Cash']);
  const reference =
    method === 'Cash'
      ? undefined
      : method === 'Check'
        ? random.percent(6)
          ? `CHK ${random.int(1000, 1999)} / First Bank of Upper Finch Street`
          : String(random.int(1001, 1060))
        : `TX-${id}-${random.int(100_000, 999_999)}`;
  return { type: 'payment', id, method, status: 'received', ...(reference ? { reference } : {}), ...facts };
}

export function someRefund(draft: Draft, id: string, payment: PaymentRecord, amount: string): RefundRecord {
  const refund: RefundRecord = {
    type: 'refund',
    id,
    paymentId: payment.id,
    date: draft.today,
    amount,
    reason: draft.random.pick(goodwill),
  };
  return payment.method ? { ...refund, method: payment.method } : refund;
}

export function someCreditMemo(id: string, invoice: InvoiceRecord, date: string, linked: boolean): CreditMemoRecord {
  const service = services.find((s) => s.departmentId === invoice.departmentId)!.record;
  const lines = [{ serviceId: service.id, name: service.name, quantity: '1', unitPrice: '20', amount: '20.00', taxable: false }];
  const memo: CreditMemoRecord = {
    type: 'creditMemo',
    id,
    number: `CR-${id}`,
    customerId: invoice.customerId!,
    departmentId: invoice.departmentId!,
    date,
    lines,
    total: '20.00',
  };
  return linked ? { ...memo, invoiceId: invoice.id } : memo;
}
