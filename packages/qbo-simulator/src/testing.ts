import {
  type Company,
  type CompanyOptions,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  strayMembers,
} from './index.ts';

/** A record as a test reads it. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
export type Entity = Record<string, any>;

export interface Answered {
  status: number;
  body: Entity;
  text: string;
  headers: Headers;
}

/** A simulator with one company and a client that has access to it. */
export interface Bench {
  simulator: Simulator;
  company: Company;
  token: string;
  call(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Posts a record and returns it; throws when refused. */
  post(entity: string, record: unknown, query?: string): Promise<Entity>;
  read(entity: string, id: string): Promise<Entity>;
  /** Rows of a query. */
  rows(query: string): Promise<Entity[]>;
  /** Code of the fault with which a post is refused. */
  refusal(entity: string, record: unknown, query?: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a bench, limits off unless given. Every record in every answer is compared with Intuit's schema. */
export async function openBench(options: SimulatorOptions = {}, companyOptions: CompanyOptions = {}): Promise<Bench> {
  const simulator = await startSimulator({ limits: 'off', ...options });
  const company = simulator.control.createCompany(companyOptions);
  const { access_token: token } = simulator.control.grant(company.realmId);
  const call: Bench['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${simulator.apiUrl}/${company.realmId}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
    const answered = { status: response.status, body: json ? (JSON.parse(text) as Entity) : {}, text, headers: response.headers };
    const stray = strayInAnswer(answered.body);
    if (stray.length > 0) throw new Error(`${method} ${path} differs from the schema:\n${stray.join('\n')}`);
    return answered;
  };
  const post: Bench['post'] = async (entity, record, query = '') => {
    const answered = await call('POST', `${entity.toLowerCase()}${query}`, record);
    if (answered.status !== 200) throw new Error(`${entity} was refused: ${answered.text}`);
    return answered.body[entity];
  };
  return {
    simulator,
    company,
    token,
    call,
    post,
    read: async (entity, id) => (await call('GET', `${entity.toLowerCase()}/${id}`)).body[entity],
    rows: async (query) => {
      const { body, text } = await call('GET', `query?query=${encodeURIComponent(query)}`);
      if (body.QueryResponse === undefined) throw new Error(text);
      return (Object.values(body.QueryResponse).find((one) => Array.isArray(one)) ?? []) as Entity[];
    },
    refusal: async (entity, record, query = '') => {
      const { body, text } = await call('POST', `${entity.toLowerCase()}${query}`, record);
      if (body.Fault === undefined) throw new Error(`Not refused: ${text}`);
      return body.Fault.Error[0].code;
    },
    [Symbol.asyncDispose]: () => simulator.stop(),
  };
}

/** An invoice's line for the item "Services". */
export function serviceLine(amount: number, more: Entity = {}): Entity {
  return {
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: '1' }, TaxCodeRef: { value: 'NON' }, ...more },
  };
}

/** An invoice of one line. */
export function invoiceOf(customer: string, amount: number, more: Entity = {}): Entity {
  return { CustomerRef: { value: customer }, Line: [serviceLine(amount)], ...more };
}

/** A payment, applied to invoices by id. */
export function paymentOf(customer: string, total: number, applied: Record<string, number> = {}): Entity {
  const lines = Object.entries(applied).map(([id, amount]) => ({
    Amount: amount,
    LinkedTxn: [{ TxnId: id, TxnType: 'Invoice' }],
  }));
  return { CustomerRef: { value: customer }, TotalAmt: total, Line: lines };
}

function strayInAnswer(body: Entity): string[] {
  return Object.entries(body).flatMap(([member, value]) => {
    if (member === 'time' || member === 'Fault' || member === 'fault' || value === null) return [];
    if (member === 'QueryResponse') {
      return (Array.isArray(value) ? value : [value]).flatMap((page: Entity) =>
        Object.entries(page).flatMap(([entity, rows]) =>
          Array.isArray(rows) ? rows.flatMap((row: Entity) => strayMembers(entity, row)) : [],
        ),
      );
    }
    if (member === 'CDCResponse' || member === 'BatchItemResponse')
      return [value].flat().flatMap((one: Entity) => strayInAnswer(one));
    if (typeof value === 'object' && /^[A-Z]/.test(member)) return strayMembers(member, value);
    return [];
  });
}
