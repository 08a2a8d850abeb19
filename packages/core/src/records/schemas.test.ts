import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RECORD_TYPES } from '../values/ids.ts';
import { booksSettings, companySchema, parseRecord, recordSchema, recordSchemas, selectionSchema } from './schemas.ts';

/** The examples of the records' documentation. */
const EXAMPLES = [
  '{"type":"customer","id":"c-1","accountingKey":"Amy\'s Bird Sanctuary","name":"Amy Lauterbach","company":"Amy\'s Bird Sanctuary","email":"birds@example.com","phone":"(650) 555-3311","billingAddress":{"line1":"4581 Finch St.","city":"Bayshore","region":"CA","postalCode":"94326","country":"US"},"taxExempt":false}',
  '{"type":"department","id":"d-1","name":"HVAC Service","accountingCategory":"Services","accountingClass":"HVAC"}',
  '{"type":"service","id":"s-1","name":"Spring tune-up","description":"…","accountingCategory":"Services","accountingClass":"HVAC","taxable":true}',
  '{"type":"job","id":"j-1","number":"J-1042","customerId":"c-1","departmentId":"d-1","imported":false}',
  '{"type":"invoice","id":"i-1","number":"10427","customerId":"c-1","jobId":"j-1","departmentId":"d-1","status":"finalized","date":"2026-10-03","dueDate":"2026-11-02","terms":"Net 30","memo":"…","lines":[{"serviceId":"s-1","name":"Spring tune-up","description":"…","quantity":"1","unitPrice":"189","amount":"189.00","taxable":true,"accountingClass":"HVAC"},{"name":"Promo SPRING10","quantity":"1","unitPrice":"-18.90","amount":"-18.90","taxable":false,"accountingCategory":"Marketing Coupons"}],"tax":{"name":"San Mateo","rate":"9.875","amount":"18.66"},"total":"188.76"}',
  '{"type":"payment","id":"p-1","reference":"4471","customerId":"c-1","jobId":"j-1","method":"Check","date":"2026-10-04","amount":"188.76","status":"received","allocations":[{"invoiceId":"i-1","amount":"188.76"}]}',
  '{"type":"refund","id":"r-1","paymentId":"p-1","date":"2026-10-20","amount":"50.00","method":"Check","reason":"goodwill"}',
  '{"type":"creditMemo","id":"m-1","number":"CM-7","customerId":"c-1","invoiceId":"i-1","date":"2026-10-22","lines":[],"total":"20.00"}',
].map((line) => JSON.parse(line));
const [, , , , invoice, payment] = EXAMPLES;

function refusals(value: unknown, currency = 'USD') {
  const result = parseRecord(value, currency);
  return result.ok ? [] : result.refusals;
}

describe('parseRecord', () => {
  it.each(EXAMPLES)('accepts a $type as it is', (example) => {
    expect(parseRecord(example, 'USD')).toEqual({ ok: true, record: example });
    expect(recordSchema.parse(example)).toEqual(example);
  });

  it.each([
    [
      'an invoice without customer, number, lines or truth',
      { type: 'invoice', id: 'i', status: 'draft', date: '2026-10-03', lines: [], total: '-5' },
    ],
    [
      'a payment that points at nothing yet',
      { ...payment, customerId: 'nobody', allocations: [{ invoiceId: 'nothing', amount: '999999' }] },
    ],
    ['a service with an empty name', { type: 'service', id: 's', name: '' }],
    ['a price of seven fraction digits', { ...invoice, lines: [{ ...invoice.lines[0], unitPrice: '14.3333333' }] }],
    ['an id of 64 characters', { type: 'job', id: 'x'.repeat(64) }],
    ['emoji, quotes and newlines', { type: 'customer', id: 'c', accountingKey: '🐦 "Birds"\n\'n\' more' }],
  ])('accepts what is merely wrong or odd: %s', (_, value) => {
    expect(refusals(value)).toEqual([]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['no object', 'invoice', '', /JSON object/],
    ['a list', [invoice], '', /JSON object/],
    ['no type', { id: 'x' }, 'type', /is missing\. Use one of: customer/],
    ['an unknown type', { ...invoice, type: 'estimate' }, 'type', /is "estimate", which is not a type/],
    ['an unknown member', { ...invoice, custmerId: 'c-1' }, 'custmerId', /custmerId is not a member.*Remove it/],
    [
      'an unknown member of a line',
      { ...invoice, lines: [{ ...invoice.lines[0], qty: 1 }] },
      'lines[0].qty',
      /not a member of lines\[0\]/,
    ],
    ['several taxes', { ...invoice, taxes: [] }, 'taxes', /not a member.*Send one tax with the whole amount.*tax\.parts/],
    [
      'parts of a tax that add up to another amount',
      { ...invoice, tax: { name: 'Both', amount: '9.50', parts: [{ name: 'State', amount: '6.00' }] } },
      'tax.parts',
      /tax\.parts add up to 6\.00, and tax\.amount is 9\.50/,
    ],
    [
      'taxes of lines that add up to another amount',
      { ...invoice, tax: { name: 'Both', amount: '9.50' }, lines: [{ ...invoice.lines[0], tax: { amount: '9.00' } }] },
      'lines',
      /taxes of the lines add up to 9\.00, and tax\.amount is 9\.50/,
    ],
    [
      'a part of a tax without an amount',
      { ...invoice, tax: { name: 'Both', amount: '9.50', parts: [{ name: 'State' }] } },
      'tax.parts[0].amount',
      /is missing/,
    ],
    [
      'an unknown member of a service address',
      { ...invoice, serviceAddress: { zip: '94025' } },
      'serviceAddress.zip',
      /not a member of serviceAddress/,
    ],
    ['an unknown member of the tax', { ...invoice, tax: { ...invoice.tax, zone: 'x' } }, 'tax.zone', /not a member of tax/],
    [
      'an unknown member of an address',
      { type: 'customer', id: 'c', billingAddress: { zip: '1' } },
      'billingAddress.zip',
      /not a member/,
    ],
    [
      'an unknown member of an allocation',
      { ...payment, allocations: [{ invoiceId: 'i', amount: '1', note: '' }] },
      'allocations[0].note',
      /not a member/,
    ],
    ['a prototype’s name as a member', JSON.parse('{"type":"job","id":"j","__proto__x":1}'), '__proto__x', /not a member/],
    [
      'the prototype itself as a member',
      JSON.parse('{"type":"job","id":"j","__proto__":{"number":"7"}}'),
      '__proto__',
      /^__proto__ is not a member of this type of record/,
    ],
    [
      'the prototype of an allocation',
      JSON.parse(
        '{"type":"payment","id":"p","date":"2026-10-03","amount":"1","status":"received","allocations":[{"invoiceId":"i","amount":"1","__proto__":2}]}',
      ),
      'allocations[0].__proto__',
      /^__proto__ is not a member of allocations\[0\]/,
    ],
    [
      'a number too large for an id',
      JSON.parse('{"type":"job","id":1e400}'),
      'id',
      /id is a number that is too large to read\. Send a string/,
    ],
    ['a list with such a number', JSON.parse('{"type":"job","id":[1e400]}'), 'id', /too large to read/],
    [
      'a number too large for a type',
      JSON.parse('{"type":1e400,"id":"j"}'),
      'type',
      /The type is a number that is too large to read, which is not a type/,
    ],
    [
      'a number too large for an amount',
      JSON.parse(JSON.stringify(payment).replace(/"amount":"[^"]+"/, '"amount":1e400')),
      'amount',
      /JSON number.*as a string/,
    ],
    ['no id', { type: 'job' }, 'id', /id is missing/],
    ['an empty id', { type: 'job', id: '' }, 'id', /too short/],
    ['an id of 65 characters', { type: 'job', id: 'x'.repeat(65) }, 'id', /at most 64/],
    ['null', { ...invoice, memo: null }, 'memo', /null\. Leave it out/],
    [
      'eight fraction digits of a price',
      { ...invoice, lines: [{ ...invoice.lines[0], unitPrice: '0.12345678' }] },
      'lines[0].unitPrice',
      /7 after the point/,
    ],
    ['a fraction of a cent', { ...invoice, total: '1.005' }, 'total', /USD with at most 13 digits before and 2 after the point/],
    ['a JSON number for an amount', { ...invoice, total: 188.76 }, 'total', /JSON number.*as a string/],
    ['a thousands separator', { ...invoice, total: '1,000.00' }, 'total', /"1,000.00"/],
    [
      'six fraction digits',
      { ...invoice, lines: [{ ...invoice.lines[0], quantity: '0.333333' }] },
      'lines[0].quantity',
      /5 after the point/,
    ],
    ['more money than there is', { ...invoice, total: '99999999999999' }, 'total', /13 digits before/],
    ['a day that is none', { ...invoice, date: '2027-02-29' }, 'date', /not a day of the calendar/],
    ['an instant', { ...invoice, date: '2026-10-03T23:30:00Z' }, 'date', /YYYY-MM-DD/],
    ['the year zero', { ...invoice, date: '0000-01-01' }, 'date', /year 1/],
    ['an unknown status', { ...invoice, status: 'paid' }, 'status', /one of: draft, finalized, void/],
    ['lines that are no list', { ...invoice, lines: {} }, 'lines', /Send a list/],
    [
      'a word for a boolean',
      { ...invoice, lines: [{ ...invoice.lines[0], taxable: 'yes' }] },
      'lines[0].taxable',
      /true or false/,
    ],
    ['NUL', { type: 'customer', id: 'c', name: 'a\0b' }, 'name', /cannot be stored/],
    ['half of a surrogate pair', { type: 'customer', id: 'c', name: '\ud83d' }, 'name', /cannot be stored/],
  ])('refuses %s with what to do', (_, value, field, message) => {
    const found = refusals(value);
    expect(found.map((refusal) => refusal.field)).toEqual([field]);
    expect(found[0]!.message).toMatch(message);
  });

  it('names everything that is wrong at once', () => {
    expect(
      refusals({ ...invoice, total: 'x', foo: 1, bar: 2 })
        .map((refusal) => refusal.field)
        .sort(),
    ).toEqual(['bar', 'foo', 'total']);
  });

  it('uses the digits of the company’s currency', () => {
    expect(refusals({ ...payment, amount: '1.5', allocations: [] }, 'JPY')[0]!.message).toMatch(/whole JPY/);
    expect(refusals({ ...payment, amount: '1.555', allocations: [] }, 'KWD')).toEqual([]);
    expect(refusals({ ...payment, amount: '1.555', allocations: [] }, 'USD')).toHaveLength(1);
  });
});

describe('booksSettings', () => {
  it('parse an empty object into the defaults', () => {
    expect(booksSettings.parse({})).toEqual({
      accounts: {},
      categories: {},
      taxCodes: {},
      paymentMethods: {},
      classes: { mode: 'none' },
      policy: {
        onProblem: 'skip',
        approval: { required: false, lapsesAfterHours: 72 },
        voids: 'update',
        tolerance: 0,
        paymentsOfStoppedInvoices: 'unapplied',
      },
    });
  });

  it('keep the defaults beside what is set', () => {
    expect(booksSettings.parse({ policy: { approval: { required: true } } }).policy).toMatchObject({
      onProblem: 'skip',
      approval: { lapsesAfterHours: 72 },
    });
  });

  it('refuse unknown members, also where a target extends them', () => {
    expect(() => booksSettings.parse({ acounts: {} })).toThrow(/acounts/);
    const extended = booksSettings.extend({ profile: z.enum(['a', 'b']).default('a') });
    expect(extended.parse({}).profile).toBe('a');
    expect(() => extended.parse({ profil: 'a' })).toThrow(/profil/);
  });

  it('describe every member, since they are the admin’s form', () => {
    const form = z.toJSONSchema(booksSettings, { io: 'input' });
    for (const [name, member] of Object.entries(form.properties!)) expect(member, name).toHaveProperty('description');
  });
});

it('record schemas and selections can be written as JSON schema', () => {
  for (const type of RECORD_TYPES) expect(z.toJSONSchema(recordSchemas[type])).toMatchObject({ additionalProperties: false });
  expect(z.toJSONSchema(recordSchemas.payment).properties!.amount).toHaveProperty('pattern');
  expect(() => z.toJSONSchema(selectionSchema)).not.toThrow();
});

describe('companySchema', () => {
  const company = { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' };
  it('accepts a company', () => {
    expect(companySchema.parse(company)).toEqual(company);
  });
  it.each([{ id: 'a/b' }, { id: '' }, { timeZone: 'Mars/Olympus' }, { currency: 'usd' }, { currency: 'QQQ' }, { name: '' }])(
    'refuses %o',
    (change) => {
      expect(companySchema.safeParse({ ...company, ...change }).success).toBe(false);
    },
  );
});

describe('selectionSchema', () => {
  it.each([
    {},
    { invoices: { choose: 'all' } },
    { payments: { choose: 'filter', filter: { from: '2026-10-01', search: 'amy' }, except: [{ type: 'refund', id: 'r-1' }] } },
    { invoices: { choose: 'ids', ids: [{ type: 'creditMemo', id: 'm-1' }] }, payments: { choose: 'none' } },
  ])('accepts %o', (selection) => {
    expect(selectionSchema.parse(selection)).toEqual(selection);
  });

  it('refuses a record in the wrong list', () => {
    expect(selectionSchema.safeParse({ invoices: { choose: 'ids', ids: [{ type: 'payment', id: 'p-1' }] } }).success).toBe(false);
  });
});
