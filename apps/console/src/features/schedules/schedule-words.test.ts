import { describe, expect, it } from 'vitest';
import type { ScheduleRun } from '../../api/queries.ts';
import { dueInWords, needsAttention } from './schedule-words.ts';

describe('when a schedule is due, in words', () => {
  it.each([
    [['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], ['18:00'], 'Every weekday at 6:00 PM'],
    [['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], ['06:00'], 'Every day at 6:00 AM'],
    [['monday'], ['18:00'], 'Mondays at 6:00 PM'],
    [['monday', 'thursday', 'sunday'], ['07:30', '18:00'], 'Mondays, Thursdays and Sundays at 7:30 AM and 6:00 PM'],
  ] as const)('%j at %j: %s', (days, times, words) => {
    expect(dueInWords({ days, times } as never)).toBe(words);
  });
});

describe('whether the last run needs attention', () => {
  const batch = (state: string) => ({ id: 'b', name: 'b', state });
  it.each([
    [null, false],
    [{ outcome: 'started', batch: batch('held') }, false],
    [{ outcome: 'nothing-to-send', batch: null }, false],
    [{ outcome: 'batch-open', batch: batch('held') }, true],
    [{ outcome: 'batch-open', batch: batch('awaiting-approval') }, true],
    // The batch that was open then has ended, or ends by itself.
    [{ outcome: 'batch-open', batch: batch('posted') }, false],
    [{ outcome: 'batch-open', batch: batch('pushing') }, false],
    [{ outcome: 'needs-a-person', batch: null }, true],
    [{ outcome: 'refused', batch: null }, true],
  ] as const)('%j: %s', (lastRun, needs) => {
    expect(needsAttention({ lastRun: lastRun as unknown as ScheduleRun | null })).toBe(needs);
  });
});
