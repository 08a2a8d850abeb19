import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { type AnyTarget, type Chart, type Grant, type OAuthApp, type TargetContext, TargetError } from '@ledgerpost/core';

/** A target that somebody signs in to, over HTTP, as far as access goes; its books are in memory. */
export function fakeTarget(): AnyTarget {
  const memory = memoryTarget(memoryBooks());
  return {
    ...memory,
    id: 'fake',
    name: 'Fake Books',
    access: {
      by: 'oauth',
      environments: ['production', 'simulator'],
      authorizeUrl: (app, state) => `${app.endpoints!.authorize}?state=${state}`,
      async exchange(app, callbackUrl) {
        const answer = new URL(callbackUrl, app.redirectUri).searchParams;
        if (answer.get('error') !== null) throw new TargetError('access', 'access-lost', 'Fake Books was not connected.');
        const [realm, ...others] = answer.get('realm')!.split(',');
        const grant = await asked(app, { code: answer.get('code')! }, realm!);
        if (others.length === 0) return grant;
        return { offered: [realm!, ...others].map((account) => ({ name: `Books ${account}`, grant: { ...grant, account } })) };
      },
      renew: (app, grant) => asked(app, { refresh: grant.refreshToken }, grant.account),
      async revoke(app, grant) {
        await fetch(app.endpoints!.revoke, { method: 'POST', body: JSON.stringify({ refresh: grant.refreshToken }) });
      },
    },
    open: (_, context) => ({ context }),
    check: async ({ context }) => (await read(context, 'identity')) as never,
    chart: {
      by: 'discovered',
      discover: async ({ context }) => (await read(context, 'chart')) as Chart,
      suggest: (chart) => ({ income: chart.accounts.find(({ type }) => type === 'Income')?.name }),
      createClasses: async (_, names) => names.map((name) => ({ status: 'created' as const, name, externalId: name })),
    },
    delivery: { ...(memory.delivery as object), limits: { calls: { perMinute: 60, concurrent: 2 } } } as never,
  };
}

async function asked(app: OAuthApp, body: object, account: string): Promise<Grant> {
  const response = await fetch(app.endpoints!.token, { method: 'POST', body: JSON.stringify(body) });
  if (response.status >= 500) throw new TargetError('transient', 'target-unreachable', 'Fake Books did not answer.');
  if (!response.ok) throw new TargetError('access', 'access-lost', 'Fake Books refused the grant.');
  const { access, refresh, endsAt } = (await response.json()) as { access: string; refresh: string; endsAt?: number };
  const now = Date.now();
  return {
    account,
    apiUrl: app.endpoints!.api,
    accessToken: access,
    accessExpiresAt: now + 3_600_000,
    refreshToken: refresh,
    refreshExpiresAt: now + 100 * 86_400_000,
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}

async function read(context: unknown, what: string): Promise<unknown> {
  const { access, fetch: given, permit } = context as TargetContext;
  const { token, apiUrl, account } = await access();
  const { release } = await permit('calls');
  const response = await given(`${apiUrl}/${account}/${what}`, { headers: { authorization: `Bearer ${token}` } }).finally(
    release,
  );
  if (response.status === 401) throw new TargetError('access', 'access-lost', 'Fake Books does not let us in.');
  return response.json();
}

export const CHART: Chart = {
  accounts: [
    { id: '1', name: 'Services', type: 'Income', active: true },
    { id: '2', name: 'Checking', type: 'Bank', active: true },
    { id: '3', name: 'Old Bank', type: 'Bank', active: false },
    { id: '4', name: 'Sales Tax Payable', type: 'Other Current Liability', subtype: 'SalesTaxPayable', active: true },
  ],
  classes: [
    { name: 'HVAC', active: true },
    { name: 'Plumbing:Drains', active: true },
    { name: 'Roofing', active: false },
  ],
  paymentMethods: [],
  terms: [],
  taxCodes: [],
  preferences: { classMode: 'line', automaticCredit: true, salesTax: 'automated', customNumbers: true, departments: false },
};

/** What the fake target is behind its addresses. */
export async function fakeServer() {
  const state = {
    chart: CHART as Chart,
    identity: { company: 'Larry’s Books', edition: 'Plus', currency: 'USD' },
    /** Refresh tokens that are good. */
    good: new Set<string>(),
    tokens: new Set<string>(),
    /** Every refresh that was asked for, by its token. */
    refreshes: [] as string[],
    secrets: [] as string[],
    /** A refresh ends the token that it was asked with. */
    strict: false,
    /** Accounts that no token opens. */
    closed: new Set<string>(),
    down: false,
    made: 0,
    delayMs: 0,
    /** When every grant ends for good, in milliseconds since 1970; undefined: the target does not say. */
    endsAt: undefined as number | undefined,
  };
  function grant() {
    const n = ++state.made;
    const made = { access: `secret-access-${n}-x9`, refresh: `secret-refresh-${n}-x9` };
    state.good.add(made.refresh);
    state.tokens.add(made.access);
    state.secrets.push(made.access, made.refresh);
    return made;
  }
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text === '' ? {} : (JSON.parse(text) as { code?: string; refresh?: string });
    if (request.url === '/revoke') {
      state.good.delete(body.refresh!);
      return void response.end();
    }
    if (request.url === '/token') {
      if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
      if (state.down) return void response.writeHead(503).end();
      if (body.refresh !== undefined) {
        state.refreshes.push(body.refresh);
        if (!state.good.has(body.refresh)) return void response.writeHead(400).end();
        if (state.strict) state.good.delete(body.refresh);
      }
      return void response.end(JSON.stringify({ ...grant(), endsAt: state.endsAt }));
    }
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    if (!state.tokens.has(token) || state.closed.has(request.url!.split('/')[1]!)) return void response.writeHead(401).end();
    response.end(JSON.stringify(request.url!.endsWith('/chart') ? state.chart : state.identity));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { state, grant, app: fakeApp(url), close: () => new Promise((resolve) => server.close(resolve)) };
}

export function fakeApp(url: string): OAuthApp {
  return {
    clientId: 'client',
    clientSecret: 'secret-client-x9',
    redirectUri: 'https://ledgerpost.example/v1/oauth/callback',
    environment: 'simulator',
    endpoints: { authorize: `${url}/authorize`, token: `${url}/token`, revoke: `${url}/revoke`, api: url },
  };
}
