import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../testing/open-api.testing.ts';

let api: TestApi;
const logged: string[] = [];
beforeAll(async () => {
  api = await openTestApi(
    { databasePatience: { askAfterMs: 50, answerMs: 200 } },
    { level: 'info', stream: { write: (line: string) => void logged.push(line) } },
  );
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  await api.ask(api.admin, 'PUT', '/v1/companies/birds', COMPANY);
});
afterAll(() => api.close());

describe('a database that is connected and silent', () => {
  it('is answered with 503 instead of nothing, and calls work again when it is back', async () => {
    // The store of a test has four connections: none is left for the API.
    const all = await Promise.all([1, 2, 3, 4].map(() => api.store.sql.reserve()));
    const answer = await api.ask(api.admin, 'GET', '/v1/companies');
    for (const one of all) one.release();
    expect(answer).toMatchObject({ status: 503, body: { code: 'database-down' } });
    expect(answer.headers['retry-after']).toBe('5');
    expect((await api.ask(api.admin, 'GET', '/v1/companies')).status).toBe(200);
  });

  it('is not what a request has that only takes long', async () => {
    await api.ask(api.admin, 'PUT', '/v1/companies/birds/targets/saasant', {});
    await api.stream(api.admin, 'birds', [customer(), invoice('i-1')]);
    const { batch } = (await api.ask(api.admin, 'POST', '/v1/companies/birds/targets/saasant/batches', {})).body;
    const waited = await api.ask(api.admin, 'GET', `/v1/companies/birds/batches/${batch.id}?after=${batch.version}&wait=1`);
    expect(waited.status).toBe(200);
  });
});

describe('a caller that hangs up', () => {
  it.each([
    ['a body', 'PUT /v1/companies/half', 'application/json', 'Content-Length: 100\r\n\r\n{"name":'],
    ['a stream', 'POST /v1/companies/birds/records', 'application/x-ndjson', 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"typ\r\n'],
  ])('in the middle of %s is not logged as a fault of ours or of the database', async (_what, line, type, rest) => {
    logged.length = 0;
    const { port } = api.app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    const answered = once(api.app.server, 'request');
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.admin}\r\nContent-Type: ${type}\r\n${rest}`);
    const [, reply] = await answered;
    // The body is being read once the headers are answered for: the caller's key was found.
    for (let tries = 0; tries < 20; tries++) await api.ask(api.admin, 'GET', '/v1/companies/birds');
    const over = once(reply, 'close');
    socket.destroy();
    await over;
    for (let tries = 0; tries < 20; tries++) await api.ask(api.admin, 'GET', '/v1/companies/birds');
    const text = logged.join('');
    expect(text).not.toMatch(/"level":50|database-down|can’t be reached/);
    expect(text).toMatch(/the caller closed the connection|ended early/);
  });
});

describe('what is no request', () => {
  it.each([
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['an unknown method', 'BREW /v1/companies HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'method-not-allowed'],
    ['noise', 'GET / TELNET\r\n\r\n', 400, 'bad-request'],
    ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad-request'],
    ['no Host where nothing is', 'BREW-ME /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n', 405, 'method-not-allowed'],
  ])('%s is answered as problem+json', async (_what, text, status, code) => {
    const { port } = api.app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('It stays open.')));
    socket.on('data', (bytes) => {
      answer += String(bytes);
    });
    socket.write(text);
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ status, code: status === 400 ? expect.any(String) : code });
  });
});
