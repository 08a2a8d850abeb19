import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, ok, startFakeApi } from '../fake-api.testing.ts';
import { run } from '../run.ts';

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

const AT = '/v1/companies/birds/targets/qbo/connection';

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi(AT);
});
afterEach(() => api.stop());
const typed = (...words: string[]) => run(['connection', ...words, '--target', 'qbo'], api.io);

describe('connection connect', () => {
  const address = {
    status: 201,
    body: { authorizeUrl: 'https://appcenter.example/?state=s', expiresAt: '2999-01-01T00:00:00Z' },
  };

  it('prints only the address, waits until the books are read, and shows the card', async () => {
    const before = { ...CARD, state: 'never', connectedAt: null, refreshedAt: null, company: null };
    const granted = { ...before, state: 'connected', connectedAt: CARD.connectedAt };
    api.answers = { POST: [address], GET: [before, before, granted, CARD].map((body) => ({ status: 200, body })) };
    expect(await typed('connect')).toBe(0);
    expect(api.out[0]).toBe('https://appcenter.example/?state=s');
    expect(api.out).toContain('company: Larry’s Books');
    expect(api.asked.map(({ route }) => route)).toEqual(['POST', 'GET', 'GET', 'GET', 'GET']);
  });

  it('stops waiting when the address expires', async () => {
    api.answers = { POST: [{ ...address, body: { ...address.body, expiresAt: '2000-01-01T00:00:00Z' } }], GET: ok(CARD) };
    expect(await typed('connect')).toBe(2);
    expect(api.err.at(-1)).toContain('No one signed in');
  });

  it('does not wait with --detach', async () => {
    api.answers = { POST: [address], GET: ok(CARD) };
    expect(await typed('connect', '--detach')).toBe(0);
    expect(api.out).toEqual(['https://appcenter.example/?state=s']);
  });
});

describe('connection show', () => {
  it('shows the card, line by line', async () => {
    api.answers = { GET: ok(CARD) };
    expect(await typed('show')).toBe(0);
    expect(api.out).toEqual([
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
    const notices = [{ code: 'access-lost', severity: 'problem', message: 'QuickBooks access was revoked or has expired.' }];
    api.answers = { GET: ok({ ...CARD, state: 'lost', notices }) };
    expect(await typed('show')).toBe(1);
    expect(api.err).toEqual(['problem: QuickBooks access was revoked or has expired.']);
  });

  it('asks for the target', async () => {
    expect(await run(['connection', 'show'], api.io)).toBe(2);
    expect(api.err[0]).toContain('--target');
  });
});

it('connection refresh reads the books again', async () => {
  api.answers = { 'POST /refresh': ok(CARD) };
  expect(await typed('refresh')).toBe(0);
  expect(api.out).toContain('state: connected');
});

describe('connection account', () => {
  it('sets an account by its name, and shows it', async () => {
    api.answers = { 'PUT /accounts/income': ok(CARD) };
    expect(await typed('account', 'income', 'Services')).toBe(0);
    expect(api.asked).toEqual([{ route: 'PUT /accounts/income', body: { name: 'Services' } }]);
    expect(api.out).toEqual(['account income (Income): Services']);
  });

  it('shows the API’s refusal with the nearest names', async () => {
    const detail = 'There is no account with exactly the name “services”. Did you mean “Services”?';
    api.answers = { 'PUT /accounts/income': [{ status: 422, body: { code: 'no-such-account', detail } }] };
    expect(await typed('account', 'income', 'services')).toBe(2);
    expect(api.err).toEqual([`${detail} (no-such-account)`]);
  });

  it.each([
    [['income'], 'Name the role and the account'],
    [['income', 'Sales', 'of', 'Product'], 'in quotes'],
  ])('of %j names what is missing', async (words, sentence) => {
    expect(await typed('account', ...words)).toBe(2);
    expect(api.err[0]).toContain(sentence);
  });
});

describe('connection create-classes', () => {
  const outcomes = [
    { status: 'created', name: 'Solar', externalId: '9' },
    { status: 'refused', name: 'Roofing', reason: 'It is inactive in QuickBooks.' },
  ];

  it('creates the named classes, and exits with 1 if one was refused', async () => {
    api.answers = { 'POST /classes': ok({ outcomes, connection: CARD }) };
    expect(await typed('create-classes', 'Solar', 'Roofing')).toBe(1);
    expect(api.asked[0]!.body).toEqual({ names: ['Solar', 'Roofing'] });
    expect([api.out, api.err]).toEqual([['Solar: created'], ['Roofing: It is inactive in QuickBooks.']]);
  });

  it('with --missing creates every class that the card shows as missing, a hundred at a time', async () => {
    const classes = Array.from({ length: 130 }, (_, i) => ({ name: `New ${i}`, status: 'missing' }));
    api.answers = { GET: ok({ ...CARD, classes: [...CARD.classes, ...classes] }), 'POST /classes': ok({ outcomes: [] }) };
    expect(await typed('create-classes', '--missing')).toBe(0);
    const sent = api.asked.flatMap(({ body }) => (body === undefined ? [] : [(body as { names: string[] }).names]));
    expect(sent.map((names) => names.length)).toEqual([100, 31]);
    expect(sent[0]![0]).toBe('Solar');
  });

  it('needs either names or --missing', async () => {
    expect(await typed('create-classes')).toBe(2);
    expect(await typed('create-classes', 'Solar', '--missing')).toBe(2);
    expect(api.asked).toEqual([]);
  });
});

it('connection disconnect ends the access', async () => {
  api.answers = { DELETE: [{ status: 204 }] };
  expect(await typed('disconnect')).toBe(0);
  expect(api.out).toEqual(['disconnected']);
});

it('seals rotate counts the connections, and exits with 1 if some could not be opened', async () => {
  const unreadable = [{ company: 'birds', target: 'qbo', key: 'old' }];
  api.answers = { 'POST /v1/seals/rotate': ok({ key: 'new', sealedAgain: 1_200, unreadable }) };
  expect(await run(['seals', 'rotate'], api.io)).toBe(1);
  expect(api.out).toEqual(['1,200 sealed again with key new.']);
  expect(api.err[0]).toContain('birds at qbo is sealed with key old');
});
