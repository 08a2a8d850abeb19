import { setTimeout as sleep } from 'node:timers/promises';

/** A record or an answer, in QuickBooks' own spelling. */
// biome-ignore lint/suspicious/noExplicitAny: probes read answers of many shapes, and a member that is missing is a finding
export type Json = Record<string, any>;

/** One answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  readonly headers: Headers;
  /** Intuit's own id of the request, for its support. */
  readonly tid: string | undefined;
  /** The first error of a fault: `6240`. Undefined where the request was carried out. */
  readonly fault: string | undefined;
}

/** One company's books, reached over HTTP alone. */
export interface Books {
  get(path: string): Promise<Answer>;
  post(path: string, body: Json): Promise<Answer>;
  /** Rows of a query. @throws Error if it is refused */
  rows(query: string): Promise<readonly Json[]>;
  /** Without waiting after a throttle: for what asks about throttles. */
  once(method: 'GET' | 'POST', path: string, body?: Json): Promise<Answer>;
}

export interface BooksAddress {
  /** `https://sandbox-quickbooks.api.intuit.com/v3/company`. */
  readonly apiUrl: string;
  readonly realmId: string;
  /** A valid access token. */
  access(): Promise<string>;
  /** Ends the work: no request is sent after it. */
  readonly signal: AbortSignal;
  /** Between two requests, in milliseconds: QuickBooks allows ten a second to one app. */
  readonly paceMs?: number;
  /** Pause after a throttle, in milliseconds. */
  readonly throttlePauseMs?: number;
}

const MINOR_VERSION = '75';
const TRIES = 5;

export function openBooks(address: BooksAddress): Books {
  const { apiUrl, realmId, access, signal, paceMs = 200, throttlePauseMs = 20_000 } = address;

  async function once(method: 'GET' | 'POST', path: string, body?: Json): Promise<Answer> {
    const url = `${apiUrl}/${realmId}/${path}${path.includes('?') ? '&' : '?'}minorversion=${MINOR_VERSION}`;
    const response = await fetch(url, {
      method,
      signal,
      headers: { authorization: `Bearer ${await access()}`, accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = parse(text);
    return {
      status: response.status,
      body: parsed,
      text,
      headers: response.headers,
      tid: response.headers.get('intuit_tid') ?? response.headers.get('intuit-tid') ?? undefined,
      fault: faultIn(parsed) ?? (response.ok ? undefined : String(response.status)),
    };
  }

  async function patiently(method: 'GET' | 'POST', path: string, body?: Json): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      await sleep(paceMs, undefined, { signal });
      const answer = await once(method, path, body);
      const throttled = answer.status === 429 || (answer.status === 403 && /throttl/i.test(answer.text));
      if (!throttled || attempt === TRIES) return answer;
      await sleep(throttlePauseMs, undefined, { signal });
    }
  }

  return {
    get: (path) => patiently('GET', path),
    post: (path, body) => patiently('POST', path, body),
    once,
    async rows(query) {
      const answer = await patiently('GET', `query?query=${encodeURIComponent(query)}`);
      if (answer.fault !== undefined) throw new Error(`QuickBooks refused a query with ${answer.fault}: ${query}`);
      return Object.values(answer.body.QueryResponse ?? {}).find((one) => Array.isArray(one)) ?? [];
    },
  };
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

function faultIn(body: Json): string | undefined {
  const fault = body.Fault ?? body.fault;
  const errors = fault?.Error ?? fault?.error;
  return errors === undefined ? undefined : String(errors[0]?.code ?? 'unknown');
}
