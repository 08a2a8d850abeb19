import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMPANY, customer, invoice, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

vi.setConfig({ testTimeout: 120_000 });

let api: TestApi;
let origin: string;
beforeAll(async () => {
  // As many as an API has.
  api = await openTestApi({}, undefined, { connections: 10 });
  origin = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

describe('while twenty companies preview at once, and the database is slow with all of them', () => {
  it('health and other requests are answered as before', async () => {
    const companies = Array.from({ length: 20 }, (_, at) => `busy-${at}`);
    for (const company of companies) {
      await api.ask(api.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
      await api.ask(api.admin, 'PUT', `/v1/companies/${company}/targets/saasant`, { accounts: { income: 'Services' } });
      await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    }
    const waiting = async () => {
      const [row] = await api.store.sql<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%with chosen as%'`;
      return row!.count;
    };
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${origin}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${api.admin}`, 'content-type': 'application/json' },
      });
    await api.store.sql.begin(async (tx) => {
      await tx`lock table batch_items in access exclusive mode`;
      const hungUp = new AbortController();
      const previews = companies.map((company) =>
        ask(`/v1/companies/${company}/targets/saasant/batches:preview`, {
          method: 'POST',
          body: '{}',
          signal: hungUp.signal,
        }).then(
          ({ status }) => status,
          () => undefined,
        ),
      );
      await expect.poll(waiting, { timeout: 20_000 }).toBe(4);
      const began = performance.now();
      const paths = ['/health/live', '/health/ready', '/v1/companies/busy-0', '/v1/companies/busy-19/journal'];
      for (let times = 0; times < 5; times++) {
        const answers = await Promise.all(paths.map((path) => ask(path)));
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      }
      expect(await waiting()).toBe(4);
      // Twenty answers in less time than one preview waits for its turn.
      expect(performance.now() - began).toBeLessThan(10_000);
      hungUp.abort();
      await Promise.all(previews);
    });
  });
});

describe('while twenty callers ask for one company’s list, and the database is slow with all of them', () => {
  it('another company’s list is read at once, and every caller is answered', async () => {
    const path = (company: string, sort: string) => `/v1/companies/${company}/targets/saasant/unbatched/invoices?sort=${sort}`;
    for (const company of ['loud', 'quiet']) {
      await api.ask(api.admin, 'PUT', `/v1/companies/${company}`, COMPANY);
      await api.ask(api.admin, 'PUT', `/v1/companies/${company}/targets/saasant`, { accounts: { income: 'Services' } });
      await api.stream(api.admin, company, [customer(), invoice('i-1')]);
    }
    const list = async (company: string, sort: string) => {
      const { status, body } = await api.ask(api.admin, 'GET', path(company, sort));
      return [status, body.rows.length];
    };
    const statements = async () => {
      const rows = await api.store.sql<{ query: string }[]>`
        select query from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%from open_records o%'`;
      return rows.length;
    };
    let answers: Promise<unknown[][]> | undefined;
    await api.store.sql.begin(async (tx) => {
      await tx`lock table open_records in access exclusive mode`;
      const loud = Array.from({ length: 20 }, (_, n) => list('loud', ['date', 'number', 'amount', '-date'][n % 4]!));
      // Two reads, each a page and its totals; the others wait without a connection.
      await expect.poll(statements, { timeout: 20_000 }).toBe(4);
      const quiet = list('quiet', 'date');
      await expect.poll(statements, { timeout: 20_000 }).toBe(6);
      answers = Promise.all([...loud, quiet]);
    });
    expect(await answers).toEqual(Array.from({ length: 21 }, () => [200, 1]));
  });
});
