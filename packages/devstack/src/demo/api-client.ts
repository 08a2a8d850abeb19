/** An unsuccessful answer of the API, with its own sentence. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(request: string, status: number, body: { code?: string; detail?: string; details?: Record<string, unknown> }) {
    super(`${request} answered ${status}${body.code ? ` ${body.code}` : ''}: ${body.detail ?? 'no reason given'}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.details = body.details ?? {};
  }
}

export interface ApiClient {
  get<T>(path: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Sends records as a stream of NDJSON. */
  stream<T>(path: string, lines: Iterable<unknown>): Promise<T>;
  /** Puts a file, as a stream of bytes. */
  upload<T>(path: string, bytes: AsyncIterable<Uint8Array>): Promise<T>;
  download(path: string): Promise<Uint8Array>;
  /** All rows of a paged answer. */
  all<T>(path: string): Promise<T[]>;
}

/** A client of the API over HTTP. Throws an ApiError for every unsuccessful answer. */
export function apiClient(url: string, key: string): ApiClient {
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${key}`, ...init.headers };
    const answer = await fetch(`${url}${path}`, { ...init, method, headers });
    if (answer.ok) return answer;
    const body = await answer.json().catch(() => ({}));
    throw new ApiError(`${method} ${path}`, answer.status, body as { code?: string; detail?: string });
  };
  const json = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return (await call(method, path, init)).json();
  };
  return {
    get: (path) => json('GET', path) as never,
    put: (path, body) => json('PUT', path, body) as never,
    post: (path, body) => json('POST', path, body) as never,
    async stream(path, lines) {
      const body = ReadableStream.from(encode(lines));
      const init = { body, duplex: 'half', headers: { 'content-type': 'application/x-ndjson' } } as RequestInit;
      return (await call('POST', path, init)).json() as never;
    },
    async upload(path, bytes) {
      const body = ReadableStream.from(bytes);
      const init = { body, duplex: 'half', headers: { 'content-type': 'application/octet-stream' } } as RequestInit;
      return (await call('PUT', path, init)).json() as never;
    },
    download: async (path) => (await call('GET', path)).bytes(),
    async all<T>(path: string) {
      const rows: T[] = [];
      let after: string | undefined;
      do {
        const query = after === undefined ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
        const page = (await json('GET', `${path}${query}`)) as { rows: T[]; next?: string };
        rows.push(...page.rows);
        after = page.next;
      } while (after !== undefined);
      return rows;
    },
  };
}

function* encode(lines: Iterable<unknown>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const line of lines) yield encoder.encode(`${JSON.stringify(line)}\n`);
}
