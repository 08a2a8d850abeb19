import { type Grant, type OAuthAccess, type Offer, TargetError } from '@ledgerpost/core';
import { afterAll, describe, expect, it } from 'vitest';
import { conform } from '../conform.ts';
import { conformanceOf } from './conformance.testing.ts';
import { harbourBooks, LOGIN, startHarbour } from './harbour-server.testing.ts';
import { type HarbourSession, openSession } from './harbour-session.testing.ts';

const { target, given, stop } = await conformanceOf();
afterAll(stop);

conform(target, given);

describe('one login with several organisations', () => {
  it('offers all of them, renews the one that was chosen, and ends that one alone', async () => {
    const server = await startHarbour({ south: harbourBooks(), north: harbourBooks() });
    const endpoints = { authorize: server.url, token: `${server.url}/token`, revoke: `${server.url}/revoke`, api: server.url };
    const redirectUri = 'http://localhost/callback';
    const app = { clientId: 'c', clientSecret: 's', redirectUri, environment: 'simulator', endpoints };
    const access = target.access as OAuthAccess;
    const { offered } = (await access.exchange(app, `/callback?code=${LOGIN}&state=s`)) as Offer;
    expect(offered.map(({ name, grant }) => [name, grant.account])).toEqual([
      ['Harbour south', 'south'],
      ['Harbour north', 'north'],
    ]);
    const [south, north] = offered.map(({ grant }) => grant) as [Grant, Grant];
    expect(await access.renew(app, north)).toMatchObject({ account: 'north', accessToken: server.tokens.current });
    await access.revoke(app, south);
    await expect(access.renew(app, south)).rejects.toMatchObject({ kind: 'access' });
    expect(await access.renew(app, north)).toMatchObject({ account: 'north' });
    server.stop();
  });
});

describe('a day that is used up', () => {
  it('is a wait of hours for the whole connection, and no failure', async () => {
    const server = await startHarbour({ north: harbourBooks() });
    const paused: number[] = [];
    const access = { token: server.tokens.current, account: 'north', environment: 'production', apiUrl: server.url };
    const context = {
      ...{ connectionId: 'c', fetch: globalThis.fetch, signal: new AbortController().signal, now: () => 0, log: () => {} },
      ...{ access: async () => access, renew: async () => access, permit: async () => ({ release: () => {} }) },
      pause: async (ms: number) => void paused.push(ms),
    };
    const { ask }: HarbourSession = openSession(context);
    server.day.left = 1;
    await ask('GET', '/organisations');
    const thrown = await ask('GET', '/organisations').catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(TargetError);
    expect(thrown).toMatchObject({ kind: 'transient', code: 'target-throttled', retryAfterMs: 11 * 3_600_000 });
    expect(paused).toEqual([11 * 3_600_000]);
    server.stop();
  });
});
