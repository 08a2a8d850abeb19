import { randomUUID } from 'node:crypto';
import type { OAuthApps } from '@ledgerpost/connections';
import { countQuota } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPANY, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

let api: TestApi;
const oauthApps: OAuthApps = {
  qbo: {
    ...{ clientId: 'id', clientSecret: 'secret', environment: 'production', redirectUri: 'http://127.0.0.1/v1/oauth/callback' },
    perMonth: { reads: 1_000 },
  },
};

beforeAll(async () => {
  api = await openTestApi({ oauthApps });
  await api.ask(api.admin, 'PUT', '/v1/companies/a', COMPANY);
  const connectionId = randomUUID();
  await api.store.sql`insert into connections (id, company_id, target, state, account, environment, connected_by)
    values (${connectionId}, 'a', 'qbo', 'connected', '46', 'production', 'a test')`;
  const count = (environment: string, quota: string, units: number) =>
    countQuota(api.store.sql, { target: 'qbo', environment, quota, units, connectionId });
  await count('production', 'reads', 412);
  await count('production', 'writes', 9_000);
  await count('simulator', 'reads', 77);
});
afterAll(() => api.close());

describe('the requests that targets count', () => {
  it('are there for keys of the installation, with the limit of its own plan where one applies', async () => {
    const viewer = await api.key(null, 'viewer');
    const { status, body } = await api.ask(viewer, 'GET', '/v1/quotas');
    expect(status).toBe(200);
    const qbo = { target: 'qbo', name: 'QuickBooks Online', refusedSince: null };
    expect(body.rows).toEqual([
      {
        ...{ ...qbo, environment: 'production', quota: 'reads', used: 412, today: 412, perMonth: 1_000 },
        companies: [{ companyId: 'a', used: 412 }],
      },
      expect.objectContaining({ ...qbo, environment: 'production', quota: 'writes', used: 9_000, perMonth: null }),
      expect.objectContaining({ ...qbo, environment: 'simulator', quota: 'reads', used: 77, perMonth: null }),
    ]);
    expect((await api.ask(await api.key('a', 'admin'), 'GET', '/v1/quotas')).status).toBe(403);
  });

  it('are metrics of the environment that this installation works in', async () => {
    const { body } = await api.app.inject({ url: '/metrics' });
    expect(body).toContain('ledgerpost_quota_used{target="qbo",quota="reads"} 412\n');
    expect(body).toContain('ledgerpost_quota_used{target="qbo",quota="writes"} 9000\n');
    expect(body).toContain('ledgerpost_quota_limit{target="qbo",quota="reads"} 1000\n');
    expect(body).not.toContain('ledgerpost_quota_limit{target="qbo",quota="writes"}');
  });
});
