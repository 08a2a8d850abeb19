import { describe, expect, it } from 'vitest';
import { addDays, dayIn, formatDate, isDate, isTimeZone } from './dates.ts';

describe('isDate', () => {
  it.each(['2026-10-03', '2028-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(isDate(text)).toBe(true);
  });

  it.each([
    '2027-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-2',
    '0000-01-01',
    '2026-10-03T00:00',
    '',
    'today',
  ])('%j is none', (text) => {
    expect(isDate(text)).toBe(false);
  });
});

describe('formatDate', () => {
  it.each([
    ['MM/DD/YYYY', '03/08/2026'],
    ['DD/MM/YYYY', '08/03/2026'],
    ['YYYY-MM-DD', '2026-03-08'],
    ['DD.MM.YYYY', '08.03.2026'],
  ] as const)('writes %s', (format, expected) => {
    expect(formatDate('2026-03-08', format)).toBe(expected);
  });

  it.each([
    ['2026-03-08', '03/08/2026', 'the day the clocks go forward'],
    ['2026-11-01', '11/01/2026', 'the day the clocks go back'],
    ['2028-02-29', '02/29/2028', 'a leap day'],
    ['2026-12-31', '12/31/2026', 'the last day of the year'],
  ])('case 46: %s stays that very day: %s (%s)', (date, expected) => {
    expect(formatDate(date, 'MM/DD/YYYY')).toBe(expected);
  });
});

describe('dayIn', () => {
  it('case 41: a job finished at 23:30 on the last day of the month belongs to that day', () => {
    const at = Date.UTC(2026, 10, 1, 6, 30); // 23:30 on 31 October in Los Angeles
    expect(dayIn('America/Los_Angeles', at)).toBe('2026-10-31');
    expect(dayIn('UTC', at)).toBe('2026-11-01');
    expect(dayIn('Pacific/Auckland', at)).toBe('2026-11-01');
  });

  it('is right around a change of the clocks', () => {
    expect(dayIn('America/New_York', Date.UTC(2026, 2, 8, 4, 59))).toBe('2026-03-07');
    expect(dayIn('America/New_York', Date.UTC(2026, 2, 9, 3, 59))).toBe('2026-03-08');
  });
});

it('addDays crosses months, years and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});
it('isTimeZone knows IANA names', () => {
  expect(isTimeZone('America/Los_Angeles')).toBe(true);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
});
