// @vitest-environment happy-dom
import type { Document } from '@ledgerpost/core';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeApi } from '../../../testing/fake-api.ts';
import { renderFor } from '../../../testing/render.tsx';
import { DocumentView } from './document-view.tsx';

const head = { record: { type: 'invoice', id: 'i-1' }, currency: 'USD', date: '2026-10-03', marker: 'm' };
const customer = { id: 'c-1', name: 'Amy’s Bird Sanctuary', taxExempt: false };
const line = {
  item: { name: 'Tune-up', account: 'Services' },
  class: 'HVAC',
  quantity: '1',
  unitPrice: '189',
  amount: 18_900,
  taxable: true,
};
const invoice = (changes: object = {}) =>
  ({
    ...head,
    kind: 'invoice',
    operation: 'invoice.insert',
    customer,
    number: '1042',
    dueDate: '2026-11-02',
    lines: [line],
    tax: { name: 'San Mateo', code: 'California', amount: 1_866 },
    total: 20_766,
    ...changes,
  }) as unknown as Document;
const show = (document: Document, former: Document | null = null) =>
  renderFor('viewer', fakeApi(), <DocumentView document={document} former={former} />);
const rows = (caption: string) =>
  within(screen.getByRole('table', { name: caption }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map(({ textContent }) => textContent));

it('an invoice is shown with customer, dates, lines with account and class, tax and total', () => {
  show(invoice());
  expect(screen.getByText('Customer').nextSibling?.textContent).toBe('Amy’s Bird Sanctuary');
  expect(screen.getByText('Due').nextSibling?.textContent).toBe('Nov 2, 2026');
  expect(rows('Lines')).toEqual([['Tune-up', '', 'Services', 'HVAC', '1', '189', '$189.00']]);
  expect(screen.getByText('Sales tax').nextSibling?.textContent).toBe('$18.66 (San Mateo as California)');
  expect(screen.getByText('Total').nextSibling?.textContent).toBe('$207.66');
});

it('an update shows what it changes, before and after, and nothing else', () => {
  show(
    invoice({ operation: 'invoice.update', date: '2026-10-05', lines: [line, { ...line, class: undefined }], total: 39_666 }),
    invoice(),
  );
  expect(rows('What this update changes')).toEqual([
    ['Date', 'Oct 3, 2026', 'Oct 5, 2026'],
    ['Total', '$207.66', '$396.66'],
    ['Line 2', 'None', 'Tune-up, Services, 1, 189, $189.00'],
  ]);
});

it('a payment is shown with what it is applied to, and what stays unapplied', () => {
  const payment = {
    ...head,
    kind: 'payment',
    operation: 'payment.insert',
    customer,
    refNo: 'r',
    method: 'Check',
    amount: 18_000,
    gross: 20_000,
    netted: [{ refundId: 'r-1', amount: 2_000 }],
    applied: [{ invoiceId: 'i-1', invoiceNumber: '1042', amount: 15_000 }],
    unapplied: 3_000,
    fee: { amount: 145, account: 'Card Fees', number: 'FEE-r' },
  } as unknown as Document;
  show(payment);
  expect(rows('Applied to')).toEqual([
    ['1042', '$150.00'],
    ['Less refund r-1', '-$20.00'],
    ['Unapplied', '$30.00'],
  ]);
  expect(screen.getByText('Deposited to').nextSibling?.textContent).toBe('Default account');
  expect(screen.getByText('Card fee').nextSibling?.textContent).toBe('$1.45 to Card Fees');
});
