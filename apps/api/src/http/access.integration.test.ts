import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../testing/open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  for (const id of ['a', 'b']) await api.ask(api.admin, 'PUT', `/v1/companies/${id}`, COMPANY);
});
afterAll(() => api.close());

describe('roles and what they may do', () => {
  it('asks a request without a key, or with a wrong one, for a key', async () => {
    const none = await api.app.inject({ url: '/v1/companies/a' });
    expect([none.statusCode, none.json().code, none.headers['www-authenticate']]).toEqual([
      401,
      'no-key',
      expect.stringContaining('Bearer'),
    ]);
    expect(await api.ask('lp_nobody_0000000000000000', 'GET', '/v1/companies/a')).toMatchObject({
      status: 401,
      body: { code: 'no-key' },
    });
    expect(await api.ask('Basic x', 'GET', '/v1/companies/a')).toMatchObject({ status: 401 });
  });

  it('answers 404 for another company’s things, with the words for one that does not exist', async () => {
    const key = await api.key('a', 'admin');
    const other = await api.ask(key, 'GET', '/v1/companies/b/journal');
    const nobody = await api.ask(key, 'GET', '/v1/companies/nobody/journal');
    expect(other).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(other.body.detail.replace('"b"', '')).toBe(nobody.body.detail.replace('"nobody"', ''));
  });

  it.each([
    ['source', 'PUT', '/v1/companies/a/records/customer/c-9', 200],
    ['viewer', 'PUT', '/v1/companies/a/records/customer/c-9', 403],
    ['viewer', 'GET', '/v1/companies/a/journal', 200],
    ['source', 'GET', '/v1/companies/a/journal', 403],
    ['poster', 'GET', '/v1/companies/a/batches', 200],
    ['viewer', 'POST', '/v1/companies/a/targets/saasant/batches', 403],
    ['poster', 'PUT', '/v1/companies/a/targets/saasant', 403],
    ['poster', 'POST', '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000/approve', 403],
    ['approver', 'POST', '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000/cancel', 403],
    ['poster', 'POST', '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000/undo', 403],
    ['approver', 'GET', '/v1/companies/a/keys', 403],
    ['admin', 'GET', '/v1/companies', 403],
  ] as const)('a %s may %s %s: %i', async (role, method, url, status) => {
    const key = await api.key('a', role);
    const body = method === 'GET' ? undefined : url.includes('/records/') ? {} : url.endsWith('/saasant') ? {} : undefined;
    const answer = await api.ask(key, method, url, body);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toMatch(/role-missing|installation-key-needed/);
  });

  it('makes a key that works until it is revoked, shows its secret once, and journals both', async () => {
    const admin = await api.key('a', 'admin');
    const made = await api.ask(admin, 'POST', '/v1/companies/a/keys', { name: 'till', roles: ['viewer'] });
    expect(made).toMatchObject({ status: 201, body: { id: expect.any(String), secret: expect.stringMatching(/^lp_/) } });
    expect((await api.ask(made.body.secret, 'GET', '/v1/companies/a')).status).toBe(200);
    const listed = await api.ask(admin, 'GET', '/v1/companies/a/keys');
    expect(JSON.stringify(listed.body)).toContain('"till"');
    expect(JSON.stringify(listed.body)).not.toContain(made.body.secret);
    expect((await api.ask(admin, 'DELETE', `/v1/companies/a/keys/${made.body.id}`)).status).toBe(204);
    expect((await api.ask(made.body.secret, 'GET', '/v1/companies/a')).status).toBe(401);
    expect((await api.ask(admin, 'DELETE', `/v1/companies/a/keys/${made.body.id}`)).status).toBe(404);
    const { body } = await api.ask(admin, 'GET', `/v1/companies/a/journal?subject=key/${made.body.id}`);
    expect(body.rows.map((row: { act: string }) => row.act)).toEqual(['key.revoked', 'key.created']);
  });

  it('does not let one company’s admin revoke another’s key', async () => {
    const { body } = await api.ask(await api.key('b', 'admin'), 'POST', '/v1/companies/b/keys', {
      name: 'till',
      roles: ['viewer'],
    });
    expect((await api.ask(await api.key('a', 'admin'), 'DELETE', `/v1/companies/a/keys/${body.id}`)).status).toBe(404);
    expect((await api.ask(body.secret, 'GET', '/v1/companies/b')).status).toBe(200);
  });
});

const NO_BATCH = '/v1/companies/a/batches/01900000-0000-7000-8000-000000000000';

describe('the answers to bad requests', () => {
  it.each([
    ['an unknown address', 'GET', '/v1/nothing', undefined, 404, 'not-found'],
    ['another method', 'PATCH', '/v1/companies/a', undefined, 405, 'method-not-allowed'],
    ['a member that nobody knows', 'PUT', '/v1/companies/a', { ...COMPANY, colour: 'red' }, 400, 'bad-request'],
    ['a time zone that is none', 'PUT', '/v1/companies/z', { ...COMPANY, timeZone: 'Mars/Base' }, 400, 'bad-request'],
    ['a query that nobody knows', 'GET', '/v1/companies?colour=red', undefined, 400, 'bad-request'],
    ['a limit out of bounds', 'GET', '/v1/companies?limit=0', undefined, 400, 'bad-request'],
    ['a cursor of somebody else', 'GET', '/v1/companies?after=xxxx', undefined, 400, 'bad-cursor'],
    ['a batch id that is none', 'GET', '/v1/companies/a/batches/1', undefined, 400, 'bad-request'],
    ['a target that is not installed', 'GET', '/v1/targets/xero', undefined, 404, 'unknown-target'],
    [
      'a target without settings',
      'GET',
      '/v1/companies/b/targets/saasant/unbatched/invoices',
      undefined,
      409,
      'target-not-enabled',
    ],
    ['a page of an undo past every number', 'GET', `${NO_BATCH}/undo?after=2147483648`, undefined, 400, 'bad-request'],
    ['a file past every number', 'GET', `${NO_BATCH}/files/2147483648`, undefined, 400, 'bad-request'],
    ['a version past every number', 'GET', `${NO_BATCH}?after=2147483648&wait=1`, undefined, 400, 'bad-request'],
    ['a NUL in the path', 'GET', '/v1/companies/a%00/journal', undefined, 404, 'not-found'],
    ['a NUL in the query', 'GET', '/v1/companies/a/journal?subject=%00', undefined, 400, 'bad-request'],
    [
      'half a surrogate pair in a name',
      'POST',
      '/v1/companies/a/keys',
      { name: '\ud800', roles: ['viewer'] },
      400,
      'bad-request',
    ],
    [
      'a company’s name that turns its direction',
      'PUT',
      '/v1/companies/z',
      { ...COMPANY, name: 'Bird\u202egpj.exe' },
      400,
      'bad-request',
    ],
    ['a company’s name with a bell', 'PUT', '/v1/companies/z', { ...COMPANY, name: 'Bird\u0007' }, 400, 'bad-request'],
    ['a company’s name that is a folder', 'PUT', '/v1/companies/z', { ...COMPANY, name: '..' }, 400, 'bad-request'],
    [
      'a key’s name with a line of its own',
      'POST',
      '/v1/companies/a/keys',
      { name: 'Bea\nadmin', roles: ['viewer'] },
      400,
      'bad-request',
    ],
    ['a broken % in the path', 'GET', '/v1/companies/%zz', undefined, 400, 'bad-request'],
    ['an endless id', 'GET', `/v1/companies/${'x'.repeat(9_000)}`, undefined, 400, 'bad-request'],
    ['settings that are none', 'PUT', '/v1/companies/a/targets/saasant', { policy: { onProblem: 'pray' } }, 400, 'bad-request'],
  ] as const)('%s', async (_what, method, url, body, status, code) => {
    const answer = await api.ask(api.admin, method, url, body);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.instance).toBe(answer.headers['x-request-id']);
  });

  it.each(['QUERY', 'PROPFIND', 'TRACE', 'PATCH'])(
    '%s is refused at every address, and never an error of ours',
    async (method) => {
      for (const url of ['/v1/companies', '/v1/companies/a/records', '/', '/nowhere']) {
        const reply = await api.app.inject({ method: method as 'PATCH', url, headers: { authorization: `Bearer ${api.admin}` } });
        const there = url.startsWith('/v1');
        expect([method, url, reply.statusCode, reply.json().code]).toEqual([
          method,
          url,
          there ? 405 : 404,
          there ? 'method-not-allowed' : 'not-found',
        ]);
        if (there) expect(reply.headers.allow).toMatch(/GET|POST/);
      }
    },
  );

  it('names the field and the cure', async () => {
    const { body } = await api.ask(api.admin, 'PUT', '/v1/companies/z', { name: 'Z', timeZone: 'Mars/Base', currency: 'USD' });
    expect(body.details.fields).toEqual([{ field: 'body.timeZone', message: expect.stringContaining('IANA') }]);
  });

  it.each([
    ['text that is not JSON', 'application/json', '{"name":', 400, 'bad-json'],
    ['nothing at all', 'application/json', '', 400, 'bad-json'],
    ['another media type', 'text/csv', 'a,b', 415, 'unsupported-media-type'],
    ['too much', 'application/json', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'body-too-large'],
  ] as const)('a body of %s', async (_what, type, payload, status, code) => {
    const reply = await api.app.inject({
      method: 'PUT',
      url: '/v1/companies/a',
      payload,
      headers: { authorization: `Bearer ${api.admin}`, 'content-type': type },
    });
    expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
  });

  it('answers a request id that it was given, and makes its own for one that is odd', async () => {
    const given = await api.ask(api.admin, 'GET', '/v1/targets', undefined, { 'x-request-id': 'trace-7' });
    expect(given.headers['x-request-id']).toBe('trace-7');
    const odd = await api.ask(api.admin, 'GET', '/v1/targets', undefined, { 'x-request-id': 'a b<script>' });
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps currency and time zone once there are records', async () => {
    await api.ask(api.admin, 'PUT', '/v1/companies/fixed', COMPANY);
    await api.ask(api.admin, 'PUT', '/v1/companies/fixed/records/invoice/i-1', invoice('i-1'));
    expect(await api.ask(api.admin, 'PUT', '/v1/companies/fixed', { ...COMPANY, currency: 'EUR' })).toMatchObject({
      status: 409,
      body: { code: 'company-fixed' },
    });
    expect((await api.ask(api.admin, 'PUT', '/v1/companies/fixed', { ...COMPANY, name: 'Renamed' })).status).toBe(200);
  });
});

describe('the answer to an unexpected error', () => {
  it('is a plain 500 that does not show its cause', async () => {
    const broken = await openTestApi({
      targets: [
        {
          get id(): string {
            throw new Error('secret table name');
          },
        } as never,
      ],
    });
    try {
      const { status, body } = await broken.ask(broken.admin, 'GET', '/v1/targets');
      expect([status, body.code]).toEqual([500, 'internal']);
      expect(JSON.stringify(body)).not.toContain('secret table name');
    } finally {
      await broken.close();
    }
  });

  it('is a 503 that states when to try again while the database is down', async () => {
    const down = await openTestApi();
    await down.store.sql.end();
    const { status, body, headers } = await down.ask(down.admin, 'GET', '/v1/companies/a');
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'database-down', '5']);
    expect((await down.app.inject({ url: '/health/ready' })).statusCode).toBe(503);
    expect((await down.app.inject({ url: '/health/live' })).statusCode).toBe(200);
    await down.close();
  });
});

describe('health, metrics and documentation', () => {
  it('is ready without Temporal, and reports that', async () => {
    const { statusCode, body } = await api.app.inject({ url: '/health/ready' });
    expect([statusCode, JSON.parse(body)]).toEqual([
      200,
      { ready: true, postgres: { up: true }, temporal: { up: false, note: expect.any(String) } },
    ]);
  });

  it('measures requests by route, never by path', async () => {
    await api.ask(api.admin, 'GET', '/v1/companies/a/journal');
    const { body } = await api.app.inject({ url: '/metrics' });
    expect(body).toContain('route="/v1/companies/:company/journal"');
    expect(body).toContain('ledgerpost_open_batches{state="pushing"} 0');
    expect(body).not.toMatch(/companies\/a/);
  });

  it('names company and batch of what waits for a person, so that alerts can', async () => {
    await api.ask(api.admin, 'PUT', '/v1/companies/troubled', COMPANY);
    await api.ask(api.admin, 'PUT', '/v1/companies/troubled/targets/saasant', {});
    await api.stream(api.admin, 'troubled', [customer(), invoice('i-1')]);
    const { batch } = (await api.ask(api.admin, 'POST', '/v1/companies/troubled/targets/saasant/batches', {})).body;
    const { body } = await api.app.inject({ url: '/metrics' });
    const labels = `company="troubled",target="saasant",batch="${batch.id}",why="not-handed-over"`;
    expect(body).toContain(`ledgerpost_batch_in_trouble_seconds{${labels}} `);
  });

  it('serves documentation that needs nothing from elsewhere', async () => {
    const page = await api.app.inject({ url: '/docs/' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="?https?:/);
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect((await api.app.inject({ url: '/docs/js/scalar.js' })).statusCode).toBe(200);
  });
});
