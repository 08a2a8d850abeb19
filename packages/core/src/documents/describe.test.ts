import { expect, it } from 'vitest';
import { describe } from './describe.ts';
import type { Document } from './documents.ts';

const document = (kind: Document['kind'], more: object) =>
  ({ kind, record: { type: 'payment', id: 'x' }, customer: { name: "Amy's Bird Sanctuary" }, ...more }) as unknown as Document;

it.each([
  [document('invoice', { number: '10427', total: 18876 }), "Invoice 10427 for Amy's Bird Sanctuary, $188.76"],
  [document('creditMemo', { number: 'CM-7', total: 2000 }), "Credit memo CM-7 for Amy's Bird Sanctuary, $20.00"],
  [document('payment', { refNo: '4471', amount: 18876 }), "Payment 4471 from Amy's Bird Sanctuary, $188.76"],
  [document('journal', { number: 'RF-1', total: 5000 }), "Journal RF-1 for a refund to Amy's Bird Sanctuary, $50.00"],
  [document('warning', { number: '4471', amount: 1 }), "Payment 4471 from Amy's Bird Sanctuary, $0.01, to apply manually"],
  [document('invoice', { number: '1', total: 0, customer: undefined }), 'Invoice 1 for an unknown customer, $0.00'],
])('describes a document in one line ($kind)', (given, expected) => {
  expect(describe(given, 'USD')).toBe(expected);
});
