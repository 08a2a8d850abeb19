import { describe, expect, it } from 'vitest';
import type { PaymentRecord } from '../records/records.ts';
import { contextOf } from '../test-context.ts';
import { refNoOf } from './ref-no.ts';

const payment = (id: string, reference?: string): PaymentRecord => ({
  type: 'payment',
  id,
  reference,
  date: '2026-10-04',
  amount: '1',
  status: 'received',
});
const among = (...payments: PaymentRecord[]) => {
  const context = contextOf({ records: payments });
  return payments.map((one) => refNoOf(one, context));
};

describe('a payment’s Ref No', () => {
  it('is its reference, where that is free', () => {
    expect(among(payment('a', '4471'), payment('b', '4472'))).toEqual(['4471', '4472']);
  });

  it('case 16: of two payments with one reference is made unique for both, and stays the same every time', () => {
    const [a, b] = among(payment('a', '4471'), payment('b', '4471'));
    expect(a).toMatch(/^4471-[0-9A-Z]{6,10}$/);
    expect(a).not.toBe(b);
    expect(among(payment('a', '4471'), payment('b', '4471'))).toEqual([a, b]);
  });

  it('case 18: of one reference from two customers never makes one payment of two', () => {
    const [a, b] = among({ ...payment('a', 'CASH'), customerId: 'c-1' }, { ...payment('b', 'CASH'), customerId: 'c-2' });
    expect(a).not.toBe(b);
  });

  it('case 66: of more than 21 characters is cut, and still unique', () => {
    const long = '1234567890123456789012345';
    const [a, b] = among(payment('a', `${long}1`), payment('b', `${long}2`));
    expect(a).toMatch(/^12345678901234-[0-9A-Z]{6}$/);
    expect(a).not.toBe(b);
    expect(a!.length).toBe(21);
  });

  it('of a reference with stray spaces does not take the number of the payment that is really called so', () => {
    const [a, b] = among(payment('a', '4471'), payment('b', ' 4471 '));
    expect(a).toBe('4471');
    expect(b).toMatch(/^4471-/);
  });

  it('of two references that differ in stray spaces is not the same', () => {
    const [a, b] = among(payment('a', '4471 '), payment('b', ' 4471'));
    expect(a).not.toBe(b);
  });

  it.each([undefined, '', '   '])('without a reference (%j) is made of its id', (reference) => {
    expect(among(payment('p-77', reference))).toEqual(['P-p-77']);
  });

  it('without a reference and with a long id is made of its hash', () => {
    const [a, b] = among(payment(`${'x'.repeat(60)}a`), payment(`${'x'.repeat(60)}b`));
    expect(a).toMatch(/^P-[0-9A-Z]{6,19}$/);
    expect(a).not.toBe(b);
  });

  it('tries another hash where the first is taken', () => {
    const taken = among(payment('a', 'x'.repeat(30)))[0]!;
    const context = contextOf({ referenceTaken: (reference) => reference === taken });
    const other = refNoOf(payment('a', 'x'.repeat(30)), context);
    expect(other).not.toBe(taken);
    expect(other).toHaveLength(21);
  });

  it('fits a target that takes 11 characters', () => {
    const context = contextOf({ limits: { number: 11, refNo: 11, customerName: 41 } });
    expect(refNoOf(payment('a', '123456789012'), context)).toMatch(/^1234-[0-9A-Z]{6}$/);
  });

  it('stays what was posted, whatever people type later', () => {
    const posted = {
      'payment/a': { kind: 'payment', operation: 'payment.insert', contentHash: '', number: '4471-OLD', amount: 0 } as never,
    };
    expect(refNoOf(payment('a', '9999'), contextOf({ posted }))).toBe('4471-OLD');
  });
});
