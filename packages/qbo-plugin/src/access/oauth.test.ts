import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import type { OAuthApp } from '@ledgerpost/core';
import { startSimulator } from '@ledgerpost/qbo-simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { qboAccess } from './oauth.ts';

const simulator = await startSimulator({ limits: 'off' });
const other = await startSimulator({ limits: 'off', seed: 7 });
const company = simulator.control.createCompany();
afterAll(() => Promise.all([simulator.stop(), other.stop()]));

function appAt({ oauth, url }: typeof simulator): OAuthApp {
  return {
    clientId: 'simulator-client',
    clientSecret: 'simulator-secret',
    redirectUri: 'http://127.0.0.1:4000/v1/oauth/callback',
    environment: 'simulator',
    endpoints: { authorize: oauth.authorize, token: oauth.token, revoke: oauth.revoke, api: url },
  };
}
const app = appAt(simulator);
const connect = () => qboAccess.exchange(app, simulator.control.authorize(qboAccess.authorizeUrl(app, 's-1'), company.realmId));

describe('connecting', () => {
  it('the address names the app, the scope and the state', () => {
    const url = new URL(qboAccess.authorizeUrl(app, 's-1'));
    expect(url.href.startsWith(simulator.oauth.authorize)).toBe(true);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'simulator-client',
      redirect_uri: app.redirectUri,
      response_type: 'code',
      scope: 'com.intuit.quickbooks.accounting',
      state: 's-1',
    });
  });

  it('production and sandbox are Intuit’s own addresses', () => {
    const { endpoints: _, ...plain } = app;
    for (const environment of ['production', 'sandbox']) {
      expect(qboAccess.authorizeUrl({ ...plain, environment }, 's')).toContain('https://appcenter.intuit.com/connect/oauth2?');
    }
    expect(() => qboAccess.authorizeUrl({ ...plain, environment: 'simulator' }, 's')).toThrow('are not set');
  });

  it('granting access becomes a grant for the chosen company', async () => {
    const grant = await connect();
    expect(grant).toMatchObject({ account: company.realmId, apiUrl: simulator.url });
    expect(grant.accessExpiresAt - Date.now()).toBeGreaterThan(3_500_000);
    expect(grant.refreshExpiresAt - Date.now()).toBeGreaterThan(8_000_000_000);
    expect(Math.round((grant.endsAt! - Date.now()) / 86_400_000)).toBe(5 * 365);
  });

  it('refusing access is reported, without asking Intuit', async () => {
    const callback = simulator.control.authorize(qboAccess.authorizeUrl(app, 's'), null);
    await expect(qboAccess.exchange(app, callback)).rejects.toMatchObject({ kind: 'access', code: 'access-lost' });
    await expect(qboAccess.exchange(app, callback)).rejects.toThrow('did not grant access');
  });

  it('a code works once', async () => {
    const callback = simulator.control.authorize(qboAccess.authorizeUrl(app, 's'), company.realmId);
    await qboAccess.exchange(app, callback);
    await expect(qboAccess.exchange(app, callback)).rejects.toMatchObject({ kind: 'access' });
  });

  it('a callback without a company is refused', async () => {
    await expect(qboAccess.exchange(app, `${app.redirectUri}?code=x&state=s`)).rejects.toThrow('returned no company');
  });

  it('a wrong secret is a fault of the installation, and no secret is in the message', async () => {
    const grant = await connect();
    const failure = await qboAccess
      .renew({ ...app, clientSecret: 'wrong-secret' }, grant)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ kind: 'config', code: 'target-not-ready' });
    expect((failure as Error).message).not.toMatch(/wrong-secret|AB11/);
  });
});

describe('renewing', () => {
  it('gives a new access token for the same company', async () => {
    const grant = await connect();
    const renewed = await qboAccess.renew(app, grant);
    expect(renewed.account).toBe(grant.account);
    expect(renewed.accessToken).not.toBe(grant.accessToken);
  });

  it('keeps the newest refresh token', async () => {
    simulator.control.setSwitches({ refreshRotation: 'rotateEveryRefresh' });
    const grant = await connect();
    const renewed = await qboAccess.renew(app, grant);
    expect(renewed.refreshToken).not.toBe(grant.refreshToken);
    await expect(qboAccess.renew(app, grant)).rejects.toMatchObject({ kind: 'access', code: 'access-lost' });
    expect(await qboAccess.renew(app, renewed)).toMatchObject({ account: grant.account });
    simulator.control.setSwitches({ refreshRotation: 'daily' });
  });

  it('two environments at once don’t mix', async () => {
    const there = other.control.createCompany();
    const elsewhere = appAt(other);
    const grant = await connect();
    const callback = other.control.authorize(qboAccess.authorizeUrl(elsewhere, 's'), there.realmId);
    const [first, second] = await Promise.all([qboAccess.renew(app, grant), qboAccess.exchange(elsewhere, callback)]);
    expect([first.apiUrl, second.apiUrl]).toEqual([simulator.url, other.url]);
  });

  it('a server that is down is a failure that passes, not a lost grant, and is asked once', async () => {
    const stopped = await startSimulator();
    const away = appAt(stopped);
    const grant = await connect();
    await stopped.stop();
    const unreachable = { kind: 'transient', code: 'target-unreachable' };
    await expect(qboAccess.renew(away, grant)).rejects.toMatchObject(unreachable);
    // The library would ask again by itself.
    let asked = 0;
    const deaf = createNetServer((socket) => {
      asked += 1;
      socket.destroy();
    }).listen(Number(new URL(stopped.url).port), '127.0.0.1');
    await once(deaf, 'listening');
    await expect(qboAccess.renew(away, grant)).rejects.toMatchObject(unreachable);
    expect(asked).toBe(1);
    deaf.close();
  });
});

describe('a refusal', () => {
  it.each(['intuit_tid', 'Intuit-Tid'])('carries Intuit’s support id, in header %s', async (header) => {
    const intuit = createServer((_, response) => {
      response.writeHead(400, { [header]: '1-5f-0a', 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
    });
    await new Promise<void>((resolve) => intuit.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(intuit.address() as AddressInfo).port}`;
    const grant = await connect();
    const refusing = { ...app, endpoints: { authorize: url, token: url, revoke: url, api: url } };
    const failure = await qboAccess.renew(refusing, grant).catch((error: unknown) => error as Error);
    intuit.close();
    expect(failure).toMatchObject({ kind: 'access', message: expect.stringContaining("(Intuit's id 1-5f-0a)") });
  });
});

describe('revoking', () => {
  it('ends the grant, and revoking twice is harmless', async () => {
    const grant = await connect();
    await qboAccess.revoke(app, grant);
    await expect(qboAccess.renew(app, grant)).rejects.toMatchObject({ kind: 'access' });
    await qboAccess.revoke(app, grant);
    await qboAccess.revoke(app, { ...grant, refreshToken: 'AB11unknown' });
  });
});
