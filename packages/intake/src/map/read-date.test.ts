import { describe, expect, it } from 'vitest';
import { dateReadings, readDate } from './read-date.ts';

const chicago = { company: 'America/Chicago' };

describe('a day as exports write it', () => {
  it.each([
    ['2026-11-03', 'iso', '2026-11-03'],
    ['2026-11-05T17:50:00-06:00', 'iso', '2026-11-05'],
    ['2026-11-06 02:12:33', 'iso', '2026-11-06'],
    ['11/3/2026', 'mdy', '2026-11-03'],
    ['3/11/2026', 'dmy', '2026-11-03'],
    ['03.11.26', 'dmy', '2026-11-03'],
    ['Nov 03, 2026', 'month-name', '2026-11-03'],
    ['Mon Nov 02, 2026 10:30 am', 'month-name', '2026-11-02'],
    ['3-Dec-25', 'month-name', '2025-12-03'],
    ['November 3rd, 2026', 'month-name', '2026-11-03'],
  ] as const)('%s, read as %s, is %s', (cell, reading, day) => expect(readDate(cell, reading, chicago)).toBe(day));

  it.each([['2026-02-30'], ['13/13/2026'], ['yesterday'], ['46000'], ['2026-11-03T25:00:00Z']])('%s is no day', (cell) =>
    expect(dateReadings(cell)).toEqual([]),
  );

  it('a time with an offset is the day in the company’s zone', () => {
    expect(readDate('2026-11-06T02:00:00Z', 'iso', chicago)).toBe('2026-11-05');
  });

  it('a time without one is in the file’s zone, if that is known', () => {
    expect(readDate('2026-11-04 02:12:33', 'iso', { ...chicago, file: 'UTC' })).toBe('2026-11-03');
    expect(readDate('2026-11-04 02:12:33', 'iso', chicago)).toBe('2026-11-04');
  });

  it('half past noon in twelve hours is not half past midnight', () => {
    const utc = { company: 'UTC', file: 'America/Chicago' };
    expect(readDate('Nov 02, 2026 12:30 pm', 'month-name', utc)).toBe('2026-11-02');
    expect(readDate('Nov 02, 2026 11:30 pm', 'month-name', utc)).toBe('2026-11-03');
    expect(readDate('Nov 02, 2026 12:30 am', 'month-name', utc)).toBe('2026-11-02');
  });

  it('a day above 12 leaves one reading', () => {
    expect(dateReadings('11/13/2026')).toEqual(['mdy']);
    expect(dateReadings('13/11/2026')).toEqual(['dmy']);
    expect(dateReadings('11/03/2026')).toEqual(['mdy', 'dmy']);
  });
});
