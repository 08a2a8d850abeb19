import { describe, expect, it } from 'vitest';
import { parseRecord } from './schemas.ts';
import { isSoundRecord } from './sound-record.ts';

/** The same numbers at every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const line = { name: 'Work', quantity: '1', unitPrice: '12.5', amount: '12.50' };
const RECORDS: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'customer', id: 'c', accountingKey: 'Amy', name: 'Amy', email: 'a@b.example', billingAddress: { line1: '1 Main St' } },
  { type: 'job', id: 'j', number: '7', customerId: 'c', imported: true, serviceAddress: { postalCode: '94326' } },
  {
    type: 'invoice',
    id: 'i',
    number: '1',
    customerId: 'c',
    status: 'finalized',
    date: '2026-11-03',
    dueDate: '2026-11-17',
    terms: 'Net 30',
    lines: [line, { ...line, taxable: true }],
    tax: { name: 'Sales tax', rate: '7.25', amount: '1.81' },
    total: '26.81',
  },
  {
    type: 'payment',
    id: 'p',
    customerId: 'c',
    date: '2026-11-03',
    amount: '12.50',
    status: 'received',
    allocations: [{ invoiceId: 'i', amount: '12.50' }],
  },
  { type: 'refund', id: 'r', paymentId: 'p', date: '2026-11-03', amount: '1.00', reason: 'goodwill', status: 'issued' },
  { type: 'department', id: 'd', name: 'HVAC', accountingClass: 'HVAC' },
  { type: 'service', id: 's', name: 'Work', description: 'On site', taxable: false, accountingCategory: 'Labor' },
  {
    type: 'creditMemo',
    id: 'm',
    number: '2',
    customerId: 'c',
    date: '2026-11-03',
    memo: 'Sorry',
    serviceAddress: { line1: '1 Main St', city: 'Bayshore' },
    lines: [line, { ...line, accountingClass: 'HVAC' }],
    allocations: [{ invoiceId: 'i', amount: '12.50' }],
    total: '25.00',
    status: 'issued',
  },
];
/** What a spoiled file may leave in a member. */
const ODD: readonly unknown[] = [
  'a'.repeat(70),
  `${'a'.repeat(70)}\0`,
  `${'a'.repeat(70)}\uDC00`,
  'ok \u{1F600}',
  '1.',
  '.5',
  '-',
  '1.2.3',
  '2026-1a-03',
  '+026-10-03',
  '',
  ' ',
  'x'.repeat(65),
  'a\0b',
  'half \uD800',
  '12.345',
  '-0',
  '1e5',
  '12,50',
  '0000-12-01',
  '2026-02-30',
  '2026-2-3',
  'finalized',
  'void',
  null,
  undefined,
  12.5,
  true,
  [],
  {},
  [{}],
  ['x'],
  { name: 'x' },
  '999999999999999',
  '12345678901',
];

describe('a record that is sound at a glance', () => {
  it.each(RECORDS.map((record) => [String(record.type), record]))('%s: such a record is', (_, record) => {
    expect(isSoundRecord(record, 'USD')).toBe(true);
  });

  it.each([
    ['no type', {}],
    ['a type that is a member of every object', { type: '__proto__', id: 'x' }],
    ['another one', { type: 'constructor', id: 'x' }],
    ['a type that is no text', { type: ['customer'], id: 'x' }],
    ['a list', []],
    ['nothing', null],
    ['a text', 'customer'],
  ])('is none with %s', (_, value) => {
    expect(isSoundRecord(value, 'USD')).toBe(false);
  });

  it('is one that the schemas accept as it is, whatever its members are', () => {
    const next = chance(11);
    let sound = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const record: Record<string, unknown> = structuredClone(RECORDS[next(RECORDS.length)]!);
      const names = [...Object.keys(record).filter((name) => name !== 'type'), 'extra', 'memo', 'method'];
      const name = names[next(names.length)]!;
      if (next(3) === 0 && Array.isArray(record.lines)) {
        const lines = record.lines as Record<string, unknown>[];
        lines[next(2)]![['quantity', 'unitPrice', 'amount', 'taxable', 'extra'][next(5)]!] = ODD[next(ODD.length)];
      } else if (next(6) === 0) {
        delete record[name];
      } else {
        record[name] = ODD[next(ODD.length)];
      }
      const currency = ['USD', 'JPY', 'KWD'][next(3)]!;
      if (!isSoundRecord(record, currency)) continue;
      sound += 1;
      expect(parseRecord(record, currency), JSON.stringify(record)).toEqual({ ok: true, record });
    }
    expect(sound).toBeGreaterThan(300);
  });
});
