import { documentedLimits, type Limits } from '../api/limits.ts';
import type { Books, Preferences } from '../books/books.ts';
import { type CompanyOptions, checkPreferences, createCompany, makeAgencies } from '../books/company.ts';
import { balanceOf, journal, receivables, recordsTold, trialBalance } from '../books/readings.ts';
import type { Clock } from '../clock.ts';
import { kindNamed } from '../entities/kinds.ts';
import { decide, type OAuthRoom } from '../oauth/answer-oauth.ts';
import type { Grants, Tokens } from '../oauth/grants.ts';
import { type Switches, setSwitches } from '../switches.ts';
import { type Act, actAsPerson } from './person.ts';
import type { Rule, Troubles } from './trouble.ts';
import type { Webhooks } from './webhooks.ts';

/** A request to a company's books, with its answer. */
export interface LoggedRequest {
  at: number;
  realmId: string;
  method: string;
  path: string;
  query: string;
  operation: string;
  body: string;
  /** 0 when no answer was sent. */
  status: number;
  answer?: string;
  tid: string;
  /** What was made to go wrong. */
  trouble?: string;
}

/** One company, from behind the counter. */
export interface Company {
  readonly realmId: string;
  readonly companyName: string;
  /** Accounts with a balance and both sums. */
  trialBalance(): ReturnType<typeof trialBalance>;
  /** What each customer owes. */
  receivables(): ReturnType<typeof receivables>;
  /** Balance of an account by name, debit positive. */
  balanceOf(account: string): number;
  /** What every transaction has posted. */
  journal(): ReturnType<typeof journal>;
  /** All records of a kind as the API returns them. */
  records(entity: string): Record<string, unknown>[];
  /** A person acts at the screen. Throws the fault that the screen would show. */
  act(act: Act): Record<string, unknown>;
  preferences(): Preferences;
  setPreferences(changes: Partial<Preferences>): void;
  /** Ends or renews the subscription: until renewed, writes answer fault 6190. */
  setLapsed(lapsed: boolean): void;
}

/** The simulator from behind: companies, faults, time, readings. The same as under `/_control`. */
export interface Control {
  createCompany(options?: CompanyOptions): Company;
  /** Throws when there is no such company. */
  company(realmId: string): Company;
  companies(): Company[];
  /** Forgets a company with its books and access: long runs make many. */
  removeCompany(realmId: string): void;
  /** A person's answer to an authorize address: where the browser is sent, with a code, or with a refusal for no company. */
  authorize(authorizeUrl: string, realmId: string | null): string;
  /** Tokens without a browser. */
  grant(realmId: string, clientId?: string): Tokens;
  expireAccess(realmId: string): void;
  revoke(realmId: string): void;
  addFault(rule: Rule): string;
  removeFaults(id?: string): void;
  faults(): ReturnType<Troubles['list']>;
  clock: Clock;
  requests(): readonly LoggedRequest[];
  forgetRequests(): void;
  switches(): Switches;
  setSwitches(chosen: Partial<Switches>): void;
  limits(): Limits | 'off';
  setLimits(limits: Partial<Limits> | 'off'): void;
  setLatency(milliseconds: number): void;
  webhooks: Webhooks;
}

/** What the control works on. */
export interface ControlRoom {
  companies: Map<string, Books>;
  clock: Clock;
  grants: Grants;
  troubles: Troubles;
  log: LoggedRequest[];
  state: { switches: Switches; limits: Limits | 'off'; latency: number };
  room: Pick<OAuthRoom, 'grants' | 'companies'>;
  webhooks: Webhooks;
  /** Entity of each company that is made. */
  watch(books: Books): void;
}

const firstRealm = 4_620_816_365_000_000;

export function createControl(controlled: ControlRoom): Control {
  const { companies, clock, grants, troubles, log, state, room, webhooks, watch } = controlled;
  const company = (realmId: string): Company => {
    const books = companies.get(realmId);
    if (books === undefined) throw new Error(`There is no company ${realmId}.`);
    return behind(books);
  };
  let made = companies.size;
  return {
    createCompany(options = {}) {
      do made += 1;
      while (companies.has(String(firstRealm + made)));
      const realmId = options.realmId ?? String(firstRealm + made);
      if (companies.has(realmId)) throw new Error(`There is a company ${realmId} already.`);
      const books = createCompany(realmId, options, clock, () => state.switches);
      companies.set(realmId, books);
      watch(books);
      return company(realmId);
    },
    company,
    companies: () => [...companies.keys()].map(company),
    removeCompany(realmId) {
      companies.delete(realmId);
      grants.forgetRealm(realmId);
    },
    authorize: (authorizeUrl, realmId) => decide(room, new URL(authorizeUrl).searchParams, realmId ?? ''),
    grant: (realmId, clientId) => grants.grant(company(realmId).realmId, clientId ?? grants.clients[0]?.id ?? ''),
    expireAccess: (realmId) => grants.expireAccess(realmId),
    revoke: (realmId) => grants.revokeRealm(realmId),
    addFault: (rule) => troubles.add(rule),
    removeFaults: (id) => troubles.remove(id),
    faults: () => troubles.list(),
    clock,
    requests: () => log,
    forgetRequests: () => {
      log.length = 0;
    },
    switches: () => state.switches,
    setSwitches: (chosen) => {
      state.switches = setSwitches(chosen, state.switches);
    },
    limits: () => state.limits,
    setLimits: (limits) => {
      state.limits = limits === 'off' ? 'off' : { ...documentedLimits, ...limits };
    },
    setLatency: (milliseconds) => {
      state.latency = milliseconds;
    },
    webhooks,
  };
}

function behind(books: Books): Company {
  return {
    realmId: books.realmId,
    companyName: books.companyName,
    trialBalance: () => trialBalance(books),
    receivables: () => receivables(books),
    balanceOf: (account) => balanceOf(books, account),
    journal: () => journal(books),
    records: (entity) => {
      if (kindNamed(entity) === undefined) throw new Error(`${entity} is not a kind of record.`);
      return recordsTold(books, entity);
    },
    act: (act) => actAsPerson(books, act),
    preferences: () => ({ ...books.preferences }),
    setPreferences: (changes) => {
      checkPreferences(changes);
      Object.assign(books.preferences, changes);
      makeAgencies(books);
    },
    setLapsed: (lapsed) => {
      books.lapsed = lapsed;
    },
  };
}
