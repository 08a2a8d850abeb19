import { oauthAppsFrom, parseSealingKeys, type SealingKeys } from '@ledgerpost/connections';
import { type CompanyOptions, startSimulator } from '@ledgerpost/qbo-simulator';
import { TARGETS } from '@ledgerpost/targets';
import { buildApi } from '../build-api.ts';
import type { Deps } from '../deps.ts';
import { COMPANY, openTestApi } from './open-api.testing.ts';

export const PUBLIC_URL = 'https://ledgerpost.example';
const CLIENT = { id: 'client-ab12', secret: 'client-secret-cd34', redirectUris: [`${PUBLIC_URL}/v1/oauth/callback`] };
const SEALING_KEY = Buffer.alloc(32, 'sealing-key-').toString('base64');

/** An API over a database of its own, and a QuickBooks of its own behind it. */
export async function openBooks(more: Partial<Pick<Deps, 'webhookSecrets' | 'targets'>> = {}) {
  const simulator = await startSimulator({ limits: 'off', clients: [CLIENT] });
  const { oauth, url } = simulator;
  const clock = { ahead: 0 };
  const logged: string[] = [];
  const apps = oauthAppsFrom(
    {
      LEDGERPOST_QBO_CLIENT_ID: CLIENT.id,
      LEDGERPOST_QBO_CLIENT_SECRET: CLIENT.secret,
      LEDGERPOST_QBO_ENVIRONMENT: 'simulator',
      LEDGERPOST_QBO_AUTHORIZE_URL: oauth.authorize,
      LEDGERPOST_QBO_TOKEN_URL: oauth.token,
      LEDGERPOST_QBO_REVOKE_URL: oauth.revoke,
      LEDGERPOST_QBO_API_URL: url,
    },
    TARGETS,
    PUBLIC_URL,
  );
  const keys = parseSealingKeys(`k1:${SEALING_KEY}`);
  const shared = {
    ...more,
    oauthApps: apps,
    sealingKeys: keys,
    publicUrl: PUBLIC_URL,
    now: () => Date.now() + clock.ahead,
  };
  const api = await openTestApi(shared, { level: 'trace', stream: { write: (line: string) => void logged.push(line) } });
  let made = 0;

  /** A company with an admin's key, and its books at QuickBooks; not connected yet. */
  async function company(books: CompanyOptions = {}) {
    const id = `birds-${++made}`;
    await api.ask(api.admin, 'PUT', `/v1/companies/${id}`, COMPANY);
    const admin = await api.key(id, 'admin');
    const quickbooks = simulator.control.createCompany({ companyName: `Books of ${id}`, ...books });
    const path = `/v1/companies/${id}/targets/qbo`;

    async function begin(key = admin): Promise<string> {
      const answer = await api.ask(key, 'POST', `${path}/connection`);
      if (answer.status !== 201) throw new Error(`The API refused: ${JSON.stringify(answer.body)}`);
      return answer.body.authorizeUrl;
    }
    /** Confirms on our page, as the admin; returns QuickBooks' address, and the cookies that bind it to this browser. */
    async function confirm(address: string, key = admin) {
      const { pathname, search } = new URL(address);
      const page = await api.app.inject({
        method: 'POST',
        url: `${pathname}${search}`,
        headers: { authorization: `Bearer ${key}` },
      });
      const url = /^0; url=(.+)$/.exec(String(page.headers.refresh))?.[1];
      return { status: page.statusCode, text: page.body, url, cookies: cookiesOf(page.cookies) };
    }
    /** What the person does on our page and at QuickBooks, and the way back; null: the person does not grant access. */
    async function come(address: string, realm: string | null = quickbooks.realmId) {
      const confirmed = await confirm(address);
      if (confirmed.url === undefined)
        return { status: confirmed.status, text: confirmed.text, headers: {}, back: new URL(address) };
      return goBack(simulator.control.authorize(confirmed.url, realm), confirmed.cookies);
    }
    /** Follows QuickBooks' answer in a browser with these cookies. */
    async function goBack(location: string, cookies: Readonly<Record<string, string>>) {
      const back = new URL(location);
      const page = await api.app.inject({ url: `${back.pathname}${back.search}`, cookies });
      return { status: page.statusCode, text: page.body, headers: page.headers, back };
    }
    return {
      id,
      path,
      admin,
      quickbooks,
      begin,
      confirm,
      come,
      goBack,
      connect: async (realm?: string) => come(await begin(), realm),
      card: async () => (await api.ask(admin, 'GET', `${path}/connection`)).body,
      refresh: async () => (await api.ask(admin, 'POST', `${path}/connection/refresh`)).body,
    };
  }

  /** Another API over the same database, with other sealing keys. */
  async function beside(sealingKeys: SealingKeys) {
    const app = await buildApi({ ...shared, store: api.store, temporal: undefined, targets: TARGETS, sealingKeys });
    others.push(app);
    return {
      async ask(key: string, method: 'POST', url: string) {
        const reply = await app.inject({ method, url, headers: { authorization: `Bearer ${key}` } });
        return { status: reply.statusCode, body: reply.json() };
      },
    };
  }
  const others: { close(): Promise<unknown> }[] = [];

  return {
    api,
    beside,
    simulator,
    keys,
    clock,
    logged,
    secrets: { clientSecret: CLIENT.secret, sealingKey: SEALING_KEY },
    company,
    async close() {
      for (const other of others) await other.close();
      await api.close();
      await simulator.stop();
    },
  };
}

function cookiesOf(cookies: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
}
