import { createHmac } from 'node:crypto';
import { getDriftCheck } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBooks } from '../../testing/open-books.testing.ts';

const TOKEN = 'verifier-9f2c';
const URL = '/v1/webhooks/quickbooks-online';
let books: Awaited<ReturnType<typeof openBooks>>;
beforeAll(async () => {
  books = await openBooks({ webhookSecrets: { qbo: TOKEN } });
  await books.api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => books.close());

async function connected() {
  const company = await books.company();
  await company.connect();
  return company;
}
const sign = (body: string, token = TOKEN) => createHmac('sha256', token).update(body).digest('base64');
const send = (body: string, headers: Record<string, string> = { 'intuit-signature': sign(body) }, url = URL) =>
  books.api.app.inject({ method: 'POST', url, payload: body, headers: { 'content-type': 'application/json', ...headers } });
const wantedOf = async (companyId: string) => (await getDriftCheck(books.api.store.sql, companyId, 'qbo')).wantedAt;
const forget = (companyId: string) =>
  books.api.store.sql`update drift_looks set wanted_at = null where company_id = ${companyId}`;
let events = 0;
const event = (account: string) => [
  { id: `e-${++events}`, type: 'qbo.invoice.updated.v1', intuitentityid: '1', intuitaccountid: account },
];

describe('a webhook', () => {
  it.each(['cloud-events', 'event-notifications'] as const)(
    'as %s makes somebody look at those books, and at no others',
    async (form) => {
      const [co, other] = [await connected(), await connected()];
      const { control } = books.simulator;
      control.setSwitches({ webhookFormat: form });
      const address = books.api.app.server.address() as { port: number };
      control.webhooks.listenAt({ url: `http://127.0.0.1:${address.port}${URL}`, verifierToken: TOKEN });
      const { Id } = co.quickbooks.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Amy' } });
      await control.webhooks.sent();
      expect(await wantedOf(co.id)).toBeNull();
      co.quickbooks.act({ act: 'create', entity: 'Payment', record: { CustomerRef: { value: String(Id) }, TotalAmt: 5 } });
      await control.webhooks.sent();
      control.webhooks.listenAt(null);
      expect(control.webhooks.deliveries().at(-1)?.answers).toEqual([200]);
      expect(await wantedOf(co.id)).toBeInstanceOf(Date);
      expect(await wantedOf(other.id)).toBeNull();
      // Sent again, it is known.
      await forget(co.id);
      expect(await control.webhooks.again()).toBe(200);
      expect(await wantedOf(co.id)).toBeNull();
    },
  );

  it.each([
    ['no signature', {}],
    ['another token’s signature', { 'intuit-signature': sign('[]', 'other') }],
    ['a signature of another body', { 'intuit-signature': sign('[ ]') }],
  ])('with %s is refused', async (_, headers) => {
    const reply = await send('[]', headers as Record<string, string>);
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'not-genuine']);
  });

  it('of unknown books, or that can’t be read, is accepted and does nothing', async () => {
    for (const body of [
      JSON.stringify(event('123')),
      JSON.stringify(event('12\0')),
      JSON.stringify(event('\ud800')),
      '',
      'hello',
      '{}',
      '{"eventNotifications":7}',
    ])
      expect((await send(body)).statusCode).toBe(200);
  });

  it('of several companies at once starts a check of each', async () => {
    const [co, other] = [await connected(), await connected()];
    await send(JSON.stringify([...event(co.quickbooks.realmId), ...event(other.quickbooks.realmId)]));
    expect([await wantedOf(co.id), await wantedOf(other.id)]).toEqual([expect.any(Date), expect.any(Date)]);
  });

  it('needs no key, is not found under another name or without a token, and leaves no secret in the log', async () => {
    expect((await send('[]', {}, '/v1/webhooks/xero')).statusCode).toBe(404);
    await send('[{"secret":"in-the-body"}]');
    const logged = books.logged.join('\n');
    expect(logged).toContain(URL);
    for (const secret of [TOKEN, sign('[{"secret":"in-the-body"}]'), 'in-the-body']) expect(logged).not.toContain(secret);
    const deaf = await openBooks();
    try {
      const reply = await deaf.api.app.inject({
        method: 'POST',
        url: URL,
        payload: '[]',
        headers: { 'intuit-signature': sign('[]') },
      });
      expect(reply.statusCode).toBe(404);
    } finally {
      await deaf.close();
    }
  });

  it('that was heard is forgotten after a week', async () => {
    const co = await connected();
    const body = JSON.stringify(event(co.quickbooks.realmId));
    await send(body);
    await forget(co.id);
    await books.api.store.sql`update webhook_notices set heard_at = heard_at - interval '8 days'`;
    await send(body);
    expect(await wantedOf(co.id)).toBeInstanceOf(Date);
    expect(await books.api.store.sql`select from webhook_notices`).toHaveLength(1);
  });
});
