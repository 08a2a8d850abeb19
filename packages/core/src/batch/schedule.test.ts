import { describe, expect, it } from 'vitest';
import { batchScheduleSchema } from '../records/schemas.ts';
import { nextRuns, selectionOf } from './schedule.ts';

const LA = 'America/Los_Angeles';
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const next = (days: readonly string[], times: readonly string[], zone: string, after: string, count = 3) =>
  nextRuns({ days: days as never, times }, zone, Date.parse(after), count).map((ms) => new Date(ms).toISOString());

describe('the next runs', () => {
  it('are on the days and at the times of the company’s own clock, earliest first', () => {
    // A Friday, 17:00 there.
    expect(next(weekdays, ['07:30', '18:00'], LA, '2026-11-28T01:00:00Z', 4)).toEqual([
      '2026-11-28T02:00:00.000Z',
      '2026-11-30T15:30:00.000Z',
      '2026-12-01T02:00:00.000Z',
      '2026-12-01T15:30:00.000Z',
    ]);
  });

  it('do not hold the moment itself', () => {
    expect(next(['monday'], ['18:00'], 'UTC', '2026-11-30T18:00:00Z', 1)).toEqual(['2026-12-07T18:00:00.000Z']);
  });

  it('18:00 stays 18:00 when clocks go forward and back', () => {
    expect(next(['saturday', 'sunday'], ['18:00'], LA, '2027-03-13T12:00:00Z', 2)).toEqual([
      '2027-03-14T02:00:00.000Z',
      '2027-03-15T01:00:00.000Z',
    ]);
    expect(next(['saturday', 'sunday'], ['18:00'], LA, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T01:00:00.000Z',
      '2026-11-02T02:00:00.000Z',
    ]);
  });

  it('a time that the clocks leave out does not come that day, and one that they show twice comes twice', () => {
    expect(next(['sunday'], ['02:30'], LA, '2027-03-13T12:00:00Z', 1)).toEqual(['2027-03-21T09:30:00.000Z']);
    expect(next(['sunday'], ['01:30'], LA, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T08:30:00.000Z',
      '2026-11-01T09:30:00.000Z',
    ]);
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
    'are right far from UTC: %s',
    (zone) => {
      const local = new Intl.DateTimeFormat('en', {
        timeZone: zone,
        weekday: 'long',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      const runs = nextRuns({ days: ['monday'], times: ['00:15'] }, zone, Date.parse('2026-11-24T00:00:00Z'), 60);
      expect(runs).toHaveLength(60);
      expect(new Set(runs.map((ms) => local.format(ms)))).toEqual(new Set(['Monday 00:15']));
    },
  );
});

describe('the selection of a schedule', () => {
  it.each([
    [{ send: 'everything' }, {}],
    [{ send: 'invoices' }, { invoices: { choose: 'all' } }],
    [{ send: 'payments' }, { payments: { choose: 'all' } }],
    [
      { send: 'everything', departmentId: 'd-1' },
      {
        invoices: { choose: 'filter', filter: { departmentId: 'd-1' } },
        payments: { choose: 'filter', filter: { departmentId: 'd-1' } },
      },
    ],
  ] as const)('%j', (schedule, selection) => {
    expect(selectionOf(schedule)).toEqual(selection);
  });
});

describe('a schedule as an admin enters it', () => {
  it('is kept in calendar order, with nothing twice', () => {
    const put = { days: ['friday', 'monday', 'friday'], times: ['18:00', '07:30', '18:00'] };
    expect(batchScheduleSchema.parse(put)).toEqual({
      days: ['monday', 'friday'],
      times: ['07:30', '18:00'],
      send: 'everything',
      acknowledge: [],
    });
  });

  it.each([
    { days: [], times: ['18:00'] },
    { days: ['monday'], times: [] },
    { days: ['monday'], times: ['24:00'] },
    { days: ['monday'], times: ['6:00'] },
    { days: ['someday'], times: ['18:00'] },
    { days: ['monday'], times: ['18:00'], cron: '* * * * *' },
  ])('%j is refused', (put) => {
    expect(batchScheduleSchema.safeParse(put).success).toBe(false);
  });
});
