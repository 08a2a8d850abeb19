import { testTemporal } from '@ledgerpost/devstack/testing';
import { scheduledBatchId } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, payment, type TestApi } from '../../testing/open-api.testing.ts';

let connection: Connection;
let temporal: Client;
let api: TestApi;
let withTemporal: TestApi;
/** A Sunday, 04:00 in the company's time zone. */
let now = Date.parse('2026-11-15T12:00:00Z');
let company: string;
let at: string;
let n = 0;

beforeAll(async () => {
  const { address, namespace } = await testTemporal();
  connection = await Connection.connect({ address });
  temporal = new Client({ connection, namespace });
  api = await openTestApi({ now: () => now });
  withTemporal = await openTestApi({ temporal, now: () => now, temporalUiUrl: 'http://temporal.example' });
});
beforeEach(async () => {
  now += 60_000;
  company = `company-${++n}`;
  at = `/v1/companies/${company}/targets/saasant/schedule`;
  for (const one of [api, withTemporal]) {
    await one.ask(one.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
    await one.ask(one.admin, 'PUT', `/v1/companies/${company}/targets/saasant`, {});
  }
});
afterAll(async () => {
  await api.close();
  await withTemporal.close();
  await connection.close();
});

const EVENING = { days: ['monday', 'friday'], times: ['18:00'] };
const put = (body: object = EVENING, on = api) => on.ask(on.admin, 'PUT', at, body);
const post = (path: string, key = api.admin) => api.ask(key, 'POST', `${at}${path}`);

describe('the schedule of a company at a target', () => {
  it('is put, shown with its next runs, changed and removed, and the journal names who did it', async () => {
    expect((await api.ask(api.admin, 'GET', at)).status).toBe(404);
    const made = await put();
    expect(made).toMatchObject({
      status: 201,
      body: {
        target: 'saasant',
        ...EVENING,
        timeZone: 'America/Los_Angeles',
        send: 'everything',
        acknowledge: [],
        paused: null,
        pausedInTemporal: null,
        lastRun: null,
      },
    });
    expect(made.body.next.slice(0, 3)).toEqual([
      '2026-11-17T02:00:00.000Z',
      '2026-11-21T02:00:00.000Z',
      '2026-11-24T02:00:00.000Z',
    ]);
    expect((await put()).status).toBe(200);
    expect((await put({ ...EVENING, send: 'invoices' })).body.send).toBe('invoices');
    expect((await api.ask(api.admin, 'GET', `/v1/companies/${company}/schedules`)).body.rows).toHaveLength(1);
    expect((await api.ask(api.admin, 'DELETE', at)).status).toBe(204);
    expect((await api.ask(api.admin, 'GET', at)).body.code).toBe('not-found');
    expect((await api.ask(api.admin, 'DELETE', at)).body.code).toBe('not-found');
    const { rows } = (await api.ask(api.admin, 'GET', `/v1/companies/${company}/journal?subject=target/saasant`)).body;
    expect(rows.map(({ act }: { act: string }) => act)).toEqual([
      'schedule.removed',
      'schedule.changed',
      'schedule.changed',
      'target.enabled',
    ]);
    expect(rows[1].details).toMatchObject({ before: { send: 'everything' }, after: { send: 'invoices' } });
  });

  it('rests while it is paused, also when it is changed then, and goes on when it is resumed', async () => {
    await put();
    expect((await post('/pause')).body).toMatchObject({ paused: { by: expect.stringContaining('admin') }, next: [] });
    expect((await put({ ...EVENING, times: ['07:00'] })).body).toMatchObject({ paused: { by: expect.any(String) }, next: [] });
    const resumed = await post('/resume');
    expect(resumed.body.paused).toBeNull();
    expect(resumed.body.next).toHaveLength(5);
  });

  it('that was removed and is put again is not paused any more', async () => {
    await put();
    await post('/pause');
    await api.ask(api.admin, 'DELETE', at);
    expect(await put()).toMatchObject({ status: 201, body: { paused: null } });
  });

  it.each([
    [{ days: [], times: ['18:00'] }, 'body.days'],
    [{ days: ['monday'], times: ['25:00'] }, 'body.times.0'],
    [{ ...EVENING, send: 'refunds' }, 'body.send'],
    [{ ...EVENING, cron: '* * * * *' }, 'body'],
  ])('%j is refused by name', async (body, field) => {
    const refused = await put(body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    expect(refused.body.details.fields[0].field).toBe(field);
  });

  it('needs the target’s settings first', async () => {
    const refused = await api.ask(api.admin, 'PUT', at.replace('saasant', 'qbo'), EVENING);
    expect(refused).toMatchObject({ status: 409, body: { code: 'target-not-enabled' } });
  });

  it('is put and removed by admins, paused, resumed and run by posters, and seen by viewers', async () => {
    const poster = await api.key(company, 'poster');
    const viewer = await api.key(company, 'viewer');
    const source = await api.key(company, 'source');
    const other = await api.key('company-other', 'admin');
    await put();
    const statuses = async (key: string) => [
      (await api.ask(key, 'GET', at)).status,
      (await api.ask(key, 'GET', `${at}/runs`)).status,
      (await post('/pause', key)).status,
      (await post('/resume', key)).status,
      (await post('/runs', key)).status,
      (await api.ask(key, 'PUT', at, EVENING)).status,
      (await api.ask(key, 'DELETE', at)).status,
    ];
    expect(await statuses(source)).toEqual([403, 403, 403, 403, 403, 403, 403]);
    expect(await statuses(viewer)).toEqual([200, 200, 403, 403, 403, 403, 403]);
    expect(await statuses(poster)).toEqual([200, 200, 200, 200, 201, 403, 403]);
    expect(await statuses(other)).toEqual([404, 404, 404, 404, 404, 404, 404]);
  });
});

describe('run now', () => {
  it('starts a batch in the caller’s name, and the next run finds it', async () => {
    await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    await put();
    const first = await post('/runs');
    expect(first).toMatchObject({ status: 201, body: { outcome: 'started', askedBy: expect.stringContaining('admin') } });
    const batch = (await api.ask(api.admin, 'GET', `/v1/companies/${company}/batches/${first.body.batch.id}`)).body;
    expect(batch.startedBy).toBe(first.body.askedBy);
    now += 1_000;
    const second = await post('/runs');
    expect(second.body).toMatchObject({ outcome: 'batch-open', code: 'batch-open', batch: { id: batch.id, state: 'selecting' } });
    expect((await api.ask(api.admin, 'GET', at)).body.lastRun).toMatchObject({ outcome: 'batch-open' });
  });

  it('works while the schedule is paused, and without Temporal', async () => {
    await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    await put();
    await post('/pause');
    expect((await post('/runs')).body.outcome).toBe('started');
  });

  it('does not guess, and states what a person must do', async () => {
    await api.stream(api.admin, company, [customer(), invoice('i-1'), payment('p-1', 'i-1')]);
    await put({ ...EVENING, send: 'payments' });
    const { body } = await post('/runs');
    expect(body).toMatchObject({ outcome: 'needs-a-person', code: 'payments-without-invoices', batch: null });
  });

  it('is refused with the sentence of a start where the company can’t start batches now', async () => {
    const qbo = `/v1/companies/${company}/targets/qbo`;
    await api.ask(api.admin, 'PUT', qbo, {});
    await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    await api.ask(api.admin, 'PUT', `${qbo}/schedule`, EVENING);
    const { body } = await api.ask(api.admin, 'POST', `${qbo}/schedule/runs`);
    expect(body).toMatchObject({ outcome: 'refused', code: 'not-connected', batch: null });
    const start = await api.ask(api.admin, 'POST', `${qbo}/batches`, {});
    expect(body.message).toBe(start.body.detail);
  });

  it('pages through the outcomes of the runs, newest first', async () => {
    await put();
    for (let i = 0; i < 5; i++) {
      now += 1_000;
      await post('/runs');
    }
    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const path: string = `${at}/runs?limit=2${next === '' ? '' : `&after=${next}`}`;
      const { body } = await api.ask(api.admin, 'GET', path);
      expect(body.rows.length).toBeLessThanOrEqual(2);
      seen.push(...body.rows.map(({ due }: { due: string }) => due));
      next = body.next;
    }
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    await api.ask(api.admin, 'DELETE', at);
    expect((await api.ask(api.admin, 'GET', `${at}/runs`)).body.rows).toHaveLength(5);
  });
});

it('operators see how many wait for a person, and how many Temporal does not have', async () => {
  const told = async () => {
    const { body } = await api.app.inject({ url: '/metrics' });
    const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(body)?.[1]);
    return [value('ledgerpost_schedules{last="nothing-to-send"}'), value('ledgerpost_schedules_not_told')];
  };
  const [stopped, untold] = (await told()) as [number, number];
  await put();
  await post('/runs');
  expect(await told()).toEqual([stopped + 1, untold + 1]);
});

describe('Temporal', () => {
  const inTemporal = () => temporal.schedule.getHandle(scheduledBatchId({ companyId: company, target: 'saasant' }));

  it('is handed over at once, and the answer links to it', async () => {
    const { body } = await put(EVENING, withTemporal);
    expect(body.waiting).toBeUndefined();
    expect(body.links.temporal).toBe(
      `http://temporal.example/namespaces/default/schedules/scheduled-batch%3A${company}%3Asaasant`,
    );
    expect((await inTemporal().describe()).state.paused).toBe(false);
    await withTemporal.ask(withTemporal.admin, 'POST', `${at}/pause`);
    expect((await inTemporal().describe()).state).toMatchObject({ paused: true, note: 'Paused in Ledgerpost.' });
    await withTemporal.ask(withTemporal.admin, 'DELETE', at);
    await expect(inTemporal().describe()).rejects.toThrow();
  });

  it('that is down holds up no one: the schedule is saved, and reports that it waits', async () => {
    expect((await put()).body.waiting).toContain('Temporal does not have this schedule');
  });
});
