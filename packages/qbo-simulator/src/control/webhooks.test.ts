import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, type Entity, invoiceOf, openBench, paymentOf } from '../testing.ts';

const verifierToken = 'verifier-for-tests';
const open: { [Symbol.asyncDispose](): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

/** An app that keeps what it receives, and answers as the test wants. */
async function listener(answers: number[] = []) {
  const received: { body: string; signature: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ body: Buffer.concat(chunks).toString('utf8'), signature: request.headers['intuit-signature'] as string });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
}

async function bench(options: Parameters<typeof openBench>[0], url: string): Promise<Bench> {
  const made = await openBench({ ...options, webhook: { url, verifierToken } }, { preferences: { autoApplyCredit: false } });
  open.push(made);
  return made;
}

async function soldAndPaid({ post }: Bench) {
  const { Id: customer } = await post('Customer', { DisplayName: 'Amy' });
  const invoice = await post('Invoice', invoiceOf(customer, 100));
  const payment = await post('Payment', paymentOf(customer, 40, { [invoice.Id]: 40 }));
  return { invoice, payment };
}

describe('webhooks', () => {
  it('report every change as CloudEvents, signed over the raw body', async () => {
    const app = await listener();
    const books = await bench({}, app.url);
    const { invoice, payment } = await soldAndPaid(books);
    await books.simulator.control.webhooks.sent();
    const events = app.received.flatMap(({ body }) => JSON.parse(body) as Entity[]);
    expect(events.map(({ type, intuitentityid, intuitaccountid }) => [type, intuitentityid, intuitaccountid])).toContainEqual([
      'qbo.payment.created.v1',
      payment.Id,
      books.company.realmId,
    ]);
    expect(events.some(({ type, intuitentityid }) => /^qbo\.invoice\./.test(type) && intuitentityid === invoice.Id)).toBe(true);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    for (const { body, signature } of app.received) {
      expect(signature).toBe(createHmac('sha256', verifierToken).update(body).digest('base64'));
    }
  });

  it('report voids and deletions, in the older form if chosen', async () => {
    const app = await listener();
    const books = await bench({ switches: { webhookFormat: 'event-notifications' } }, app.url);
    const { invoice, payment } = await soldAndPaid(books);
    await books.simulator.control.webhooks.sent();
    books.company.act({ act: 'delete', entity: 'Payment', id: payment.Id });
    books.company.act({ act: 'void', entity: 'Invoice', id: invoice.Id });
    await books.simulator.control.webhooks.sent();
    const notice = JSON.parse(app.received.at(-1)!.body) as Entity;
    expect(notice.eventNotifications).toHaveLength(1);
    const { realmId, dataChangeEvent } = notice.eventNotifications[0];
    expect(realmId).toBe(books.company.realmId);
    const acts = dataChangeEvent.entities.map(({ name, id, operation }: Entity) => [name, id, operation]);
    expect(acts).toEqual([
      ['Payment', payment.Id, 'Delete'],
      ['Invoice', invoice.Id, 'Void'],
    ]);
  });

  it('that are not accepted are sent again later, identical to the byte', async () => {
    const app = await listener([500]);
    const books = await bench({}, app.url);
    await books.post('Customer', { DisplayName: 'Amy' });
    const { webhooks } = books.simulator.control;
    await webhooks.sent();
    const [delivery] = webhooks.deliveries();
    expect(delivery?.answers).toEqual([500]);
    expect(delivery!.dueAt! - Date.now()).toBeGreaterThan(8_000);
    expect(await webhooks.again()).toBe(200);
    expect(app.received[1]).toEqual(app.received[0]);
  });

  it('of a time when nobody listened are lost', async () => {
    const app = await listener();
    const books = await bench({}, app.url);
    const { webhooks } = books.simulator.control;
    webhooks.listenAt(null);
    await books.post('Customer', { DisplayName: 'Amy' });
    webhooks.listenAt({ url: app.url, verifierToken });
    await webhooks.sent();
    expect(app.received).toEqual([]);
  });
});
