import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { run } from './run.ts';

const CARD = {
  state: 'connected',
  account: '4620',
  environment: 'production',
  company: 'Larry’s Books',
  edition: 'QuickBooks Online Plus',
  currency: 'USD',
  classTracking: { mode: 'line', name: 'One to each row in a transaction' },
  closedThrough: null,
  salesTax: 'automated',
  automaticCredit: true,
  refreshedAt: '2026-11-02T08:00:00.000Z',
  connectedAt: '2026-11-02T08:00:00.000Z',
  notices: [],
  accounts: [
    { role: 'income', title: 'Income', name: 'Services', status: 'ok' },
    { role: 'refund', title: 'Refunds', name: null, status: 'unset' },
  ],
  classes: [
    { name: 'HVAC', status: 'verified' },
    { name: 'Drains', status: 'ambiguous', nearest: ['Plumbing:Drains'] },
    { name: 'Solar', status: 'missing' },
  ],
};

let server: Server;
/** What the API answers, by method and path below the connection; each may be a list, of which the last is answered again. */
let answers: Record<string, { status: number; body?: unknown }[]>;
let asked: { route: string; body: unknown }[];
let out: string[];
let err: string[];
let io: Io;

const AT = '/v1/companies/birds/targets/qbo/connection';
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
const typed = (...words: string[]) => run(['connection', ...words, '--target', 'qbo'], io);

describe('connection connect', () => {
  const address = {
    status: 201,
    body: { authorizeUrl: 'https://appcenter.example/?state=s', expiresAt: '2999-01-01T00:00:00Z' },
  };

  it('prints the address alone, waits for the books to be read, and shows the card', async () => {
    const before = { ...CARD, state: 'never', connectedAt: null, refreshedAt: null, company: null };
    const granted = { ...before, state: 'connected', connectedAt: CARD.connectedAt };
    answers = { POST: [address], GET: [before, before, granted, CARD].map((body) => ({ status: 200, body })) };
    expect(await typed('connect')).toBe(0);
    expect(out[0]).toBe('https://appcenter.example/?state=s');
    expect(out).toContain('company: Larry’s Books');
    expect(asked.map(({ route }) => route)).toEqual(['POST', 'GET', 'GET', 'GET', 'GET']);
  });

  it('waits no longer than the address is good', async () => {
    answers = { POST: [{ ...address, body: { ...address.body, expiresAt: '2000-01-01T00:00:00Z' } }], GET: ok(CARD) };
    expect(await typed('connect')).toBe(2);
    expect(err.at(-1)).toContain('Nobody came back');
  });

  it('does not wait with --detach', async () => {
    answers = { POST: [address], GET: ok(CARD) };
    expect(await typed('connect', '--detach')).toBe(0);
    expect(out).toEqual(['https://appcenter.example/?state=s']);
  });
});

describe('connection show', () => {
  it('shows the card, line by line', async () => {
    answers = { GET: ok(CARD) };
    expect(await typed('show')).toBe(0);
    expect(out).toEqual([
      'state: connected',
      'company: Larry’s Books',
      'account: 4620 (production)',
      'edition: QuickBooks Online Plus',
      'currency: USD',
      'class tracking: One to each row in a transaction',
      'sales tax: automated',
      'automatic credit: on',
      'refreshed: 2026-11-02T08:00:00.000Z',
      'account income (Income): Services',
      'account refund (Refunds): not set',
      'class HVAC: verified',
      'class Drains: ambiguous (the books have Plumbing:Drains)',
      'class Solar: missing',
    ]);
  });

  it('exits with 1 when something keeps documents from being sent', async () => {
    const notices = [{ code: 'access-lost', severity: 'problem', message: 'QuickBooks does not let us in any more.' }];
    answers = { GET: ok({ ...CARD, state: 'lost', notices }) };
    expect(await typed('show')).toBe(1);
    expect(err).toEqual(['problem: QuickBooks does not let us in any more.']);
  });

  it('asks for the target', async () => {
    expect(await run(['connection', 'show'], io)).toBe(2);
    expect(err[0]).toContain('--target');
  });
});

it('connection refresh reads the books again', async () => {
  answers = { 'POST /refresh': ok(CARD) };
  expect(await typed('refresh')).toBe(0);
  expect(out).toContain('state: connected');
});

describe('connection account', () => {
  it('sets an account by its name, and shows it', async () => {
    answers = { 'PUT /accounts/income': ok(CARD) };
    expect(await typed('account', 'income', 'Services')).toBe(0);
    expect(asked).toEqual([{ route: 'PUT /accounts/income', body: { name: 'Services' } }]);
    expect(out).toEqual(['account income (Income): Services']);
  });

  it('shows the API’s refusal with the nearest names', async () => {
    const detail = 'No account has exactly the name “services”. Did you mean “Services”?';
    answers = { 'PUT /accounts/income': [{ status: 422, body: { code: 'no-such-account', detail } }] };
    expect(await typed('account', 'income', 'services')).toBe(2);
    expect(err).toEqual([`${detail} (no-such-account)`]);
  });

  it.each([
    [['income'], 'Say which account'],
    [['income', 'Sales', 'of', 'Product'], 'in quotes'],
  ])('of %j says what is missing', async (words, told) => {
    expect(await typed('account', ...words)).toBe(2);
    expect(err[0]).toContain(told);
  });
});

describe('connection create-classes', () => {
  const outcomes = [
    { status: 'created', name: 'Solar', externalId: '9' },
    { status: 'refused', name: 'Roofing', reason: 'It is inactive in QuickBooks.' },
  ];

  it('creates what is named, and exits with 1 if one was refused', async () => {
    answers = { 'POST /classes': ok({ outcomes, connection: CARD }) };
    expect(await typed('create-classes', 'Solar', 'Roofing')).toBe(1);
    expect(asked[0]!.body).toEqual({ names: ['Solar', 'Roofing'] });
    expect([out, err]).toEqual([['Solar: created'], ['Roofing: It is inactive in QuickBooks.']]);
  });

  it('with --missing creates what the card calls missing, a hundred at a time', async () => {
    const classes = Array.from({ length: 130 }, (_, i) => ({ name: `New ${i}`, status: 'missing' }));
    answers = { GET: ok({ ...CARD, classes: [...CARD.classes, ...classes] }), 'POST /classes': ok({ outcomes: [] }) };
    expect(await typed('create-classes', '--missing')).toBe(0);
    const sent = asked.flatMap(({ body }) => (body === undefined ? [] : [(body as { names: string[] }).names]));
    expect(sent.map((names) => names.length)).toEqual([100, 31]);
    expect(sent[0]![0]).toBe('Solar');
  });

  it('wants names or --missing, not both and not neither', async () => {
    expect(await typed('create-classes')).toBe(2);
    expect(await typed('create-classes', 'Solar', '--missing')).toBe(2);
    expect(asked).toEqual([]);
  });
});

it('connection disconnect ends the access', async () => {
  answers = { DELETE: [{ status: 204 }] };
  expect(await typed('disconnect')).toBe(0);
  expect(out).toEqual(['disconnected']);
});

it('seals rotate tells how many, and exits with 1 if some could not be opened', async () => {
  const unreadable = [{ company: 'birds', target: 'qbo', key: 'old' }];
  answers = { 'POST /v1/seals/rotate': ok({ key: 'new', sealedAgain: 1_200, unreadable }) };
  expect(await run(['seals', 'rotate'], io)).toBe(1);
  expect(out).toEqual(['1,200 sealed again under the key new.']);
  expect(err[0]).toContain('birds at qbo is sealed under the key old');
});
