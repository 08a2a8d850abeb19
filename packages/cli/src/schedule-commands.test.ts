import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { run } from './run.ts';

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

let server: Server;
/** What the API answers, by method and path below the schedule; each may be a list, of which the last is answered again. */
let answers: Record<string, { status: number; body?: unknown }[]>;
let asked: { route: string; body: unknown }[];
let out: string[];
let err: string[];
let io: Io;

const AT = '/v1/companies/birds/targets/qbo/schedule';
const ok = (body: unknown) => [{ status: 200, body }];

beforeEach(async () => {
  [answers, asked, out, err] = [{}, [], [], []];
  server = createServer(async (request, response) => {
    const route = `${request.method} ${request.url!.replace(AT, '')}`.trim();
    const body = await text(request);
    asked.push({ route, body: body === '' ? undefined : JSON.parse(body) });
    const list = answers[route] ?? [{ status: 404, body: { code: 'not-found', detail: `Nothing is at ${route}.` } }];
    const answer = list.length > 1 ? list.shift()! : list[0]!;
    response.writeHead(answer.status).end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  io = {
    env: {
      LEDGERPOST_URL: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
      LEDGERPOST_KEY: 'lp_x_y',
      LEDGERPOST_COMPANY: 'birds',
    },
    stdin: (async function* () {})(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: () => {},
    signal: new AbortController().signal,
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const TYPED = ['--target', 'qbo'];

describe('schedule put', () => {
  it('puts days and times, and shows when it is due', async () => {
    answers.PUT = ok(SCHEDULE);
    expect(await run(['schedule', 'put', '--days', 'Monday,friday', '--at', '18:00', ...TYPED], io)).toBe(0);
    expect(asked).toEqual([{ route: 'PUT', body: { days: ['monday', 'friday'], times: ['18:00'] } }]);
    expect(out).toEqual([
      'due: monday, friday at 18:00 (America/Los_Angeles)',
      'sends: everything',
      'next: 2026-11-28T02:00:00.000Z',
    ]);
  });

  it.each([
    ['weekdays', 5],
    ['daily', 7],
  ])('%s are %i days', async (days, count) => {
    answers.PUT = ok(SCHEDULE);
    await run(['schedule', 'put', '--days', days, '--at', '07:00', '--at', '18:00', '--send', 'invoices', ...TYPED], io);
    expect(asked[0]?.body).toMatchObject({ times: ['07:00', '18:00'], send: 'invoices' });
    expect((asked[0]!.body as { days: string[] }).days).toHaveLength(count);
  });

  it('wants days and times', async () => {
    expect(await run(['schedule', 'put', '--days', 'weekdays', ...TYPED], io)).not.toBe(0);
    expect(await run(['schedule', 'put', '--at', '18:00', ...TYPED], io)).not.toBe(0);
    expect(asked).toEqual([]);
  });
});

describe('schedule show', () => {
  it('exits with 1 when the last run wants a person', async () => {
    answers.GET = ok({ ...SCHEDULE, lastRun: RUN });
    expect(await run(['schedule', 'show', ...TYPED], io)).toBe(1);
    expect(out.at(-1)).toBe('last run: 2026-11-24T02:00:00.000Z  batch-open  b-1  The batch “b” is held.');
  });

  it('says who paused it, and where', async () => {
    answers.GET = ok({ ...SCHEDULE, next: [], pausedInTemporal: 'Audit.' });
    await run(['schedule', 'show', ...TYPED], io);
    answers.GET = ok({ ...SCHEDULE, next: [], paused: { by: 'ada', at: '2026-11-24T02:00:00.000Z' }, waiting: 'It waits.' });
    await run(['schedule', 'show', ...TYPED], io);
    expect(out).toContain('paused in Temporal itself: Audit.');
    expect(out).toContain('paused by ada at 2026-11-24T02:00:00.000Z');
    expect(err).toEqual(['It waits.']);
  });
});

it.each(['pause', 'resume'])('schedule %s', async (verb) => {
  answers[`POST /${verb}`] = ok(SCHEDULE);
  expect(await run(['schedule', verb, ...TYPED], io)).toBe(0);
});

it('schedule run tells what it came to, and exits with 1 if that wants a person', async () => {
  answers['POST /runs'] = [
    { status: 201, body: { ...RUN, outcome: 'started', askedBy: 'ada', message: 'The batch was started.' } },
    { status: 201, body: RUN },
  ];
  expect(await run(['schedule', 'run', ...TYPED], io)).toBe(0);
  expect(out).toEqual(['2026-11-24T02:00:00.000Z  started  b-1  The batch was started. (asked for by ada)']);
  expect(await run(['schedule', 'run', ...TYPED], io)).toBe(1);
});

it('schedule runs lists them', async () => {
  answers['GET /runs?limit=20'] = ok({ rows: [RUN, { ...RUN, outcome: 'nothing-to-send', batch: null }] });
  expect(await run(['schedule', 'runs', ...TYPED], io)).toBe(0);
  expect(out).toHaveLength(2);
});

it('schedule remove takes it away', async () => {
  answers.DELETE = [{ status: 204 }];
  expect(await run(['schedule', 'remove', ...TYPED], io)).toBe(0);
  expect(out).toEqual(['removed']);
});
