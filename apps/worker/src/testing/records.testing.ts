import type { SourceRecord } from '@ledgerpost/core';

/* Records for tests, right in every way unless a test says otherwise. */

export const SETTINGS = {
  accounts: { income: 'Services', refund: 'Checking', receivable: 'Accounts Receivable (A/R)' },
  taxCodes: { 'San Mateo': 'San Mateo County' },
};

export function customer(id: string, over: object = {}): SourceRecord {
  return { type: 'customer', id, accountingKey: `Customer ${id}`, ...over };
}

const LINE = { name: 'Tune-up', quantity: '1', unitPrice: '189', amount: '189.00', taxable: true };

export function invoice(id: string, over: object = {}): SourceRecord {
  return {
    type: 'invoice',
    id,
    number: `N-${id}`,
    customerId: 'c-1',
    status: 'finalized',
    date: '2026-10-03',
    lines: [LINE],
    total: '189.00',
    ...over,
  };
}

export function payment(id: string, over: object = {}): SourceRecord {
  return {
    type: 'payment',
    id,
    reference: `R-${id}`,
    customerId: 'c-1',
    method: 'Check',
    date: '2026-10-04',
    amount: '189.00',
    status: 'received',
    ...over,
  };
}

export function refund(id: string, paymentId: string, amount: string, over: object = {}): SourceRecord {
  return { type: 'refund', id, paymentId, date: '2026-10-20', amount, method: 'Check', reason: 'goodwill', ...over };
}

export function creditMemo(id: string, over: object = {}): SourceRecord {
  return {
    type: 'creditMemo',
    id,
    number: `CM-${id}`,
    customerId: 'c-1',
    date: '2026-10-22',
    lines: [LINE],
    total: '189.00',
    ...over,
  };
}
