import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Io, Trouble } from './io.ts';

export interface Connection {
  readonly url: string;
  readonly key: string;
}

/** The API as a command sees it: an answer, or Trouble with the API's own sentence. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  /** The same; undefined where the API has nothing at that path. */
  find<T>(path: string): Promise<T | undefined>;
  send<T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T>;
  /** PUTs the bytes of a file. */
  upload<T>(path: string, bytes: Uint8Array, mediaType: string): Promise<T>;
  /** Streams the answer to a file. Returns the file's name and size. */
  download(path: string, file: (name: string) => string): Promise<{ file: string; bytes: number }>;
}

/** The API's address and key, from the environment. Trouble if there is no key. */
export function connectionOf(io: Io): Connection {
  const key = io.env.LEDGERPOST_KEY;
  if (key === undefined || key === '')
    throw new Trouble('Set LEDGERPOST_KEY to an API key (lp_…). An admin creates one with "ledgerpost keys create".');
  return { url: (io.env.LEDGERPOST_URL || 'http://127.0.0.1:4610').replace(/\/+$/, ''), key };
}

export function apiClient({ url, key }: Connection, signal: AbortSignal): ApiClient {
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    mayLack = false,
  ): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(`${url}${path}`, {
        method,
        signal,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) }),
      });
    } catch (error) {
      if (signal.aborted) throw new Trouble('Stopped.');
      throw new Trouble(unreachable(url, error));
    }
    if (mayLack && answer.status === 404) return answer;
    if (!answer.ok) throw new Trouble(troubleOf(answer.status, await answer.text()));
    return answer;
  }
  return {
    async get<T>(path: string) {
      return (await (await ask('GET', path)).json()) as T;
    },
    async find<T>(path: string) {
      const answer = await ask('GET', path, undefined, {}, true);
      const found = (await answer.json()) as T;
      return answer.ok ? found : undefined;
    },
    async send<T>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) {
      const answer = await ask(method, path, body, headers);
      return (answer.status === 204 ? undefined : await answer.json()) as T;
    },
    async upload<T>(path: string, bytes: Uint8Array, mediaType: string) {
      return (await (await ask('PUT', path, bytes, { 'content-type': mediaType })).json()) as T;
    },
    async download(path, file) {
      const answer = await ask('GET', path);
      const target = file(nameIn(answer.headers.get('content-disposition') ?? ''));
      let bytes = 0;
      await pipeline(
        Readable.fromWeb(answer.body as never),
        async function* (source: AsyncIterable<Uint8Array>) {
          for await (const chunk of source) {
            bytes += chunk.length;
            yield chunk;
          }
        },
        createWriteStream(target),
      );
      return { file: target, bytes };
    },
  };
}

/** The sentence of a problem+json answer, for a person. */
export function troubleOf(status: number, body: string): string {
  try {
    const { code, detail, instance, details } = JSON.parse(body) as {
      code: string;
      detail: string;
      instance: string;
      details?: { fields?: readonly { field: string; message: string }[] };
    };
    const fields = (details?.fields ?? []).slice(1, 20).map(({ field, message }) => `\n  ${field}: ${message}`);
    return `${detail} (${code}${status >= 500 ? `, request ${instance}` : ''})${fields.join('')}`;
  } catch {
    return `The server answered ${status}, and not as the Ledgerpost API does. Check LEDGERPOST_URL.`;
  }
}

/** The sentence for an API that does not answer. */
export function unreachable(url: string, error: unknown): string {
  return `${url} can’t be reached (${reasonOf(error)}). Check that the API is running and that LEDGERPOST_URL is right.`;
}

/** Why a connection failed: the system's code, which is clearer than fetch's message. */
export function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string } }).cause ?? (error as { code?: string });
  return cause.code ?? 'no answer';
}

function nameIn(disposition: string): string {
  const exact = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  const name = exact === undefined ? 'download' : decodeURIComponent(exact);
  // The server chooses the file's name, but not its folder.
  return name.replace(/[/\\\0]/g, '_');
}
