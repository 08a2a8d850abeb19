import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oidcFrom } from '../../sign-in/oidc-from.ts';
import { openTestBrowser, type TestBrowser, tokenIn } from '../../testing/browser.testing.ts';
import { COMPANY, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';
import { startProvider, type TestProvider } from '../../testing/provider.testing.ts';

const HOME = 'http://ledgerpost.example';
const PASSWORD = 'correct horse battery';

let provider: TestProvider;
let api: TestApi;
const lines: string[] = [];
beforeAll(async () => {
  // Logins with a dot have a name and an address; the others have a subject alone.
  const claims = (login: string) =>
    login.includes('.') ? { name: login.replace('.', ' '), email: `${login}@example.com`, email_verified: true } : {};
  provider = await startProvider(claims, `${HOME}/v1/sign-in/callback`);
  const log = { level: 'info', stream: { write: (line: string) => void lines.push(line) } };
  api = await openTestApi({ publicUrl: HOME, oidc: provider.settings }, log);
  await api.ask(api.admin, 'PUT', '/v1/companies/a', COMPANY);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

async function invite(name: string, roles: readonly string[], email?: string): Promise<string> {
  const made = await api.ask(api.admin, 'POST', '/v1/companies/a/invitations', { name, roles, email });
  return tokenIn(made.body.link);
}

/** Where a sign-in that failed leads. */
const problem = (code: string) => `/?problem=${code}`;

/** Goes to the provider as a login and comes back. */
async function signIn(browser: TestBrowser, login: string, body: object = {}) {
  const { url } = (await browser.ask('POST', '/v1/sign-in/account', body)).body;
  const back = await provider.signIn(url, login);
  return browser.ask('GET', `${back.pathname}${back.search}`);
}

describe('signing in at a provider', () => {
  it('accepts an invitation by it, and is known by it from then on', async () => {
    expect((await openTestBrowser(api).ask('GET', '/v1/sign-in')).body).toEqual({
      account: { name: 'Acme ID' },
      password: false,
    });
    const browser = openTestBrowser(api);
    const invitation = await invite('D. Lee', ['poster'], 'office@example.com');
    expect((await browser.ask('POST', '/v1/sign-in/invitation', { token: invitation })).body.account).toEqual({
      name: 'Acme ID',
    });
    const back = await signIn(browser, 'Dana.Lee', { invitation });
    expect([back.status, back.headers.location]).toEqual([303, '/']);
    const session = await browser.ask('GET', '/v1/session');
    expect(session.body).toMatchObject({ actor: 'Dana Lee', companyId: 'a', roles: ['poster'] });
    const [row] = await api.store.sql`select issuer, subject from identities`;
    expect(row).toEqual({ issuer: provider.settings.issuer, subject: 'Dana.Lee' });

    const later = openTestBrowser(api);
    expect((await signIn(later, 'Dana.Lee', { returnTo: '/c/a/batches' })).headers.location).toBe('/c/a/batches');
    expect((await later.ask('GET', '/v1/session')).body.person).toEqual(session.body.person);
  });

  it('needs no e-mail: issuer and subject are enough, and the name is the invitation’s', async () => {
    const browser = openTestBrowser(api);
    await signIn(browser, 'subject-only', { invitation: await invite('Sol Only', ['viewer']) });
    expect((await browser.ask('GET', '/v1/session')).body).toMatchObject({ actor: 'Sol Only', roles: ['viewer'] });
  });

  it('gives a stranger no access, whatever address the account has', async () => {
    const stranger = openTestBrowser(api);
    // An address that an invited person has links nobody.
    await invite('Mallory', ['admin'], 'mal.lory@example.com');
    const back = await signIn(stranger, 'mal.lory');
    expect([back.status, back.headers.location]).toEqual([303, problem('no-access')]);
    expect((await stranger.ask('GET', '/v1/session')).status).toBe(401);
  });

  it('is finished only by the browser that began it, once, with its own state, nonce and verifier', async () => {
    const began = openTestBrowser(api);
    const invitation = await invite('Robin', ['viewer']);
    const { url } = (await began.ask('POST', '/v1/sign-in/account', { invitation })).body;
    const asked = new URL(url).searchParams;
    expect([asked.get('code_challenge_method'), asked.get('response_type'), asked.get('scope')]).toEqual([
      'S256',
      'code',
      'openid profile email',
    ]);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(40);
    const back = await provider.signIn(url, 'robin');
    const path = `${back.pathname}${back.search}`;

    const thief = openTestBrowser(api);
    expect((await thief.ask('GET', path)).headers.location).toBe(problem('sign-in-failed'));
    await thief.ask('POST', '/v1/sign-in/account', {});
    expect((await thief.ask('GET', path)).headers.location).toBe(problem('sign-in-failed'));
    // With the right state, a verifier of another sign-in fails at the provider, and uses the code up.
    expect((await began.ask('GET', path)).headers.location).toBe('/');
    expect((await began.ask('GET', path)).headers.location).toBe(problem('sign-in-failed'));
  });

  it('reports a person who refuses, and leads nowhere but to the console', async () => {
    const browser = openTestBrowser(api);
    const { url } = (await browser.ask('POST', '/v1/sign-in/account', {})).body;
    const back = await provider.refuse(url);
    expect((await browser.ask('GET', `${back.pathname}${back.search}`)).headers.location).toBe(problem('sign-in-failed'));
    for (const returnTo of ['//evil.example', '/\\evil.example', 'https://evil.example'])
      expect((await browser.ask('POST', '/v1/sign-in/account', { returnTo })).status).toBe(400);
  });

  it('leaves no password beside it, and takes no new one', async () => {
    const token = await invite('Pia', ['viewer'], 'pia@example.com');
    const refused = await openTestBrowser(api).ask('POST', '/v1/sign-in/accept', { token, password: PASSWORD });
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('Acme ID') } });
    // She had a password from before the provider was configured.
    await api.store
      .sql`insert into people (id, name, email, password_hash) values ('0123456789ab', 'Pia', 'pia@example.com', 'x')`;
    expect((await openTestBrowser(api).ask('GET', '/v1/sign-in')).body.password).toBe(true);
    const browser = openTestBrowser(api);
    await signIn(browser, 'pia', { invitation: token });
    expect((await browser.ask('GET', '/v1/session')).body.person.id).toBe('0123456789ab');
    expect(await api.store.sql`select from people where password_hash is not null`).toHaveLength(0);
  });

  it('does not let an account be two people', async () => {
    const other = await api.ask(api.admin, 'GET', '/v1/companies/a/people');
    const { id } = other.body.rows.find(({ name }: { name: string }) => name === 'Sol Only');
    const made = await api.ask(api.admin, 'POST', `/v1/companies/a/people/${id}/password-link`);
    const back = await signIn(openTestBrowser(api), 'Dana.Lee', { invitation: tokenIn(made.body.link) });
    expect(back.headers.location).toBe(problem('other-person'));
  });

  it('ends with the access: the account is a stranger’s then', async () => {
    const browser = openTestBrowser(api);
    await signIn(browser, 'leaver', { invitation: await invite('Leaver', ['viewer']) });
    const { id } = (await browser.ask('GET', '/v1/session')).body.person;
    await api.ask(api.admin, 'DELETE', `/v1/companies/a/people/${id}`);
    expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    expect((await signIn(browser, 'leaver')).headers.location).toBe(problem('no-access'));
  });

  it('answers 503 while the provider can’t be reached, and logs no secret', async () => {
    const settings = { ...provider.settings, issuer: 'http://127.0.0.1:1' };
    const alone = await openTestApi({ publicUrl: HOME, oidc: settings });
    const answer = await openTestBrowser(alone).ask('POST', '/v1/sign-in/account', {});
    expect(answer).toMatchObject({ status: 503, body: { code: 'sign-in-unavailable' } });
    await alone.close();
    const log = lines.join('');
    expect(log).toContain('a key was refused');
    for (const secret of [provider.settings.clientSecret!, 'code=', 'state='])
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
  });
});

describe('the environment', () => {
  it('names a provider wholly, or not at all', () => {
    const whole = { LEDGERPOST_OIDC_ISSUER: 'https://id.example', LEDGERPOST_OIDC_CLIENT_ID: 'ledgerpost' };
    expect(oidcFrom({}, HOME)).toBeUndefined();
    expect(oidcFrom({ ...whole, LEDGERPOST_OIDC_CLIENT_SECRET: '' }, HOME)).toEqual({
      ...{ issuer: 'https://id.example', clientId: 'ledgerpost', clientSecret: undefined, name: 'id.example' },
      ...{ scope: 'openid profile email', redirectUri: `${HOME}/v1/sign-in/callback` },
    });
    expect(() => oidcFrom({ LEDGERPOST_OIDC_ISSUER: 'https://id.example' }, HOME)).toThrow('LEDGERPOST_OIDC_CLIENT_ID');
    expect(() => oidcFrom({ ...whole, LEDGERPOST_OIDC_SCOPE: 'email' }, HOME)).toThrow('must contain openid');
  });
});
