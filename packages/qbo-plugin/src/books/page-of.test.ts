import { expect, it } from 'vitest';
import { pageOf } from './page-of.ts';

it.each([
  ['invoice', 'production', 'https://app.qbo.intuit.com/app/invoice?txnId=145'],
  ['payment', 'production', 'https://app.qbo.intuit.com/app/recvpayment?txnId=145'],
  ['creditMemo', 'sandbox', 'https://app.sandbox.qbo.intuit.com/app/creditmemo?txnId=145'],
  ['journal', 'sandbox', 'https://app.sandbox.qbo.intuit.com/app/journal?txnId=145'],
] as const)('leads to an entry of kind %s in the %s books', (kind, environment, page) => {
  expect(pageOf(kind, '145', environment)).toBe(page);
});

it('the simulator has no pages', () => {
  expect(pageOf('invoice', '145', 'simulator')).toBeUndefined();
});

it('an id can’t lead to another address', () => {
  expect(pageOf('invoice', '1&x=/../', 'production')).toBe('https://app.qbo.intuit.com/app/invoice?txnId=1%26x%3D%2F..%2F');
});
