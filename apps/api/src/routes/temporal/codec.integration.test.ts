import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, customer, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

const UI = 'http://127.0.0.1:8233';
const BATCH = '019ad9d2-7c1e-7000-8000-000000000001';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const RESULT = { sent: 1, cancel: false, documents: { batchId: BATCH, first: [{ seq: 1, state: 'posted' }], more: false } };
const sent = { metadata: { encoding: base64('json/plain') }, data: base64(JSON.stringify(RESULT)) };

let api: TestApi;
const logged: string[] = [];
beforeAll(async () => {
  const stream = { write: (line: string) => void logged.push(line) };
  api = await openTestApi({ temporalUiUrl: `${UI}/`, temporalNamespace: 'books' }, { level: 'debug', stream });
  await api.ask(api.admin, 'PUT', '/v1/companies/birds', COMPANY);
  await api.ask(api.admin, 'PUT', '/v1/companies/birds/targets/saasant', {});
  await api.stream(api.admin, 'birds', [{ ...customer(), accountingKey: 'Amy Bird' }]);
  const { sql } = api.store;
  const [target] = await sql<{ connectionId: string }[]>`select connection_id as "connectionId" from company_targets`;
  await sql`insert into batches (id, company_id, target, name, state, selection, acknowledged, progress, settings, settings_version, connection_id, started_by)
    values (${BATCH}, 'birds', 'saasant', 'one', 'selecting', '{}', '[]', '{}', '{}', 1, ${target!.connectionId}, 'a test')`;
  await sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, customer_id, amount, content_hash)
    values (${BATCH}, 1, 'birds', 'saasant', 'invoice', 'i-1', 'invoice.insert', 'invoice', 0, 'ready', false, '5601', 'c-1', 100, '')`;
  await sql`insert into batch_names (batch_id, kind, name, key, external_id) values (${BATCH}, 'customer', 'Amy Bird', 'c-1', '58')`;
  await sql`insert into batch_documents (batch_id, seq, document, facts) values (${BATCH}, 1, ${{ customer: { name: 'Amy Bird' } } as never}, '{}')`;
});
afterAll(() => api.close());

async function decode(headers: Readonly<Record<string, string>>, payload: unknown = sent) {
  const reply = await api.app.inject({
    method: 'POST',
    url: '/v1/temporal/decode',
    headers: { 'x-namespace': 'books', ...headers },
    payload: { payloads: [payload] },
  });
  const [back] = reply.json().payloads as [typeof sent];
  return {
    status: reply.statusCode,
    headers: reply.headers,
    back,
    read: () => JSON.parse(Buffer.from(back.data, 'base64').toString()),
  };
}
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('a history that Temporal shows', () => {
  it('names customers of today, with their ids in the books, to those who may see all companies', async () => {
    await api.stream(api.admin, 'birds', [{ ...customer(), accountingKey: 'Amy Starling' }]);
    for (const role of ['viewer', 'poster', 'approver', 'admin'] as const) {
      const { status, read } = await decode(bearer(await api.key(null, role)));
      expect([role, status, read().documents.first]).toEqual([
        role,
        200,
        [{ seq: 1, state: 'posted', document: 'invoice 5601', customer: 'Amy Starling', customerInBooks: '58' }],
      ]);
    }
    expect(logged.join()).not.toMatch(/Starling|invoice 5601/);
  });

  it('comes back as it was for everybody else, and without an error', async () => {
    const strangers = {
      nobody: {},
      'a wrong key': bearer(`lp_${'0'.repeat(40)}`),
      'a token of another service': bearer('eyJhbGciOiJub25lIn0.e30.'),
      'an admin of the company itself': bearer(await api.key('birds', 'admin')),
      'a source of the installation': bearer(await api.key(null, 'source')),
      'another namespace': { ...bearer(api.admin), 'x-namespace': 'default' },
    };
    for (const [who, headers] of Object.entries(strangers)) {
      const { status, back } = await decode(headers as Record<string, string>);
      expect([who, status, back]).toEqual([who, 200, sent]);
    }
  });

  it('comes back as it was where the database fails, and the log shows that without it', async () => {
    const { data: odd } = {
      data: base64(JSON.stringify({ documents: { ...RESULT.documents, first: [{ seq: 2 ** 40, state: 'x' }] } })),
    };
    const payload = { ...sent, data: odd };
    expect((await decode(bearer(api.admin), payload)).back).toEqual(payload);
    expect(logged.join()).toContain('Temporal is shown without customers');
  });

  it('is named in a browser that signed in, on the pages of Temporal’s UI alone', async () => {
    const signIn = await api.app.inject({ method: 'POST', url: '/v1/session', payload: { key: api.admin } });
    const cookie = String(signIn.headers['set-cookie']).split(';')[0]!;
    const asked = await decode({ cookie, origin: UI });
    expect(asked.read().documents.first[0].customer).toBe('Amy Starling');
    expect(asked.headers).toMatchObject({ 'access-control-allow-origin': UI, 'access-control-allow-credentials': 'true' });
    for (const elsewhere of [{ cookie }, { cookie, origin: 'http://127.0.0.1:8234' }]) {
      const { back, headers } = await decode(elsewhere as Record<string, string>);
      expect([back, headers['access-control-allow-origin']]).toEqual([sent, undefined]);
    }
  });

  it('is asked for first by the browser, which learns that only Temporal’s UI may', async () => {
    const preflight = (origin: string) =>
      api.app.inject({
        method: 'OPTIONS',
        url: '/v1/temporal/decode',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-namespace',
        },
      });
    const allowed = await preflight(UI);
    expect([allowed.statusCode, allowed.headers]).toMatchObject([
      204,
      {
        'access-control-allow-origin': UI,
        'access-control-allow-headers': expect.stringContaining('x-namespace'),
        vary: 'Origin',
      },
    ]);
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('never goes back into Temporal with a name', async () => {
    const { back } = await decode(bearer(api.admin));
    expect(back).not.toEqual(sent);
    const reply = await api.app.inject({ method: 'POST', url: '/v1/temporal/encode', payload: { payloads: [back] } });
    expect(reply.json()).toEqual({ payloads: [sent] });
  });
});
