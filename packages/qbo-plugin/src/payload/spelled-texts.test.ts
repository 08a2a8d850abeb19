import { expect, it } from 'vitest';
import { invoice, journal, line, payment } from '../desk.testing.ts';
import { quickbooksOnline } from '../quickbooks-online.ts';
import { spelledTexts } from './spelled-texts.ts';

const SETTINGS = quickbooksOnline.settings.parse({});

it('a memo, a description and a refund’s reason that lose letters are shown with what goes out', () => {
  const document = invoice('1', { message: 'Cảm ơn, Łukasz', lines: [line(100, { description: 'Filter 日本' }), line(100)] });
  expect(spelledTexts(document)).toEqual([
    { what: 'memo', field: 'memo', before: 'Cảm ơn, Łukasz', after: 'Cam on, Lukasz' },
    { what: 'description', field: 'lines[0].description', before: 'Filter 日本', after: 'Filter ??' },
  ]);
  expect(spelledTexts({ ...journal('1', 100), memo: 'goodwill ✓' })).toMatchObject([{ field: 'reason', after: 'goodwill ?' }]);
});

it('typographic quotes and dashes, accents that QuickBooks keeps, and line breaks are worth no notice', () => {
  const message = 'Thank you — “Rémi”…\nSee you soon';
  expect(spelledTexts(invoice('1', { message }))).toEqual([]);
  expect(spelledTexts(payment('Zelle – Tom', 100))).toEqual([]);
});

it('a long text is named by its beginning', () => {
  const [told] = spelledTexts(invoice('1', { message: '✓'.repeat(500) }));
  expect(told!.before).toHaveLength(60);
});

it('a refund with a very long reason is posted with its beginning, and a notice', () => {
  const memo = 'goodwill '.repeat(600);
  const refund = { ...journal('RF-1', 100), memo };
  const found = quickbooksOnline.validate(refund, undefined, SETTINGS);
  expect(found).toMatchObject([{ code: 'spelled-plainly', severity: 'notice', field: 'reason' }]);
  const { body } = quickbooksOnline.export(refund, undefined, SETTINGS);
  expect((body.Line as unknown as { Description: string }[])[0]!.Description).toBe(memo.slice(0, 4000));
});

it('an invoice’s number that QuickBooks can’t store is a problem: its document is found again by it', () => {
  const found = quickbooksOnline.validate(invoice('№ 7', {}), undefined, SETTINGS);
  expect(found).toMatchObject([{ code: 'unstorable-text', severity: 'problem', field: 'number' }]);
});
