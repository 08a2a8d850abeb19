import { testDatabase } from '@ledgerpost/devstack/testing';
import { createKey, openStore, type Role, type Store } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { buildApi } from '../build-api.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/app.ts';

export interface TestApi {
  readonly app: App;
  readonly store: Store;
  /** The secret of an admin's key of the installation. */
  readonly admin: string;
  key(companyId: string | null, ...roles: Role[]): Promise<string>;
  /** Sends a request with the key, and reads the JSON of the answer. */
  ask(key: string, method: Method, url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Lines of NDJSON into a company. */
  stream(key: string, company: string, lines: readonly (object | string)[]): Promise<Answer>;
  close(): Promise<void>;
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of an answer
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** An API over a database of its own. */
export async function openTestApi(
  given: Partial<Deps> = {},
  logger?: Parameters<typeof buildApi>[1],
  { connections = 4 }: { connections?: number } = {},
): Promise<TestApi> {
  const database = await testDatabase();
  const store = openStore({ url: database.url, max: connections });
  const app = await buildApi(
    {
      store,
      temporal: undefined,
      targets: TARGETS,
      now: () => Date.parse('2026-11-15T12:00:00Z'),
      ...given,
    },
    logger,
  );
  const key = async (companyId: string | null, ...roles: Role[]) =>
    (await createKey(store, { companyId, name: roles.join('-'), roles }, 'test')).secret;

  async function ask(
    secret: string,
    method: Method,
    url: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const reply = await app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${secret}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json(), headers: reply.headers };
  }

  return {
    app,
    store,
    admin: await key(null, 'admin'),
    key,
    ask,
    stream(secret, company, lines) {
      const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
      return ask(secret, 'POST', `/v1/companies/${company}/records`, text, { 'content-type': 'application/x-ndjson' });
    },
    async close() {
      await app.close();
      await store.close();
      await database.drop();
    },
  };
}

export const COMPANY = { name: 'Bird & Sons', timeZone: 'America/Los_Angeles', currency: 'USD' };

export function customer(id = 'c-1') {
  return { type: 'customer', id, accountingKey: `Amy ${id}`, name: 'Amy' };
}

export function invoice(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'invoice',
    id,
    number: `N-${id}`,
    customerId: 'c-1',
    status: 'finalized',
    date: '2026-10-03',
    lines: [{ name: 'Tune-up', quantity: '1', unitPrice: '189', amount: '189.00', accountingCategory: 'Services' }],
    total: '189.00',
    ...more,
  };
}

export function payment(id: string, invoiceId: string | undefined, amount = '189.00') {
  return {
    type: 'payment',
    id,
    reference: id,
    customerId: 'c-1',
    method: 'Check',
    date: '2026-10-04',
    amount,
    status: 'received',
    ...(invoiceId === undefined ? {} : { allocations: [{ invoiceId, amount }] }),
  };
}
