import { describe, expect, it } from 'vitest';
import { saasant } from './saasant.ts';
import { saasantSettings } from './settings.ts';
import { creditMemo, deposit, invoice, journal, money, payment, tuneUp, warning } from './testing/documents.ts';

const settings = saasantSettings.parse({});
const codes = (document: typeof invoice, more: object = {}) =>
  saasant.validate(document, undefined, { ...settings, ...more }).map((found) => found.code);

describe('the settings', () => {
  it('are complete without any value', () =>
    expect(settings).toMatchObject({ profile: 'quickbooks-online-us', headers: 'trimmed', dateFormat: 'MM/DD/YYYY' }));

  it('refuse voids, because files can’t void an invoice', () => {
    const parsed = saasantSettings.safeParse({ policy: { voids: 'void' } });
    expect(parsed.error?.issues).toMatchObject([
      { path: ['policy', 'voids'], message: expect.stringContaining('update to zero') },
    ]);
  });

  it('case 66: limit the length of numbers by edition', () => {
    expect(saasant.limits(settings)).toMatchObject({ number: 21, refNo: 21 });
    expect(saasant.limits(saasantSettings.parse({ profile: 'quickbooks-desktop' }))).toMatchObject({ number: 11, refNo: 20 });
  });
});

describe('validate', () => {
  it('finds no problem in a good document', () => expect(codes(invoice)).toEqual([]));
  it('stops a void', () => expect(codes({ ...invoice, operation: 'invoice.void' })).toEqual(['void-not-possible']));
  it('stops a text that QuickBooks would not accept, once per member', () => {
    const lines = [1, 2].map(() => ({ ...tuneUp, description: 'x'.repeat(4001) }));
    expect(codes({ ...invoice, message: 'x'.repeat(1001), lines })).toEqual(['text-too-long', 'text-too-long']);
    expect(codes({ ...invoice, message: 'x'.repeat(1000) })).toEqual([]);
  });
  it('stops a document that would fill a file by itself', () => {
    const lines = Array.from({ length: 2000 }, () => ({ ...tuneUp, description: 'x'.repeat(4000) }));
    expect(codes({ ...invoice, lines })).toEqual(['document-too-large']);
  });
});

describe('the undo instruction', () => {
  it.each([
    [invoice, "Delete invoice 10427 ($188.76) of Amy's Bird Sanctuary in QuickBooks."],
    [
      { ...invoice, operation: 'invoice.update' as const },
      "Restore invoice 10427 ($188.76) of Amy's Bird Sanctuary in QuickBooks to what it was before this batch.",
    ],
    [deposit, "Delete payment 4472 ($250.00) of Amy's Bird Sanctuary in QuickBooks."],
    [
      { ...payment, operation: 'payment.update' as const },
      "Apply payment 4471 ($250.00) of Amy's Bird Sanctuary in QuickBooks to the invoices it was on before this batch. This batch applied it to invoice 10427, invoice 10428.",
    ],
    [journal, "Delete journal entry RF-r-1 ($50.00) of Amy's Bird Sanctuary in QuickBooks."],
    [creditMemo, "Delete credit memo CM-7 ($20.00) of Amy's Bird Sanctuary in QuickBooks."],
    [
      warning,
      "Payment 4480 ($75.00) of Amy's Bird Sanctuary was only listed in the Warnings file. If you entered it in QuickBooks, delete it there.",
    ],
  ])('%#: names the document and what to do', (document, sentence) => {
    if (saasant.undo.by !== 'hand') throw new Error('Files are undone by a person.');
    expect(saasant.undo.instruction(document)).toBe(sentence);
  });
});

describe('real case 39: names at QuickBooks Desktop', () => {
  const customer = { id: 'c-1', name: 'International Product Development Corporation', taxExempt: false };
  const item = { name: 'Preventive maintenance visit, rooftop package unit' };
  const long = { ...invoice, customer, lines: invoice.lines.map((line) => ({ ...line, item })) };

  it('are problems above 41 characters of a customer and 31 of a product or service, each part of a name by itself', () => {
    const desktop = { profile: 'quickbooks-desktop' };
    expect(codes(long, desktop)).toEqual(['customer-name-too-long', 'text-too-long']);
    expect(codes({ ...invoice, customer: { ...customer, name: `${'x'.repeat(41)}:${'y'.repeat(41)}` } }, desktop)).toEqual([]);
  });

  it('are fine at QuickBooks Online', () => expect(codes(long)).toEqual([]));
});

it('a zero invoice is an invoice like any other', () => expect(codes({ ...invoice, total: money(0) })).toEqual([]));
