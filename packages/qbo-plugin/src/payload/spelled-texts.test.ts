import { expect, it } from 'vitest';
import { invoice, journal, line, payment } from '../desk.testing.ts';
import { spelledTexts } from './spelled-texts.ts';

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
