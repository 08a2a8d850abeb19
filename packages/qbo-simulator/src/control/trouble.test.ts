import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { invoiceOf, openBench, paymentOf } from '../testing.ts';

describe('limits', () => {
  it('the 501st request in a minute is throttled, and the first of the next minute is not', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z', limits: {} });
    const { clock } = bench.simulator.control;
    for (let second = 0; second < 50; second += 1) {
      for (let count = 0; count < 10; count += 1) expect((await bench.call('GET', 'companyinfo/1')).status).toBe(200);
      clock.advance(1_000);
    }
    const { status, body } = await bench.call('GET', 'companyinfo/1');
    expect(status).toBe(429);
    expect(body.Fault).toEqual({
      Error: [
        {
          Message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
          Detail: 'The request limit was reached.  Try again later',
          code: '3001',
        },
      ],
      type: 'SERVICE',
    });
    clock.advance(10_000);
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(200);
  });

  it('the 11th request in a second is throttled, as JSON 429, XML 429 and XML 403 in turn', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z', limits: {} });
    for (let count = 0; count < 10; count += 1) await bench.call('GET', 'companyinfo/1');
    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await bench.call('GET', 'companyinfo/1'));
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
      [429, 'application/json'],
      [429, 'application/xml'],
      [403, 'application/xml'],
    ]);
    expect(answers[2]?.text).toContain('code="3001"');
    expect(answers[0]?.headers.get('retry-after')).toBeNull();
  });

  it('the 41st batch in a minute is throttled while single calls still pass', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z', limits: {} });
    for (let count = 0; count < 40; count += 1) {
      expect((await bench.call('POST', 'batch', { BatchItemRequest: [] })).status).toBe(200);
      bench.simulator.control.clock.advance(150);
    }
    expect((await bench.call('POST', 'batch', { BatchItemRequest: [] })).status).not.toBe(200);
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(200);
  });

  it('the 11th request at the same time is throttled', async () => {
    // None is answered before all have come, also on a busy machine.
    await using bench = await openBench({ limits: { perSecond: 1000 }, latency: 3_000 });
    const answers = await Promise.all(Array.from({ length: 11 }, () => bench.call('GET', 'companyinfo/1')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  it('a month’s reads end for all companies of an app, while writes go on, and begin again with the month', async () => {
    await using bench = await openBench({ startsAt: '2026-03-30T00:00:00Z', limits: { readsPerMonth: 3 } });
    const { control, apiUrl } = bench.simulator;
    const other = control.createCompany();
    const headers = { authorization: `Bearer ${control.grant(other.realmId).access_token}`, accept: 'application/json' };
    const query = { BatchItemRequest: [{ bId: '1', Query: 'select * from Customer' }] };
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(200);
    expect((await bench.call('POST', 'batch', query)).status).toBe(200);
    expect((await fetch(`${apiUrl}/${other.realmId}/companyinfo/1`, { headers })).status).toBe(200);
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(429);
    expect((await fetch(`${apiUrl}/${other.realmId}/companyinfo/1`, { headers })).status).not.toBe(200);
    expect((await bench.call('POST', 'customer', { DisplayName: 'Amy' })).status).toBe(200);
    expect((await bench.call('POST', 'batch', { BatchItemRequest: [] })).status).toBe(200);
    control.clock.advance(3 * 86_400_000);
    const { access_token } = control.grant(other.realmId);
    const again = { ...headers, authorization: `Bearer ${access_token}` };
    expect((await fetch(`${apiUrl}/${other.realmId}/companyinfo/1`, { headers: again })).status).toBe(200);
  });

  it('one company at its limit leaves another alone', async () => {
    await using bench = await openBench({ limits: { perMinute: 1 } });
    const other = bench.simulator.control.createCompany();
    const { access_token } = bench.simulator.control.grant(other.realmId);
    await bench.call('GET', 'companyinfo/1');
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(429);
    const answer = await fetch(`${bench.simulator.apiUrl}/${other.realmId}/companyinfo/1`, {
      headers: { authorization: `Bearer ${access_token}`, accept: 'application/json' },
    });
    expect(answer.status).toBe(200);
  });
});

describe('faults on demand', () => {
  it('a reset connection has changed nothing, a lost reply has', async () => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'reset' } });
    bench.simulator.control.addFault({ trouble: { kind: 'replyLost' }, skip: 1 });
    await expect(bench.call('POST', 'customer', { DisplayName: 'A' })).rejects.toThrow();
    await expect(bench.call('POST', 'customer', { DisplayName: 'B' })).rejects.toThrow();
    expect(bench.company.records('Customer').map((one) => one.DisplayName)).toEqual(['B']);
  });

  it.each([
    ['before', undefined, 0],
    ['after', true, 1],
  ])("a gateway's page %s the work leaves so many records", async (_, after, records) => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'html', status: 503, ...(after === undefined ? {} : { after }) } });
    const { status, headers, text } = await bench.call('POST', 'customer', { DisplayName: 'A' });
    expect([status, headers.get('content-type'), text.startsWith('<html>')]).toEqual([503, 'text/html', true]);
    expect(bench.company.records('Customer')).toHaveLength(records);
  });

  it('lost access is answered in XML', async () => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'accessLost' } });
    const { status, text } = await bench.call('GET', 'companyinfo/1');
    expect(status).toBe(401);
    expect(text).toContain('<Error code="120">');
  });

  it('case 87: tokens run out in the middle, and again after a refresh nothing is wrong', async () => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'tokenExpiry' }, skip: 1 });
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(200);
    expect((await bench.call('GET', 'companyinfo/1')).status).toBe(401);
    const { access_token } = bench.simulator.control.grant(bench.company.realmId);
    expect((await bench.call('GET', 'companyinfo/1', undefined, { authorization: `Bearer ${access_token}` })).status).toBe(200);
  });

  it('a person edits just before a request, which is then stale', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    bench.simulator.control.addFault({
      trouble: { kind: 'person', act: { act: 'edit', entity: 'Customer', id: '1', changes: { Notes: 'edited' } } },
      aim: { operation: 'update' },
    });
    const { body } = await bench.call('POST', 'customer', { Id: '1', SyncToken: '0', sparse: true, Notes: 'by us' });
    expect(body.Fault.Error[0]).toMatchObject({
      code: '5010',
      Detail: expect.stringContaining('Pat Bookkeeper finished before you did'),
    });
  });

  it('the same seed strikes the same requests', async () => {
    const struck = async () => {
      await using bench = await openBench({ seed: 7 });
      bench.simulator.control.addFault({ trouble: { kind: 'systemFault' }, times: 'always', probability: 0.3 });
      const statuses = [];
      for (let count = 0; count < 20; count += 1) statuses.push((await bench.call('GET', 'companyinfo/1')).status);
      return statuses;
    };
    const first = await struck();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await struck()).toEqual(first);
  });

  it('the log shows what was asked, what was answered and what went wrong', async () => {
    await using bench = await openBench();
    bench.simulator.control.addFault({ trouble: { kind: 'throttle' } });
    const { headers } = await bench.call('POST', 'batch', { BatchItemRequest: [] });
    expect(bench.simulator.control.requests()).toMatchObject([
      { operation: 'batch', status: 429, trouble: 'throttle', tid: headers.get('intuit_tid') },
    ]);
  });
});

describe('the wire', () => {
  it('accepts gzip bodies and a trailing ampersand', async () => {
    await using bench = await openBench();
    const response = await fetch(`${bench.simulator.apiUrl}/${bench.company.realmId}/customer?requestid=r&`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.token}`, accept: 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ DisplayName: 'Zipped' })),
    });
    expect(((await response.json()) as { Customer: { DisplayName: string } }).Customer.DisplayName).toBe('Zipped');
  });

  it('answers a GET that names an encoding and has no body, as Intuit’s Java SDK sends every read', async () => {
    await using bench = await openBench();
    const { status, body } = await bench.call('GET', 'companyinfo/1', undefined, { 'content-encoding': 'gzip' });
    expect([status, body.CompanyInfo.Id]).toEqual([200, '1']);
  });

  it('refuses a body that is not in the encoding it names', async () => {
    await using bench = await openBench();
    const { status, body } = await bench.call('POST', 'customer', { DisplayName: 'C' }, { 'content-encoding': 'gzip' });
    expect([status, body.Fault.Error[0].code]).toEqual([400, '2010']);
  });

  it('answers XML to a client that does not ask for JSON', async () => {
    await using bench = await openBench();
    const { headers, text } = await bench.call('GET', 'companyinfo/1', undefined, { accept: '*/*' });
    expect(headers.get('content-type')).toContain('xml');
    expect(text).toContain('<CompanyName>');
  });

  it('writes amounts with two decimals or, by a switch, with one, and zero as 0', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { text } = await bench.call('POST', 'invoice', invoiceOf('1', 100));
    expect(text).toContain('"TotalAmt":100.00,');
    expect(text).toContain('"TotalTax":0}');
    bench.simulator.control.setSwitches({ amounts: 'shortest', tidHeader: 'hyphen' });
    const { text: older, headers } = await bench.call('GET', 'invoice/1');
    expect(older).toContain('"TotalAmt":100.0,');
    expect([headers.has('intuit-tid'), headers.has('intuit_tid')]).toEqual([true, false]);
  });

  it.each([
    ['customer/1/5', '500'],
    ['sausage/1', '500'],
    ['customer/1.5', '2030'],
    ['customer/77', '610'],
  ])('GET %s is fault %s', async (path, code) => {
    await using bench = await openBench();
    const { status, body } = await bench.call('GET', path);
    expect([status, body.Fault.Error[0].code]).toEqual([400, code]);
  });

  it('the same over HTTP: a company, a fault, a person, readings, time', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    const control = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${bench.simulator.url}/_control${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const realm = bench.company.realmId;
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Payment', paymentOf('1', 12.5));
    expect((await control('GET', `/companies/${realm}/balances/Undeposited%20Funds`)).body).toEqual({
      account: 'Undeposited Funds',
      balance: 12.5,
    });
    expect((await control('GET', `/companies/${realm}/trial-balance`)).body).toMatchObject({ debit: 12.5, credit: 12.5 });
    expect(
      (await control('POST', `/companies/${realm}/person`, { act: 'deposit', payments: ['1'], account: 'Checking' })).status,
    ).toBe(200);
    expect((await control('POST', '/clock', { advance: 1000 })).body).toEqual({ now: '2026-03-01T00:00:01.000Z' });
    expect((await control('POST', '/faults', { trouble: { kind: 'reset' } })).body).toEqual({ id: '1' });
    expect((await control('POST', '/companies', { companyName: 'Second' })).body.realmId).not.toBe(realm);
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect((await control('POST', '/switches', { sparseLines: 'sideways' })).status).toBe(400);
  });
});
