import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

const RUN = {
  due: '2026-11-24T02:00:00.000Z',
  askedBy: null,
  outcome: 'batch-open',
  message: 'The batch “b” is held.',
  batch: { id: 'b-1', name: 'b', state: 'held' },
};
const SCHEDULE = {
  days: ['monday', 'friday'],
  times: ['18:00'],
  timeZone: 'America/Los_Angeles',
  send: 'everything',
  acknowledge: [],
  paused: null,
  pausedInTemporal: null,
  next: ['2026-11-28T02:00:00.000Z'],
  lastRun: null,
};

const AT = '/v1/companies/birds/targets/qbo/schedule';

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi(AT);
});
afterEach(() => api.stop());

const TYPED = ['--target', 'qbo'];

describe('schedule put', () => {
  it('puts days and times, and shows when it is due', async () => {
    api.answers.PUT = ok(SCHEDULE);
    expect(await run(['schedule', 'put', '--days', 'Monday,friday', '--at', '18:00', ...TYPED], api.io)).toBe(0);
    expect(api.asked).toEqual([{ route: 'PUT', body: { days: ['monday', 'friday'], times: ['18:00'] } }]);
    expect(api.out).toEqual([
      'due: monday, friday at 18:00 (America/Los_Angeles)',
      'sends: everything',
      'next: 2026-11-28T02:00:00.000Z',
    ]);
  });

  it.each([
    ['weekdays', 5],
    ['daily', 7],
  ])('%s are %i days', async (days, count) => {
    api.answers.PUT = ok(SCHEDULE);
    await run(['schedule', 'put', '--days', days, '--at', '07:00', '--at', '18:00', '--send', 'invoices', ...TYPED], api.io);
    expect(api.asked[0]?.body).toMatchObject({ times: ['07:00', '18:00'], send: 'invoices' });
    expect((api.asked[0]!.body as { days: string[] }).days).toHaveLength(count);
  });

  it('needs days and times', async () => {
    expect(await run(['schedule', 'put', '--days', 'weekdays', ...TYPED], api.io)).not.toBe(0);
    expect(await run(['schedule', 'put', '--at', '18:00', ...TYPED], api.io)).not.toBe(0);
    expect(api.asked).toEqual([]);
  });
});

describe('schedule show', () => {
  it('exits with 1 when the last run needs a person', async () => {
    api.answers.GET = ok({ ...SCHEDULE, lastRun: RUN });
    expect(await run(['schedule', 'show', ...TYPED], api.io)).toBe(1);
    expect(api.out.at(-1)).toBe('last run: 2026-11-24T02:00:00.000Z  batch-open  b-1  The batch “b” is held.');
  });

  it('shows who paused it, and where', async () => {
    api.answers.GET = ok({ ...SCHEDULE, next: [], pausedInTemporal: 'Audit.' });
    await run(['schedule', 'show', ...TYPED], api.io);
    api.answers.GET = ok({ ...SCHEDULE, next: [], paused: { by: 'ada', at: '2026-11-24T02:00:00.000Z' }, waiting: 'It waits.' });
    await run(['schedule', 'show', ...TYPED], api.io);
    expect(api.out).toContain('paused in Temporal: Audit.');
    expect(api.out).toContain('paused by ada at 2026-11-24T02:00:00.000Z');
    expect(api.err).toEqual(['It waits.']);
  });
});

it.each(['pause', 'resume'])('schedule %s', async (verb) => {
  api.answers[`POST /${verb}`] = ok(SCHEDULE);
  expect(await run(['schedule', verb, ...TYPED], api.io)).toBe(0);
});

it('schedule run shows its result, and exits with 1 if it needs a person', async () => {
  api.answers['POST /runs'] = [
    { status: 201, body: { ...RUN, outcome: 'started', askedBy: 'ada', message: 'The batch was started.' } },
    { status: 201, body: RUN },
  ];
  expect(await run(['schedule', 'run', ...TYPED], api.io)).toBe(0);
  expect(api.out).toEqual(['2026-11-24T02:00:00.000Z  started  b-1  The batch was started. (requested by ada)']);
  expect(await run(['schedule', 'run', ...TYPED], api.io)).toBe(1);
});

it('schedule runs lists them', async () => {
  api.answers['GET /runs?limit=20'] = ok({ rows: [RUN, { ...RUN, outcome: 'nothing-to-send', batch: null }] });
  expect(await run(['schedule', 'runs', ...TYPED], api.io)).toBe(0);
  expect(api.out).toHaveLength(2);
});

it('schedule remove removes it', async () => {
  api.answers.DELETE = [{ status: 204 }];
  expect(await run(['schedule', 'remove', ...TYPED], api.io)).toBe(0);
  expect(api.out).toEqual(['removed']);
});
