import { nextRuns } from '@ledgerpost/core';
import { testTemporal } from '@ledgerpost/devstack/testing';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepSchedule, removeSchedule, type SchedulePlan } from './keep-schedule.ts';

let connection: Connection;
let temporal: Client;
let plan: SchedulePlan;
let n = 0;

beforeAll(async () => {
  const { address, namespace } = await testTemporal();
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
});
afterAll(() => connection.close());
beforeEach(() => {
  const companyId = `company-${++n}`;
  plan = {
    id: `scheduled-batch:${companyId}:qbo`,
    workflow: 'startScheduledBatch',
    order: { companyId, target: 'qbo' },
    companyId,
    target: 'qbo',
    summary: `Scheduled batch of ${companyId} to qbo`,
    when: { by: 'clock', days: WEEKDAYS, times: ['18:00', '07:30'], timeZone: 'America/Los_Angeles' },
    catchUpMinutes: 360,
    paused: false,
  };
});

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const;
const handle = () => temporal.schedule.getHandle(plan.id);

describe('a schedule is kept as it is planned', () => {
  it('it is made once, and is the same when it is kept again', async () => {
    expect(await keepSchedule(temporal, plan)).toEqual({ did: 'made', pausedThere: null });
    expect(await keepSchedule(temporal, plan)).toEqual({ did: 'same', pausedThere: null });
    const { action, policies, spec } = await handle().describe();
    expect(action).toMatchObject({ workflowType: 'startScheduledBatch', taskQueue: 'engine', args: [plan.order] });
    expect(action.staticSummary).toBe(plan.summary);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 360 * 60_000 });
    expect(spec.timezone).toBe('America/Los_Angeles');
  });

  it('two who make it at once make one', async () => {
    const both = await Promise.all([keepSchedule(temporal, plan), keepSchedule(temporal, plan)]);
    expect(both.map(({ did }) => did).sort()).toContain('made');
    expect(await keepSchedule(temporal, plan)).toEqual({ did: 'same', pausedThere: null });
  });

  it.each([
    ['other times', (now: SchedulePlan): SchedulePlan => ({ ...now, when: { ...now.when, times: ['19:00'] } as never })],
    [
      'another time zone',
      (now: SchedulePlan): SchedulePlan => ({ ...now, when: { ...now.when, timeZone: 'Europe/Rome' } as never }),
    ],
    ['every so many minutes', (now: SchedulePlan): SchedulePlan => ({ ...now, when: { by: 'interval', everyMinutes: 15 } })],
    ['another order', (now: SchedulePlan): SchedulePlan => ({ ...now, order: { any: 1 } })],
    ['a pause', (now: SchedulePlan): SchedulePlan => ({ ...now, paused: true })],
  ])('a plan with %s changes it', async (_, change) => {
    await keepSchedule(temporal, plan);
    const changed = change(plan);
    expect(await keepSchedule(temporal, changed)).toEqual({ did: 'changed', pausedThere: null });
    expect(await keepSchedule(temporal, changed)).toEqual({ did: 'same', pausedThere: null });
    expect((await handle().describe()).state.paused).toBe(changed.paused);
  });

  it('one that was deleted in Temporal comes back, and one that was removed stays away', async () => {
    await keepSchedule(temporal, plan);
    await handle().delete();
    expect(await keepSchedule(temporal, plan)).toMatchObject({ did: 'made' });
    await removeSchedule(temporal, plan.id);
    await removeSchedule(temporal, plan.id);
    await expect(handle().describe()).rejects.toThrow();
  });

  it('times that were edited in Temporal are put right', async () => {
    await keepSchedule(temporal, plan);
    await handle().update((now) => ({ ...now, spec: { calendars: [{ hour: 3 }] } }));
    expect(await keepSchedule(temporal, plan)).toMatchObject({ did: 'changed' });
    expect(await keepSchedule(temporal, plan)).toMatchObject({ did: 'same' });
  });
});

describe('a pause', () => {
  it('made in Temporal stays, whatever else is planned, until somebody resumes it here', async () => {
    await keepSchedule(temporal, plan);
    await handle().pause('The books are being audited.');
    const pausedThere = 'The books are being audited.';
    expect(await keepSchedule(temporal, plan)).toEqual({ did: 'same', pausedThere });
    const later = { ...plan, catchUpMinutes: 60 };
    expect(await keepSchedule(temporal, later)).toEqual({ did: 'changed', pausedThere });
    expect((await handle().describe()).state).toMatchObject({ paused: true, note: pausedThere });
    expect(await keepSchedule(temporal, { ...later, resumed: '1' })).toEqual({ did: 'changed', pausedThere: null });
    expect((await handle().describe()).state.paused).toBe(false);
  });

  it('made here is lifted here, and not in Temporal', async () => {
    await keepSchedule(temporal, { ...plan, paused: true });
    await handle().unpause();
    expect(await keepSchedule(temporal, { ...plan, paused: true })).toMatchObject({ did: 'changed' });
    expect((await handle().describe()).state.paused).toBe(true);
    expect(await keepSchedule(temporal, plan)).toEqual({ did: 'changed', pausedThere: null });
    expect((await handle().describe()).state.paused).toBe(false);
  });
});

describe('the clock is that of the place', () => {
  /** When Temporal would start it, by its own reckoning. */
  async function matching(from: string, to: string): Promise<string[]> {
    // Its type wants a Long, which a number serves as well.
    const at = (day: string) => ({ seconds: Date.parse(day) / 1_000 }) as never;
    const { startTime } = await connection.workflowService.listScheduleMatchingTimes({
      namespace: temporal.options.namespace,
      scheduleId: plan.id,
      startTime: at(from),
      endTime: at(to),
    });
    return startTime.map(({ seconds }) => new Date(Number(seconds) * 1_000).toISOString());
  }

  it('18:00 stays 18:00 when clocks change', async () => {
    const when = { by: 'clock', days: ['SUNDAY'], times: ['18:00'], timeZone: 'America/Los_Angeles' } as const;
    await keepSchedule(temporal, { ...plan, when });
    // Clocks went forward on the 14th, at 02:00.
    expect(await matching('2027-03-02T00:00:00Z', '2027-03-23T00:00:00Z')).toEqual([
      '2027-03-08T02:00:00.000Z',
      '2027-03-15T01:00:00.000Z',
      '2027-03-22T01:00:00.000Z',
    ]);
  });

  it.each(['America/Los_Angeles', 'Europe/Rome', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
    'the next runs that people are shown are those that Temporal starts, through a year of %s',
    async (timeZone) => {
      // Not in the hours in which clocks change: there the server errs in some zones (Rome's 02:15 on the last Sunday of October).
      const times = ['05:30', '18:00', '23:45'];
      await keepSchedule(temporal, { ...plan, when: { by: 'clock', days: ['SUNDAY', 'MONDAY'], times, timeZone } });
      const shown = nextRuns({ days: ['sunday', 'monday'], times }, timeZone, Date.parse('2026-12-01T00:00:01Z'), 320);
      const until = new Date(shown.at(-1)!).toISOString();
      expect(shown.map((ms) => new Date(ms).toISOString())).toEqual(await matching('2026-12-01T00:00:01Z', until));
    },
  );
});

it('companies whose schedules go by the interval do not all come at once', async () => {
  const offsets = new Set<number>();
  for (let i = 0; i < 5; i++) {
    const other = { ...plan, id: `${plan.id}:${i}`, when: { by: 'interval', everyMinutes: 60 } as const };
    await keepSchedule(temporal, other);
    const { spec } = await temporal.schedule.getHandle(other.id).describe();
    offsets.add(spec.intervals![0]!.offset);
  }
  expect(offsets.size).toBeGreaterThan(2);
});
