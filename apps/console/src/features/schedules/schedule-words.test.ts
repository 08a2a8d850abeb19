import { describe, expect, it } from 'vitest';
import type { ScheduleRun } from '../../api/queries.ts';
import { dueInWords, wantsSomebody } from './schedule-words.ts';

describe('when a schedule is due, in words', () => {
  it.each([
    [['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], ['18:00'], 'Every weekday at 18:00'],
    [['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], ['06:00'], 'Every day at 06:00'],
    [['monday'], ['18:00'], 'Mondays at 18:00'],
    [['monday', 'thursday', 'sunday'], ['07:30', '18:00'], 'Mondays, Thursdays and Sundays at 07:30 and 18:00'],
  ] as const)('%j at %j: %s', (days, times, words) => {
    expect(dueInWords({ days, times } as never)).toBe(words);
  });
});

describe('whether the last run wants somebody', () => {
  const batch = (state: string) => ({ id: 'b', name: 'b', state });
  it.each([
    [null, false],
    [{ outcome: 'started', batch: batch('held') }, false],
    [{ outcome: 'nothing-to-send', batch: null }, false],
    [{ outcome: 'batch-open', batch: batch('held') }, true],
    [{ outcome: 'batch-open', batch: batch('awaiting-approval') }, true],
    // What was in its way has gone, or goes by itself.
    [{ outcome: 'batch-open', batch: batch('posted') }, false],
    [{ outcome: 'batch-open', batch: batch('pushing') }, false],
    [{ outcome: 'needs-a-person', batch: null }, true],
    [{ outcome: 'refused', batch: null }, true],
  ] as const)('%j: %s', (lastRun, wants) => {
    expect(wantsSomebody({ lastRun: lastRun as unknown as ScheduleRun | null })).toBe(wants);
  });
});
