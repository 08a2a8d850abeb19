import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Io } from './io.ts';

/** An API with the answers of a test, and a terminal that keeps what was printed. */
export interface FakeApi {
  /** By method and path below `at`; the last of several repeats. Other paths answer 404. */
  answers: Record<string, { status: number; body?: unknown; text?: string }[]>;
  readonly asked: { readonly route: string; readonly body: unknown }[];
  readonly out: string[];
  readonly err: string[];
  readonly io: Io;
  stop(): void;
}

export async function startFakeApi(at: string): Promise<FakeApi> {
  const server = createServer(async (request, response) => {
    const route = `${request.method} ${request.url!.replace(at, '')}`.trim();
    const body = await text(request);
    const isFile = ['application/octet-stream', 'text/csv'].includes(request.headers['content-type'] ?? '');
    api.asked.push({ route, body: body === '' ? undefined : isFile ? body : JSON.parse(body) });
    const list = api.answers[route] ?? [{ status: 404, body: { code: 'not-found', detail: `Nothing is at ${route}.` } }];
    const answer = list.length > 1 ? list.shift()! : list[0]!;
    response.writeHead(answer.status).end(answer.body === undefined ? answer.text : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const api: FakeApi = {
    answers: {},
    asked: [],
    out: [],
    err: [],
    io: {
      env: { LEDGERPOST_URL: `http://127.0.0.1:${port}`, LEDGERPOST_KEY: 'lp_x_y', LEDGERPOST_COMPANY: 'birds' },
      stdin: (async function* () {})(),
      out: (line) => api.out.push(line),
      err: (line) => api.err.push(line),
      progress: () => {},
      signal: new AbortController().signal,
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return api;
}

/** Successful answers, one after the other. */
export function ok(...bodies: readonly unknown[]): FakeApi['answers'][string] {
  return bodies.map((body) => ({ status: 200, body }));
}
