import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qboWebhook } from './webhook.ts';

const sign = (body: string, secret = 'verifier') => createHmac('sha256', secret).update(body).digest('base64');
const genuine = (body: string, signature: string | undefined, secret = 'verifier') =>
  qboWebhook.isGenuine(secret, Buffer.from(body), (name) => (name === 'intuit-signature' ? signature : undefined));

describe('a webhook’s signature', () => {
  it('covers the raw body, with the installation’s token', () => {
    const body = '[{"id": "1"}]';
    expect(genuine(body, sign(body))).toBe(true);
    // The same JSON, spelled otherwise.
    expect(genuine('[{"id":"1"}]', sign(body))).toBe(false);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['another token’s', sign('[]', 'other')],
    ['half of one', sign('[]').slice(0, 20)],
    ['no base64', '€€€'],
  ])('is missing where there is %s', (_, signature) => expect(genuine('[]', signature)).toBe(false));
});

describe('the content of a webhook', () => {
  const event = (more: object) => ({
    id: 'e-1',
    type: 'qbo.invoice.updated.v1',
    intuitaccountid: '46',
    intuitentityid: '9',
    ...more,
  });
  const older = (entities: object[], realmId = '46') => ({ realmId, dataChangeEvent: { entities } });
  const entity = (more: object) => ({
    name: 'Invoice',
    id: '9',
    operation: 'Update',
    lastUpdated: '2026-10-03T09:00:00-07:00',
    ...more,
  });

  it('is read from CloudEvents, of several companies at once', () => {
    const body = [event({}), event({ id: 'e-2', intuitaccountid: '47', type: 'qbo.creditmemo.deleted.v1' })];
    expect(qboWebhook.read(JSON.stringify(body))).toEqual([
      { id: 'e-1', account: '46' },
      { id: 'e-2', account: '47' },
    ]);
  });

  it('is read from the older form, where the same content is the same notice', () => {
    const read = (...notifications: object[]) => qboWebhook.read(JSON.stringify({ eventNotifications: notifications }));
    const [one] = read(older([entity({})]))!;
    expect(one).toMatchObject({ account: '46' });
    expect(read(older([entity({})]))).toEqual([one]);
    const [later, other] = read(older([entity({ lastUpdated: '2026-10-03T09:00:01-07:00' })]), older([entity({})], '47'))!;
    expect(new Set([one!.id, later!.id, other!.id]).size).toBe(3);
  });

  it('is ignored if it is about customers, or names no company', () => {
    expect(
      qboWebhook.read(JSON.stringify([event({ type: 'qbo.customer.updated.v1' }), event({ intuitaccountid: 7 }), null, 3])),
    ).toEqual([]);
    const body = { eventNotifications: [older([entity({ name: 'Customer' })]), { realmId: '46' }, null] };
    expect(qboWebhook.read(JSON.stringify(body))).toEqual([]);
  });

  it.each(['', 'hello', '{}', 'null', '7', '{"eventNotifications":{}}'])('can’t be read: %j', (body) =>
    expect(qboWebhook.read(body)).toBeUndefined(),
  );
});
