import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { COMPANY, openTestApi, type TestApi } from '../testing/open-api.testing.ts';

const open: TestApi[] = [];
afterEach(async () => {
  for (const api of open.splice(0)) await api.close();
});
async function apiWith(...given: Parameters<typeof openTestApi>): Promise<TestApi> {
  const api = await openTestApi(...given);
  open.push(api);
  return api;
}

const WRONG = `lp_${'0'.repeat(40)}`;

describe('wrong keys', () => {
  const signIn = (api: TestApi, key: string, from = '192.0.2.7') =>
    api.app.inject({ method: 'POST', url: '/v1/session', payload: { key }, remoteAddress: from });

  it('are refused with 429 after twenty from one address, and the right key still signs in', async () => {
    const api = await apiWith();
    const statuses: number[] = [];
    for (let tries = 0; tries < 25; tries++) statuses.push((await signIn(api, WRONG)).statusCode);
    expect(statuses).toEqual([...Array(20).fill(401), ...Array(5).fill(429)]);
    const refused = await signIn(api, WRONG);
    expect(refused.json()).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn(api, api.admin)).statusCode).toBe(201);
    expect((await signIn(api, WRONG, '192.0.2.8')).statusCode).toBe(401);
  });

  it('count the same in the Authorization header of any request', async () => {
    const api = await apiWith({ limits: { refusedKeysPerMinute: 2 } });
    const answers = [WRONG, 'no key at all', WRONG].map((key) => api.ask(key, 'GET', '/v1/companies'));
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([401, 401, 429]);
  });

  it('are logged with their address, and summed up in the installation’s journal without the key', async () => {
    const logged: string[] = [];
    const api = await apiWith({}, { level: 'warn', stream: { write: (line: string) => void logged.push(line) } });
    for (let tries = 0; tries < 30; tries++) await signIn(api, WRONG);
    const lines = logged.filter((line) => line.includes('a key was refused'));
    expect(lines).toHaveLength(20);
    expect(lines[0]).toContain('192.0.2.7');
    const { body } = await api.ask(api.admin, 'GET', '/v1/journal?subject=address/192.0.2.7');
    expect(body.rows.map(({ act, details }: { act: string; details: object }) => [act, details])).toEqual([
      ['key.blocked', { inThisMinute: 20, path: '/v1/session' }],
      ['key.refused', { inThisMinute: 1, path: '/v1/session' }],
    ]);
    expect([logged.join(''), JSON.stringify(body)].join('')).not.toContain(WRONG);
  });

  it('are shown to keys of the installation alone', async () => {
    const api = await apiWith();
    await api.ask(api.admin, 'PUT', '/v1/companies/birds', COMPANY);
    expect((await api.ask(await api.key('birds', 'admin'), 'GET', '/v1/journal')).status).toBe(403);
  });
});

describe('requests in a minute', () => {
  it('are counted by key, and those without a key by address', async () => {
    const api = await apiWith({ limits: { requestsPerMinute: 3 } });
    const other = await api.key(null, 'viewer');
    const statuses = async (key: string) =>
      (await Promise.all(Array.from({ length: 5 }, () => api.ask(key, 'GET', '/v1/companies'))))
        .map(({ status }) => status)
        .sort();
    expect(await statuses(api.admin)).toEqual([200, 200, 200, 429, 429]);
    expect(await statuses(other)).toEqual([200, 200, 200, 429, 429]);
    const live = () => api.app.inject({ url: '/health/live', remoteAddress: '192.0.2.9' });
    for (const status of [200, 200, 200, 429]) expect((await live()).statusCode).toBe(status);
  });

  it('begin again in the next minute, and have no limit where it is 0', async () => {
    let now = 0;
    const api = await apiWith({ limits: { requestsPerMinute: 1 }, now: () => now });
    const list = async () => (await api.ask(api.admin, 'GET', '/v1/companies')).status;
    expect([await list(), await list()]).toEqual([200, 429]);
    now = 60_000;
    expect(await list()).toBe(200);
    const free = await apiWith({ limits: { requestsPerMinute: 0 } });
    for (let n = 0; n < 10; n++) expect((await free.ask(free.admin, 'GET', '/v1/companies')).status).toBe(200);
  });

  it('are counted for the caller that a trusted proxy names, and for the proxy itself where none is trusted', async () => {
    const from = (api: TestApi, forwarded: string) =>
      api.app
        .inject({ url: '/health/live', headers: { 'x-forwarded-for': forwarded }, remoteAddress: '10.0.0.1' })
        .then(({ statusCode }) => statusCode);
    const trusting = await apiWith({ limits: { requestsPerMinute: 1 }, trustedProxies: ['10.0.0.0/8'] });
    expect([await from(trusting, '192.0.2.1'), await from(trusting, '192.0.2.2')]).toEqual([200, 200]);
    const wary = await apiWith({ limits: { requestsPerMinute: 1 } });
    expect([await from(wary, '192.0.2.1'), await from(wary, '192.0.2.2')]).toEqual([200, 429]);
  });
});

describe('connections', () => {
  it('past the most are closed at once, and the others go on', async () => {
    const api = await apiWith({ limits: { connections: 2 } });
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as { port: number };
    const held = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    const third = connect(port, '127.0.0.1');
    third.on('error', () => {});
    third.resume();
    await once(third, 'close');
    held[0]!.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(String((await once(held[0]!, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of held) socket.destroy();
  });

  it('that never sent a request hold up no close', async () => {
    const api = await openTestApi();
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await api.close();
    await closed;
  });
});
