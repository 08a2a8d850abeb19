import { randomUUID } from 'node:crypto';
import type { BooksSettings, CompanyFacts, SourceRecord } from '@ledgerpost/core';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { createKey, enableTarget, getCompanyTarget, openStore, putCompany, putRecords } from '@ledgerpost/store';
import { beginConnect, chooseBooks, finishConnect } from '../access/connect.ts';
import { connectionContext } from '../calling/connection-context.ts';
import { connectionCard } from '../card/connection-card.ts';
import type { ConnectionDeps } from '../deps.ts';
import { newSealingKey, parseSealingKeys } from '../seals/seal.ts';
import { fakeServer, fakeTarget } from './fake-target.testing.ts';

/** A database, a fake target with its server, and companies that may connect to it. */
export async function openBench() {
  const database = await testDatabase();
  const store = openStore({ url: database.url, max: 4 });
  const server = await fakeServer();
  const target = fakeTarget();
  const keyText = newSealingKey('k1');
  const logged: string[] = [];
  const clock = { ahead: 0 };
  const deps: ConnectionDeps = {
    store,
    apps: { fake: server.app },
    keys: parseSealingKeys(keyText),
    fetch: globalThis.fetch,
    now: () => Date.now() + clock.ahead,
    log: (level, message, facts) => void logged.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`),
  };

  async function company(settings: object = {}) {
    const facts: CompanyFacts = {
      id: `co-${randomUUID().slice(0, 8)}`,
      name: 'Acme',
      timeZone: 'America/Los_Angeles',
      currency: 'USD',
    };
    await putCompany(store, facts, 'ada');
    await enableTarget(
      store,
      { companyId: facts.id, target: 'fake', delivery: 'push', settings: target.settings.parse(settings) as BooksSettings },
      'ada',
    );
    const key = await createKey(store, { companyId: facts.id, name: 'ada', roles: ['admin'] }, 'test');
    const companyTarget = async () => (await getCompanyTarget(store, facts.id, 'fake'))!;
    const { connectionId } = await companyTarget();
    const begin = async () => {
      const { authorizeUrl } = await beginConnect(deps, target, await companyTarget(), { keyId: key.id, actor: 'ada' });
      return new URL(authorizeUrl).searchParams.get('state')!;
    };
    const come = (state: string, realm = 'r-1', more = '&code=c') =>
      finishConnect(deps, [target], `/v1/oauth/callback?state=${state}&realm=${realm}${more}`);
    const choose = (state: string, account: string) => chooseBooks(deps, [target], state, account);
    return {
      facts,
      key,
      connectionId,
      companyTarget,
      begin,
      come,
      choose,
      connect: async (realm?: string) => come(await begin(), realm),
      card: async () => connectionCard(deps, target, await companyTarget()),
      context: (evenIfLost = false) =>
        connectionContext(deps, target, { connectionId, settings: {}, signal: new AbortController().signal, evenIfLost }),
      put: (...records: SourceRecord[]) => putRecords(store, facts, records, 'source'),
    };
  }

  return {
    database,
    store,
    deps,
    server,
    target,
    keyText,
    logged,
    clock,
    company,
    async close() {
      await server.close();
      await store.close();
      await database.drop();
    },
  };
}
