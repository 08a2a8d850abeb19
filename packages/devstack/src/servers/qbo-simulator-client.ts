/** A client of a simulator's control. Amounts are decimal numbers, as in QuickBooks' own answers. */
export interface QboSimulatorClient {
  readonly url: string;
  /** Creates a company: chart, classes, preferences and the rest are in the simulator's README. */
  createCompany(options?: Readonly<Record<string, unknown>>): Promise<string>;
  companies(): Promise<readonly { readonly realmId: string; readonly companyName: string }[]>;
  trialBalance(realm: string): Promise<TrialBalance>;
  receivables(realm: string): Promise<readonly { readonly customer: string; readonly id: string; readonly owed: number }[]>;
  /** What every transaction has posted, by account name; debit positive. */
  journal(realm: string): Promise<readonly PostedTransaction[]>;
  /** All records of a kind, as the API returns them. */
  records<T = Record<string, unknown>>(realm: string, entity: string): Promise<readonly T[]>;
  /** Any other address below /_control. */
  control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

/** Accounts with a balance, and both sums. */
export interface TrialBalance {
  readonly rows: readonly { readonly account: string; readonly debit: number; readonly credit: number }[];
  readonly debit: number;
  readonly credit: number;
}

export interface PostedTransaction {
  readonly transaction: string;
  readonly entries: readonly { readonly account: string; readonly amount: number; readonly customer?: string }[];
}

/** Reads and controls simulated books directly, without the API's limits. Throws with the simulator's answer if it refuses. */
export function qboSimulatorClient(url: string): QboSimulatorClient {
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/_control${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text) as T;
  };
  const of = <T>(realm: string, what: string) => control<T>('GET', `/companies/${realm}/${what}`);
  return {
    url,
    createCompany: async (options = {}) => (await control<{ realmId: string }>('POST', '/companies', options)).realmId,
    companies: () => control('GET', '/companies'),
    trialBalance: (realm) => of(realm, 'trial-balance'),
    receivables: (realm) => of(realm, 'receivables'),
    journal: (realm) => of(realm, 'journal'),
    records: (realm, entity) => of(realm, `records/${entity}`),
    control,
  };
}
