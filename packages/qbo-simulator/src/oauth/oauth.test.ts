import { describe, expect, it } from 'vitest';
import { openBench } from '../testing.ts';

const redirect = 'http://127.0.0.1:9/callback';

async function connect(bench: Awaited<ReturnType<typeof openBench>>, realmId: string | null = bench.company.realmId) {
  const query = new URLSearchParams({
    client_id: 'simulator-client',
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    state: 'mine',
  });
  return new URL(bench.simulator.control.authorize(`${bench.simulator.oauth.authorize}?${query}`, realmId)).searchParams;
}

async function token(bench: Awaited<ReturnType<typeof openBench>>, form: Record<string, string>, secret = 'simulator-secret') {
  const response = await fetch(bench.simulator.oauth.token, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`simulator-client:${secret}`)}`, accept: 'application/json' },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function exchange(bench: Awaited<ReturnType<typeof openBench>>) {
  const code = (await connect(bench)).get('code') ?? '';
  return (await token(bench, { grant_type: 'authorization_code', code, redirect_uri: redirect })).body;
}

const refresh = (bench: Awaited<ReturnType<typeof openBench>>, refresh_token: string) =>
  token(bench, { grant_type: 'refresh_token', refresh_token });

it('every answer about tokens names its request, which Intuit’s Java SDK needs', async () => {
  await using bench = await openBench();
  const { token: tokenUrl, revoke, discovery } = bench.simulator.oauth;
  const asked = await Promise.all([fetch(tokenUrl, { method: 'POST' }), fetch(revoke, { method: 'POST' }), fetch(discovery)]);
  for (const response of asked) expect(response.headers.get('intuit_tid')).toMatch(/^1-\w{8}-\w{24}$/);
  expect(asked.map(({ status }) => status)).toEqual([401, 401, 200]);
});

describe('connecting', () => {
  it('the callback carries code, realm and state; the token body does not carry the realm', async () => {
    await using bench = await openBench();
    const back = await connect(bench);
    expect([...back.keys()].sort()).toEqual(['code', 'realmId', 'state']);
    const { body } = await token(bench, {
      grant_type: 'authorization_code',
      code: back.get('code') ?? '',
      redirect_uri: redirect,
    });
    expect(body).toEqual({
      token_type: 'bearer',
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 3600,
      x_refresh_token_expires_in: 8726400,
    });
  });

  it('a refusal carries error and state, and no realm', async () => {
    await using bench = await openBench();
    expect(Object.fromEntries(await connect(bench, null))).toEqual({ error: 'access_denied', state: 'mine' });
  });

  it('a person picks the company on a page', async () => {
    await using bench = await openBench({}, { companyName: 'Larry <Bakery>' });
    const query = `client_id=simulator-client&redirect_uri=${redirect}&response_type=code&scope=com.intuit.quickbooks.accounting&state=s`;
    const page = await (await fetch(`${bench.simulator.oauth.authorize}?${query}`)).text();
    expect(page).toContain('Larry &#60;Bakery&#62;');
    const answer = await fetch(bench.simulator.oauth.authorize, {
      method: 'POST',
      body: new URLSearchParams({ query, company: bench.company.realmId }),
      redirect: 'manual',
    });
    expect(answer.headers.get('location')).toContain(`realmId=${bench.company.realmId}`);
  });

  it('a code works once, and not for long', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    const code = (await connect(bench)).get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirect };
    expect((await token(bench, form)).status).toBe(200);
    expect((await token(bench, form)).body.error).toBe('invalid_grant');
    const late = (await connect(bench)).get('code') ?? '';
    bench.simulator.control.clock.advance(600_000);
    expect((await token(bench, { ...form, code: late })).body.error).toBe('invalid_grant');
  });

  it('a wrong secret is invalid_client', async () => {
    await using bench = await openBench();
    expect(await token(bench, { grant_type: 'refresh_token', refresh_token: 'x' }, 'wrong')).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('the discovery document leads to the other addresses', async () => {
    await using bench = await openBench();
    const found = (await (await fetch(`${bench.simulator.oauth.discovery}/`)).json()) as Record<string, string>;
    expect(found.token_endpoint).toBe(bench.simulator.oauth.token);
    expect(found.revocation_endpoint).toBe(bench.simulator.oauth.revoke);
  });
});

describe('refreshing', () => {
  it('keeps the refresh token for a day, then changes it, and the old one lives a day more', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    const { clock } = bench.simulator.control;
    const first = (await exchange(bench)).refresh_token ?? '';
    expect((await refresh(bench, first)).body.refresh_token).toBe(first);
    clock.advance(25 * 3_600_000);
    const second = (await refresh(bench, first)).body.refresh_token;
    expect(second).not.toBe(first);
    expect((await refresh(bench, first)).body.refresh_token).toBe(second);
    clock.advance(25 * 3_600_000);
    expect((await refresh(bench, first)).body.error).toBe('invalid_grant');
  });

  it('rotateEveryRefresh kills the old token at once', async () => {
    await using bench = await openBench({
      startsAt: '2026-03-01T00:00:00Z',
      switches: { refreshRotation: 'rotateEveryRefresh' },
    });
    const first = (await exchange(bench)).refresh_token ?? '';
    const second = (await refresh(bench, first)).body.refresh_token ?? '';
    bench.simulator.control.clock.advance(1);
    expect((await refresh(bench, first)).body.error).toBe('invalid_grant');
    expect((await refresh(bench, second)).status).toBe(200);
  });

  it('a refresh whose reply is lost has changed the token all the same, and the old one still refreshes', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    const first = (await exchange(bench)).refresh_token ?? '';
    bench.simulator.control.clock.advance(25 * 3_600_000);
    bench.simulator.control.addFault({ trouble: { kind: 'replyLost' }, aim: { operation: 'token' } });
    await expect(refresh(bench, first)).rejects.toThrow();
    expect((await refresh(bench, first)).body.refresh_token).not.toBe(first);
  });

  it('a refresh token that is not used for 101 days is dead', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    const first = (await exchange(bench)).refresh_token ?? '';
    bench.simulator.control.clock.advance(102 * 86_400_000);
    expect((await refresh(bench, first)).body.error).toBe('invalid_grant');
  });

  it('revoking ends refresh and access alike', async () => {
    await using bench = await openBench();
    const tokens = await exchange(bench);
    const revoked = await fetch(bench.simulator.oauth.revoke, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('simulator-client:simulator-secret')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token: tokens.refresh_token }),
    });
    expect([revoked.status, await revoked.text()]).toEqual([200, '']);
    expect((await refresh(bench, tokens.refresh_token ?? '')).body.error).toBe('invalid_grant');
    const { status, body } = await bench.call('GET', 'companyinfo/1', undefined, {
      authorization: `Bearer ${tokens.access_token}`,
    });
    expect([status, body.fault.error[0].code]).toEqual([401, '3200']);
  });
});

describe('access', () => {
  it('case 87: an expired token answers the gateway envelope, with its members as recorded', async () => {
    await using bench = await openBench({ startsAt: '2026-03-01T00:00:00Z' });
    bench.simulator.control.clock.advance(3_600_001);
    const { status, body, headers } = await bench.call('GET', 'customer/1');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="Intuit", error="invalid_token"');
    expect(Object.keys(body)).toEqual([
      'warnings',
      'intuitObject',
      'fault',
      'report',
      'queryResponse',
      'batchItemResponse',
      'attachableResponse',
      'syncErrorResponse',
      'requestId',
      'time',
      'status',
      'cdcresponse',
    ]);
    expect(body.fault).toEqual({
      error: [
        {
          message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
          detail: expect.stringMatching(/^Token expired: /),
          code: '3200',
          element: null,
        },
      ],
      type: 'AUTHENTICATION',
    });
    expect(body.time).toBe(Date.parse('2026-03-01T01:00:00.001Z'));
  });

  it("a token of one company doesn't open another", async () => {
    await using bench = await openBench();
    const other = bench.simulator.control.createCompany();
    const { access_token } = bench.simulator.control.grant(other.realmId);
    const { status, body } = await bench.call('GET', 'companyinfo/1', undefined, { authorization: `Bearer ${access_token}` });
    expect([status, body.fault.error[0].code]).toEqual([403, '3100']);
  });
});
