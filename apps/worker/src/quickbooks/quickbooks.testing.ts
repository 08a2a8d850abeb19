import {
  beginConnect,
  type ConnectionCard,
  type ConnectionDeps,
  connectionCard,
  finishConnect,
  newSealingKey,
  type OAuthApps,
  parseSealingKeys,
  refreshConnection,
} from '@ledgerpost/connections';
import { type AnyTarget, type BatchedRef, type ItemState, type SourceRecord, TargetError } from '@ledgerpost/core';
import { quickbooksOnline } from '@ledgerpost/qbo-plugin';
import {
  type Company,
  type CompanyOptions,
  type Rule,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '@ledgerpost/qbo-simulator';
import {
  type BatchView,
  createKey,
  getCompanyTarget,
  type ItemView,
  listItems,
  putRecords,
  waitForBatch,
} from '@ledgerpost/store';
import { type Books, harness } from '../testing/harness.testing.ts';

/** QuickBooks, with nothing to wait for: the limiter has tests of its own. */
export const quickbooks: AnyTarget = unhurried(quickbooksOnline);

/** A company whose books are kept at the simulator. */
export interface QboBooks extends Books {
  readonly realm: string;
  /** The books, from behind the counter. */
  readonly books: Company;
  /** Connects, or connects again, as an admin does. */
  connect(realm?: string): Promise<void>;
  /** Reads the books again: chart, preferences, closing date. */
  refresh(): Promise<void>;
  card(): Promise<ConnectionCard>;
  /** Lets something go wrong with requests to these books alone. */
  befall(rule: Rule): void;
  /** Calls to the batch endpoint since the last time that somebody asked, each with its status and what befell it. */
  calls(): readonly { readonly status: number; readonly trouble: string | undefined }[];
  /** Accounts with a balance in minor units, debits above zero. */
  balances(): Readonly<Record<string, number>>;
}

/** A harness whose companies keep their books at one simulator. */
export async function quickbooksHarness(targets: readonly AnyTarget[] = [quickbooks], options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ limits: 'off', ...options });
  const apps = { qbo: appAt(simulator) };
  const keys = parseSealingKeys(newSealingKey('k1'));
  const h = await harness(targets, { apps, keys });
  const log: ConnectionDeps['log'] = () => {};
  const deps: ConnectionDeps = { store: h.store, apps, keys, fetch: globalThis.fetch, now: () => Date.now(), log };
  const target = targets.find(({ id }) => id === 'qbo') ?? quickbooks;

  return {
    ...h,
    simulator,
    quickbooks: target,
    /** What connections work with in the worker. */
    connectionDeps: deps,
    /** A company that is connected and has sent its records. */
    async connected(
      records: readonly SourceRecord[],
      { books: opening, settings = {} }: { books?: CompanyOptions; settings?: object } = {},
    ): Promise<QboBooks> {
      const books = simulator.control.createCompany({ ...opening, preferences: { ...ORDINARY, ...opening?.preferences } });
      const { realmId: realm } = books;
      const co = await h.company(target, [], settings);
      const { id: companyId } = co.company;
      const current = async () => (await getCompanyTarget(h.store, companyId, target.id))!;
      let companyTarget = await current();
      let seen = 0;
      const own: QboBooks = {
        ...co,
        realm,
        books,
        request: (selection = {}) => ({ ...co.request(selection), companyTarget }),
        async connect(to = realm) {
          const key = await createKey(h.store, { companyId, name: 'ada', roles: ['admin'] }, 'test');
          const { authorizeUrl } = await beginConnect(deps, target, companyTarget, { keyId: key.id, actor: 'ada' });
          await finishConnect(deps, [target], simulator.control.authorize(authorizeUrl, to));
          companyTarget = await current();
        },
        async refresh() {
          await refreshConnection(deps, target, { company: co.company, companyTarget, actor: 'ada' });
          companyTarget = await current();
        },
        card: () => connectionCard(deps, target, companyTarget),
        befall: (rule) => void simulator.control.addFault({ ...rule, aim: { ...rule.aim, realmId: realm } }),
        calls() {
          const all = simulator.control.requests().filter((one) => one.realmId === realm && one.operation === 'batch');
          const fresh = all.slice(seen).map(({ status, trouble }) => ({ status, trouble }));
          seen = all.length;
          return fresh;
        },
        balances: () =>
          Object.fromEntries(
            books.trialBalance().rows.map(({ account, debit, credit }) => [account, minor(debit) - minor(credit)]),
          ),
      };
      await own.connect();
      await putRecords(h.store, co.company, records, 'source');
      return own;
    },
    /** How each item of a batch ended, by record. */
    async states(batch: { readonly id: string }): Promise<Readonly<Record<string, ItemState>>> {
      return Object.fromEntries((await itemsOf(batch)).map(({ record, state }) => [`${record.type}/${record.id}`, state]));
    },
    items: itemsOf,
    async item(batch: { readonly id: string }, type: BatchedRef['type'], id: string): Promise<ItemView> {
      const found = (await itemsOf(batch)).find(({ record }) => record.type === type && record.id === id);
      if (found === undefined) throw new Error(`The batch has no ${type} ${id}.`);
      return found;
    },
    /** Waits, by the batch's own announcements, until it is in a state. */
    async until(co: Books, batchId: string, state: BatchView['state']): Promise<BatchView> {
      const deadline = Date.now() + 120_000;
      for (let version = 0; ; ) {
        const batch = await waitForBatch(h.store, co.company.id, batchId, version, deadline - Date.now());
        if (batch?.state === state) return batch;
        // The version may be the same: when the connection that listens is made again, every waiter reads its batch again.
        if (batch === undefined || Date.now() >= deadline)
          throw new Error(`The batch is ${batch?.state}, and was awaited to be ${state}.`);
        version = batch.version;
      }
    },
    async close() {
      await h.close();
      await simulator.stop();
    },
  };

  async function itemsOf(batch: { readonly id: string }): Promise<readonly ItemView[]> {
    return (await listItems(h.store, { batchId: batch.id, limit: 1_000 })).rows;
  }
}

function unhurried(target: AnyTarget): AnyTarget {
  if (target.delivery.by !== 'push') throw new Error(`The target ${target.id} takes no pushes.`);
  const limits = { requests: { perMinute: 100_000, concurrent: 10 }, batch: { perMinute: 100_000 } };
  return { ...target, delivery: { ...target.delivery, limits } };
}

/** Nothing that happens by itself, unless a test asks for it. */
const ORDINARY = { autoApplyCredit: false, classTracking: 'off' } as const;

function appAt({ oauth, url }: Simulator): OAuthApps[string] {
  return {
    clientId: 'simulator-client',
    clientSecret: 'simulator-secret',
    redirectUri: 'http://127.0.0.1:4610/v1/oauth/callback',
    environment: 'simulator',
    endpoints: { authorize: oauth.authorize, token: oauth.token, revoke: oauth.revoke, api: url },
  };
}

/** The same target, whose minutes of waiting take a second; what it asked for is kept. */
export function hurried(target: AnyTarget, pauses: { connectionId: string; ms: number }[]): AnyTarget {
  if (target.delivery.by !== 'push') throw new Error(`The target ${target.id} takes no pushes.`);
  const { delivery } = target;
  const soon = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof TargetError) || error.retryAfterMs === undefined) throw error;
      throw new TargetError(error.kind, error.code, error.message, error.retryAfterMs / 60);
    }
  };
  return {
    ...target,
    open: (settings, context) =>
      target.open(settings, {
        ...context,
        pause(ms) {
          pauses.push({ connectionId: context.connectionId, ms });
          return context.pause(ms / 60);
        },
      }),
    delivery: { ...delivery, push: (session, call) => soon(delivery.push(session, call)) },
  };
}

/** The records of a kind in the books, as the API returns them. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into records of many shapes
export function held(co: QboBooks, entity: string): Record<string, any>[] {
  return co.books.records(entity);
}

/** Decimal amounts of the simulator in minor units. */
export function minor(amount: unknown): number {
  return Math.round(Number(amount) * 100);
}
