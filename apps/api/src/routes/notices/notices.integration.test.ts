import { recentNotices } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

const AT = '/v1/companies/told/notices';
const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/of-a-channel';

let api: TestApi;
let ada: string;
let bea: string;
beforeAll(async () => {
  api = await openTestApi({
    sealingKeys: [{ id: 'k', secret: Buffer.alloc(32, 'k') }],
    notices: { mail: true, slackHosts: ['hooks.slack.com'] },
  });
  await api.ask(api.admin, 'PUT', '/v1/companies/told', COMPANY);
  ada = await api.key('told', 'poster');
  bea = await api.key('told', 'viewer');
});
afterAll(() => api?.close());

describe('the notices of a person', () => {
  it('are each person’s own, and their address is stored encrypted', async () => {
    const wanted = { address: ' ada@example.com ', matters: ['batch-held', 'import-done'], digest: true };
    const { status, body } = await api.ask(ada, 'PUT', `${AT}/email`, wanted);
    expect([status, body.rows]).toEqual([
      200,
      [{ channel: 'email', shown: 'ada@example.com', matters: ['batch-held', 'import-done'], digest: true, confirmed: false }],
    ]);
    expect((await api.ask(bea, 'GET', AT)).body).toMatchObject({ mail: true, rows: [], recent: [] });
    const [row] = await api.store.sql`select sealed from notice_settings`;
    expect(Buffer.from(row!.sealed).toString('latin1')).not.toContain('ada@');
  });

  it('show no address of a webhook again, and keep it where only the matters change', async () => {
    await api.ask(ada, 'PUT', `${AT}/slack`, { address: WEBHOOK, matters: ['batch-held'] });
    const { body } = await api.ask(ada, 'PUT', `${AT}/slack`, { matters: ['access-lost'] });
    expect(body.rows[1]).toEqual({
      ...{ channel: 'slack', shown: 'hooks.slack.com', matters: ['access-lost'], digest: false, confirmed: true },
    });
    expect(JSON.stringify([body, (await api.ask(ada, 'GET', AT)).body])).not.toContain('B000');
    const journal = await api.ask(api.admin, 'GET', '/v1/companies/told/journal');
    expect(journal.body.rows[0]).toMatchObject({ act: 'notices.changed', subject: 'notices/slack' });
    expect(JSON.stringify(journal.body)).not.toMatch(/B000|ada@/);
  });

  it.each([
    ['email', 'ada', 'no e-mail address'],
    ['email', 'Ada <ada@example.com>', 'no e-mail address'],
    ['email', 'a@b.com\r\nBcc: c@d.com', 'no e-mail address'],
    ['slack', 'https://hooks.slack.com.example.com/services/x', 'Slack webhook'],
    ['slack', 'http://hooks.slack.com/services/x', 'Slack webhook'],
    ['slack', 'http://169.254.169.254/latest', 'Slack webhook'],
    ['slack', 'https://me@hooks.slack.com/services/x', 'Slack webhook'],
  ])('go over %s to no address such as %j', async (channel, address, words) => {
    const { status, body } = await api.ask(bea, 'PUT', `${AT}/${channel}`, { address, matters: ['batch-held'] });
    expect([status, body.details.fields[0]]).toEqual([400, { field: 'body.address', message: expect.stringContaining(words) }]);
  });

  it('need an address first', async () => {
    expect((await api.ask(bea, 'PUT', `${AT}/email`, { matters: ['batch-held'] })).body.detail).toContain('Enter the address');
    expect((await api.ask(bea, 'POST', `${AT}/email/test`)).status).toBe(404);
  });

  it('go to a typed address only after its person confirmed it by the mail that was sent there', async () => {
    const confirm = (key: string, token: string) => api.ask(key, 'POST', `${AT}/email/confirm`, { token });
    const state = async () => (await api.ask(ada, 'GET', AT)).body;
    expect((await state()).recent).toMatchObject([{ matter: 'confirm', channel: 'email', state: 'waiting' }]);
    // The link is only in the mail: the person who typed the address can't read it here.
    const [row] = await api.store.sql<{ confirming: string }[]>`select confirming from notice_settings where channel = 'email'`;
    expect(JSON.stringify(await state())).not.toContain(row!.confirming);
    expect((await confirm(ada, 'a-guess')).status).toBe(404);
    await api.ask(bea, 'PUT', `${AT}/email`, { address: 'bea@example.com', matters: ['batch-held'] });
    expect((await confirm(bea, row!.confirming)).status).toBe(404);
    // Asked for a test, it gets the same mail again.
    await api.ask(ada, 'POST', `${AT}/email/test`);
    expect((await state()).recent.map(({ matter }: { matter: string }) => matter)).toEqual(['confirm', 'confirm']);
    expect((await confirm(ada, row!.confirming)).body.rows[0]).toMatchObject({ shown: 'ada@example.com', confirmed: true });
    expect((await confirm(ada, row!.confirming)).status).toBe(404);
    // The same address needs it once, another one again.
    const put = async (address: string) =>
      (await api.ask(ada, 'PUT', `${AT}/email`, { address, matters: ['batch-held'] })).body.rows[0].confirmed;
    expect([await put('ada@example.com'), await put('other@example.com')]).toEqual([true, false]);
    await api.store.sql`update notice_settings set confirming = null`;
    const journal = await api.ask(api.admin, 'GET', '/v1/companies/told/journal');
    expect(journal.body.rows.map(({ act }: { act: string }) => act)).toContain('notices.confirmed');
  });

  it('can be tested, and end when a person ends them', async () => {
    expect((await api.ask(ada, 'POST', `${AT}/email/test`)).status).toBe(202);
    expect((await api.ask(ada, 'GET', AT)).body.recent[0]).toMatchObject({ matter: 'test', channel: 'email', state: 'waiting' });
    expect((await api.ask(ada, 'DELETE', `${AT}/email`)).status).toBe(204);
    expect((await api.ask(ada, 'GET', AT)).body).toMatchObject({ rows: [{ channel: 'slack' }], recent: [] });
    expect((await api.ask(ada, 'DELETE', `${AT}/email`)).status).toBe(404);
  });

  it('are not written at all where nobody wants them', async () => {
    const of = (key: string) => recentNotices(api.store.sql, 'told', key.split('_')[1]!, 9);
    await api.ask(ada, 'PUT', `${AT}/slack`, { matters: ['schedule-stopped'] });
    await api.ask(api.admin, 'PUT', '/v1/companies/told/targets/saasant', {});
    const before = await api.store.sql`select count(*)::int as n from notices`;
    await api.ask(ada, 'POST', '/v1/companies/told/targets/saasant/batches', {});
    expect(await api.store.sql`select count(*)::int as n from notices`).toEqual(before);
    expect(await of(ada)).toEqual([]);
  });
});
