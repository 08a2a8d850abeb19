import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await api.ask(api.admin, 'PUT', '/v1/companies/a', COMPANY);
});
afterAll(() => api.close());

/** A browser that keeps one cookie. */
async function signIn(key: string) {
  const reply = await api.app.inject({ method: 'POST', url: '/v1/session', payload: { key } });
  const cookie = String(reply.headers['set-cookie'] ?? '');
  const body = reply.json();
  const ask = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, more: { csrf?: string; payload?: object } = {}) => {
    const headers = { cookie: cookie.split(';', 1)[0]!, ...(more.csrf === undefined ? {} : { 'x-csrf-token': more.csrf }) };
    const answer = await api.app.inject({
      method,
      url,
      headers,
      ...(more.payload === undefined ? {} : { payload: more.payload }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers };
  };
  return { status: reply.statusCode, cookie, body, ask };
}

describe('signing in with a browser', () => {
  it('gives a cookie that no script reads and no other site makes a browser send', async () => {
    const key = await api.key('a', 'viewer');
    const { status, cookie, body, ask } = await signIn(key);
    expect(status).toBe(201);
    expect(cookie).toMatch(/^ledgerpost_session=[A-Za-z0-9_-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(body).toMatchObject({ companyId: 'a', roles: ['viewer'], csrfToken: expect.any(String) });
    expect(JSON.stringify(body)).not.toContain(key);
    expect(cookie).not.toContain(body.csrfToken);
    expect((await ask('GET', '/v1/companies/a')).status).toBe(200);
    expect((await ask('GET', '/v1/session')).body).toEqual(body);
  });

  it('keeps neither key nor token in the database', async () => {
    const { cookie } = await signIn(await api.key('a', 'viewer'));
    const token = /=([^;]+)/.exec(cookie)![1]!;
    const rows = await api.store.sql`select * from sessions`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('has a cookie that is sent over HTTPS alone where the API is reached by HTTPS', async () => {
    const secure = await openTestApi({ publicUrl: 'https://books.example' });
    try {
      const reply = await secure.app.inject({ method: 'POST', url: '/v1/session', payload: { key: secure.admin } });
      expect(reply.headers['set-cookie']).toMatch(/^__Host-ledgerpost_session=.*Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    } finally {
      await secure.close();
    }
  });

  it('is refused with a string that is not a key, and states that', async () => {
    const { status, body, cookie } = await signIn('lp_nobody_0000000000000000');
    expect([status, body.code, cookie]).toEqual([401, 'no-key', '']);
  });

  it('changes something only with the token that signing in returned', async () => {
    const { ask, body } = await signIn(await api.key('a', 'admin'));
    const other = await signIn(await api.key('a', 'admin'));
    const put = (csrf?: string) =>
      ask('PUT', '/v1/companies/a/targets/saasant', { payload: {}, ...(csrf === undefined ? {} : { csrf }) });
    expect(await put()).toMatchObject({ status: 403, body: { code: 'no-csrf-token' } });
    expect(await put(other.body.csrfToken)).toMatchObject({ status: 403, body: { code: 'no-csrf-token' } });
    expect((await put(body.csrfToken)).status).toBe(201);
  });

  it('lets a session do what its key may do, and no more', async () => {
    const { ask, body } = await signIn(await api.key('a', 'viewer'));
    const answer = await ask('PUT', '/v1/companies/a/targets/saasant', { payload: {}, csrf: body.csrfToken });
    expect(answer).toMatchObject({ status: 403, body: { code: 'role-missing' } });
  });

  it('ends with a sign-out, for that browser alone', async () => {
    const key = await api.key('a', 'viewer');
    const [one, two] = [await signIn(key), await signIn(key)];
    expect((await one.ask('DELETE', '/v1/session')).status).toBe(403);
    const out = await one.ask('DELETE', '/v1/session', { csrf: one.body.csrfToken });
    expect([out.status, out.headers['set-cookie']]).toEqual([204, expect.stringContaining('ledgerpost_session=;')]);
    expect(await one.ask('GET', '/v1/companies/a')).toMatchObject({ status: 401, body: { code: 'no-key' } });
    expect((await two.ask('GET', '/v1/companies/a')).status).toBe(200);
    expect((await api.ask(key, 'GET', '/v1/companies/a')).status).toBe(200);
  });

  it('ends when its key is revoked', async () => {
    const made = await api.ask(api.admin, 'POST', '/v1/companies/a/keys', { name: 'till', roles: ['viewer'] });
    const { ask } = await signIn(made.body.secret);
    await api.ask(api.admin, 'DELETE', `/v1/companies/a/keys/${made.body.id}`);
    expect((await ask('GET', '/v1/companies/a')).status).toBe(401);
  });

  it.each([
    ['12 hours without a request', 'used_at', '13 hours'],
    ['seven days', 'started_at', '169 hours'],
  ])('ends after %s', async (_, column, age) => {
    const { ask } = await signIn(await api.key('a', 'viewer'));
    const { sql } = api.store;
    await sql`update sessions set ${sql(column)} = now() - ${age}::text::interval`;
    expect((await ask('GET', '/v1/companies/a')).status).toBe(401);
    await signIn(await api.key('a', 'viewer'));
    expect(await sql`select from sessions`).toHaveLength(1);
  });

  it('is written in the journal, in and out', async () => {
    const { ask, body } = await signIn(await api.key('a', 'viewer'));
    await ask('DELETE', '/v1/session', { csrf: body.csrfToken });
    const journal = await api.ask(api.admin, 'GET', `/v1/companies/a/journal?subject=key/${body.keyId}`);
    expect(journal.body.rows.map((row: { act: string }) => row.act).slice(0, 2)).toEqual(['session.ended', 'session.started']);
  });

  it('changes nothing for programs: a key needs no token, also beside a cookie', async () => {
    expect((await api.ask(await api.key('a', 'admin'), 'PUT', '/v1/companies/a/targets/saasant', {})).status).toBe(200);
    const told = await api.ask(api.admin, 'GET', '/v1/session');
    expect(told.body).toMatchObject({ companyId: null, roles: ['admin'], csrfToken: null });
  });
});
