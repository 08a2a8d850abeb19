import { type TargetContext, TargetError } from '@ledgerpost/core';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { failureOf, verdictOf } from './classify.ts';
import { openApi } from './client.ts';

const SECRET = 'AB01secretToken';
const service = (code: string, Message = 'A message', Detail = 'A detail.') =>
  JSON.stringify({
    Fault: { Error: [{ Message, Detail, code, element: '' }], type: 'ValidationFault' },
    time: '2026-10-03T06:58:50.262-07:00',
  });
const gateway = (code: string, status: number) =>
  JSON.stringify({
    warnings: null,
    intuitObject: null,
    fault: {
      error: [
        {
          message: `message=X; errorCode=00${code}; statusCode=${status}`,
          detail: `Token expired: ${SECRET}`,
          code,
          element: null,
        },
      ],
      type: 'AUTHENTICATION',
    },
    time: 1601391072830,
  });
const xml = (code: string, type = 'SERVICE') =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="2016-01-01T00:00:00-08:00"><Fault type="${type}"><Error code="${code}"><Message>message=ThrottleExceeded; errorCode=${code}; statusCode=429</Message><Detail>The request limit was reached.  Try again later &amp; again</Detail></Error></Fault></IntuitResponse>`;
const HTML = '<html><head><title>503</title></head><body>Service Unavailable</body></html>';
const read = (status: number, text: string, headers: Record<string, string> = {}) =>
  readAnswer(status, new Headers(headers), text);

describe('answers are read by what they are', () => {
  it('a service fault', () => {
    expect(read(400, service('6140')).fault).toEqual({
      type: 'ValidationFault',
      errors: [{ code: '6140', message: 'A message', detail: 'A detail.' }],
    });
  });
  it('a gateway fault in lower case', () => {
    expect(read(401, gateway('3200', 401)).fault?.errors[0]?.code).toBe('3200');
  });
  it('XML although JSON was asked for', () => {
    expect(read(403, xml('003001')).fault).toMatchObject({ type: 'SERVICE', errors: [{ code: '3001' }] });
    expect(read(403, xml('003001')).fault?.errors[0]?.detail).toContain('later & again');
  });
  it('a fault inside a 200', () => {
    expect(failureOf(read(200, service('6190')), 'write')).toMatchObject({ kind: 'config', code: 'target-not-ready' });
  });
  it.each([
    ['HTML', HTML],
    ['nothing', ''],
    ['half of a JSON', '{"Invoice":{'],
  ])('%s is not an answer of the service', (_, text) => {
    expect(read(502, text)).toMatchObject({ body: undefined, fault: undefined });
    expect(failureOf(read(502, text), 'write')).toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    // A 200 without content may have been carried out.
    expect(failureOf(read(200, text), 'write')).toMatchObject({ kind: 'transient', code: 'target-unreachable' });
  });
  it.each(['intuit_tid', 'Intuit_Tid', 'Intuit-Tid', 'intuit-tid'])(
    'Intuit’s support id in header %s, and a wait in seconds',
    (header) => {
      expect(read(429, '', { [header]: '1-5f-0a', 'retry-after': '7' })).toMatchObject({ tid: '1-5f-0a', retryAfterMs: 7000 });
    },
  );
});

describe('a failed call shows who can fix it', () => {
  it.each([
    ['an expired token', 401, gateway('3200', 401), 'access', 'access-lost'],
    ['an app that is not allowed', 403, gateway('3100', 403), 'access', 'access-lost'],
    ['a person who lost access, in XML', 401, xml('120', 'AuthorizationFault'), 'access', 'access-lost'],
    ['a 401 without a body', 401, '', 'access', 'access-lost'],
    ['a throttle in JSON', 429, service('3001'), 'transient', 'target-throttled'],
    ['a throttle as 403 in XML', 403, xml('003001'), 'transient', 'target-throttled'],
    ['a throttle without a body', 429, '', 'transient', 'target-throttled'],
    ['a lapsed subscription', 400, service('6190'), 'config', 'target-not-ready'],
    ['a feature that the plan lacks', 403, service('5020'), 'config', 'target-not-ready'],
    ['a failure of the service', 500, service('10000'), 'transient', 'target-unreachable'],
    ['a time-out of the gateway', 504, HTML, 'transient', 'target-unreachable'],
    ['a query that we spelled wrong', 400, service('4000'), 'defect', 'target-defect'],
    ['an unknown property', 400, service('2010'), 'defect', 'target-defect'],
  ])('%s', (_, status, text, kind, code) => {
    const failure = failureOf(read(status, text), 'read Customer');
    expect(failure).toMatchObject({ kind, code });
    expect(failure?.message).not.toContain(SECRET);
  });

  it('a good answer is not a failure', () => {
    expect(failureOf(read(200, '{"Invoice":{}}'), 'read')).toBeUndefined();
  });
});

describe('a fault about one document', () => {
  const closed = 'Account Period Closed, Cannot Update Through Services API : The account period has closed';
  const unexpected = 'Business Validation Error: An unexpected error occurred while accessing or saving your data. Please wait.';
  it.each([
    ['5010', 'Stale Object Error', 'Stale Object Error : You and Pat were working on this.', 'stale'],
    ['5010', 'Stale Object Error', closed, 'closed'],
    ['6210', 'Account Period Closed', closed, 'closed'],
    [
      '6210',
      'Duplicate Document Number Error',
      'Duplicate Document Number Error : You must specify a different number.',
      'number-taken',
    ],
    ['6140', 'Duplicate Document Number Error', 'x', 'number-taken'],
    ['6240', 'Duplicate Name Exists Error', 'The name supplied already exists. : null', 'name-taken'],
    ['610', 'Object Not Found', 'x', 'gone'],
    ['6540', 'x', 'x', 'deposited'],
    ['600', 'Duplicate Request ID', '', 'transient'],
    ['6000', 'x', unexpected, 'transient'],
    ['6000', 'x', 'Business Validation Error: You must set a transaction amount.', 'refused'],
    ['6070', 'x', 'Amount is not equal to UnitPrice * Qty.', 'refused'],
  ])('%s is classified by code and text: %s, %s', (code, message, detail, verdict) => {
    expect(verdictOf({ type: 'ValidationFault', errors: [{ code, message, detail }] })).toBe(verdict);
  });
});

describe('the client', () => {
  function context(answers: readonly (readonly [number, string])[], more: Partial<TargetContext> = {}) {
    const urls: string[] = [];
    const authorizations: (string | null)[] = [];
    const pauses: number[] = [];
    const left = [...answers];
    const own: TargetContext = {
      connectionId: 'c',
      signal: new AbortController().signal,
      now: () => 0,
      log: () => {},
      access: async () => ({ token: 'old', account: '42', environment: 'simulator', apiUrl: 'http://books/' }),
      renew: async () => ({ token: 'new', account: '42', environment: 'simulator', apiUrl: 'http://books/' }),
      permit: async () => ({ release: () => {} }),
      pause: async (ms) => void pauses.push(ms),
      fetch: async (url, init) => {
        urls.push(String(url));
        authorizations.push(new Headers(init?.headers).get('authorization'));
        const [status, text] = left.shift()!;
        return new Response(text, { status });
      },
      ...more,
    };
    return { api: openApi(own), urls, authorizations, pauses };
  }
  const order = { bId: '1', operation: 'create', entity: 'Invoice', body: {} } as const;
  const sound = JSON.stringify({ BatchItemResponse: [{ bId: '1', Invoice: { Id: '9', SyncToken: '0' } }] });

  it('sends its minor version and the request id in the address', async () => {
    const { api, urls } = context([[200, sound]]);
    await api.batch([order], 'r-1');
    expect(urls).toEqual(['http://books/v3/company/42/batch?requestid=r-1&minorversion=75']);
  });

  it('after a 401 sends the same request with the new token, once', async () => {
    const { api, urls, authorizations } = context([
      [401, gateway('3200', 401)],
      [200, sound],
    ]);
    await api.batch([order], 'r-1');
    expect(authorizations).toEqual(['Bearer old', 'Bearer new']);
    expect(urls[0]).toBe(urls[1]);
    const second = context([
      [401, gateway('3200', 401)],
      [401, gateway('3200', 401)],
    ]);
    await expect(second.api.batch([order])).rejects.toMatchObject({ kind: 'access', code: 'access-lost' });
  });

  it('counts each answered read, and each item of an answered batch as a write', async () => {
    const counted: unknown[] = [];
    const count = async (...what: unknown[]) => void counted.push(what);
    const two = JSON.stringify({
      BatchItemResponse: [
        { bId: '1', Invoice: { Id: '9', SyncToken: '0' } },
        { bId: '2', Invoice: { Id: '10', SyncToken: '0' } },
      ],
    });
    const rows = JSON.stringify({ QueryResponse: {} });
    const { api } = context(
      [
        [200, rows],
        [200, two],
        [500, ''],
      ],
      { count },
    );
    await api.rows('Customer');
    await api.batch([order, { ...order, bId: '2' }]);
    await expect(api.rows('Customer')).rejects.toMatchObject({ kind: 'transient' });
    expect(counted).toEqual([
      ['reads', 1],
      ['writes', 2],
    ]);
  });

  it('asks whether the month is used up before it pauses for a refused read', async () => {
    const asked: unknown[] = [];
    const usedUp = new TargetError('config', 'quota-used-up', 'This month’s quota is used up.');
    const overQuota = async (quota: string) => {
      asked.push(quota);
      if (asked.length === 2) throw usedUp;
    };
    const { api, pauses } = context(
      [
        [429, ''],
        [429, ''],
      ],
      { overQuota },
    );
    await expect(api.rows('Customer')).rejects.toMatchObject({ code: 'target-throttled' });
    await expect(api.rows('Customer')).rejects.toBe(usedUp);
    expect([asked, pauses]).toEqual([['reads', 'reads'], [60_000]]);
  });

  it('does not renew after access was revoked', async () => {
    const { api, urls } = context([[401, xml('120', 'AuthorizationFault')]]);
    await expect(api.rows('Customer')).rejects.toMatchObject({ kind: 'access' });
    expect(urls).toHaveLength(1);
  });

  it('an answer that leaves an item out counts as no answer', async () => {
    const { api } = context([[200, '{"BatchItemResponse":[]}']]);
    await expect(api.batch([order])).rejects.toMatchObject({ kind: 'transient' });
  });

  it('answers are mapped by bId, in any order', async () => {
    const swapped = {
      BatchItemResponse: [
        { bId: '2', Invoice: { Id: 'b' } },
        { bId: '1', Invoice: { Id: 'a' } },
      ],
    };
    const { api } = context([[200, JSON.stringify(swapped)]]);
    const answers = await api.batch([order, { ...order, bId: '2' }]);
    expect(answers.get('1')).toMatchObject({ entity: { Id: 'a' } });
  });

  it('a network error shows nothing of what was sent', async () => {
    const fetch = async () => {
      throw new TypeError(`fetch failed: Bearer ${SECRET}`);
    };
    const { api } = context([], { fetch });
    const failure = await api.rows('Customer').catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    expect(JSON.stringify(failure) + (failure as Error).message).not.toContain(SECRET);
  });

  it.each([
    ['a good answer', 200, sound],
    ['an error in HTML', 503, '<html>Service Unavailable</html>'],
    ['a throttle', 429, ''],
  ])('reports Intuit’s support id of each request: %s', async (_, status, text) => {
    const traces: string[] = [];
    const { api } = context([], {
      fetch: async () => new Response(text, { status, headers: { intuit_tid: '1-5f-0a' } }),
      trace: (id) => void traces.push(id),
    });
    await api.batch([order]).catch(() => {});
    expect(traces).toEqual(['1-5f-0a']);
  });

  it('reports Intuit’s support id of an answer that broke off', async () => {
    const traces: string[] = [];
    const body = new ReadableStream({ pull: (stream) => stream.error(new Error('reset')) });
    const { api } = context([], {
      fetch: async () => new Response(body, { headers: { 'Intuit-Tid': '1-5f-0b' } }),
      trace: (id) => void traces.push(id),
    });
    await expect(api.batch([order])).rejects.toMatchObject({ code: 'target-unreachable' });
    expect(traces).toEqual(['1-5f-0b']);
  });

  it('more than thirty items are more than one call', async () => {
    const answer = (from: number, to: number) =>
      JSON.stringify({
        BatchItemResponse: Array.from({ length: to - from }, (_, at) => ({ bId: `${from + at}`, Invoice: { Id: '1' } })),
      });
    const { api, urls } = context([
      [200, answer(0, 30)],
      [200, answer(30, 31)],
    ]);
    await api.batch(Array.from({ length: 31 }, (_, at) => ({ ...order, bId: `${at}` })));
    expect(urls).toHaveLength(2);
  });

  describe('rows that several answers hold are one row', () => {
    const found = (entity: string, ...ids: string[]) =>
      JSON.stringify({ QueryResponse: { [entity]: ids.map((Id) => ({ Id, SyncToken: '0' })) } });

    it('where two lists of names find it, since QuickBooks compares names without case', async () => {
      const { api, urls } = context([
        [200, found('Item', '1', '7')],
        [200, found('Item', '7')],
      ]);
      const names = ['Dazed And Confused', ...Array.from({ length: 299 }, (_, at) => `Service ${at}`), 'Dazed and Confused'];
      expect((await api.rowsIn('Item', 'Name', names)).map(({ Id }) => Id)).toEqual(['1', '7']);
      expect(urls).toHaveLength(2);
    });

    it('where two pages hold it, because the list changed in between; no page is left out', async () => {
      const page = Array.from({ length: 1000 }, (_, at) => `${at}`);
      const statements: string[] = [];
      const answers = [found('Account', ...page), found('Account', '999', '1000')];
      const { api } = context([], {
        fetch: async (_, init) => {
          statements.push(String(init?.body));
          return new Response(answers[statements.length - 1]);
        },
      });
      expect((await api.rows('Account')).map(({ Id }) => Id)).toEqual([...page, '1000']);
      expect(statements[1]).toContain('startposition 1001');
    });

    it('where an answer about changes names it twice, and a full answer stays full', async () => {
      const part = (...ids: string[]) => ({ Invoice: ids.map((Id) => ({ Id })) });
      const answer = (...parts: object[]) =>
        JSON.stringify({ CDCResponse: [{ QueryResponse: parts }], time: '2026-10-03T06:58:50.262-07:00' });
      const half = Array.from({ length: 500 }, (_, at) => `${at}`);
      const { api } = context([
        [200, answer(part('1', '2'), part('2'))],
        [200, answer(part(...half), part(...half))],
      ]);
      expect(await api.changes(['Invoice'], 0)).toMatchObject({
        rows: [
          { kind: 'Invoice', id: '1' },
          { kind: 'Invoice', id: '2' },
        ],
        isFull: false,
      });
      const full = await api.changes(['Invoice'], 0);
      expect([full.rows.length, full.isFull]).toEqual([500, true]);
    });
  });
});
