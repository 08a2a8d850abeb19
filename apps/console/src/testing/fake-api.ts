import type { components, paths } from '../api/schema.d.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** The paths of the API that have the method. */
type PathOf<M extends Method> = { [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never }[keyof paths];

type Successes<R> = { [S in Extract<keyof R, 200 | 201 | 202 | 204>]: R[S] }[Extract<keyof R, 200 | 201 | 202 | 204>];

/** The JSON that the API's own document promises for a success. */
export type AnswerOf<P extends keyof paths, M extends Method> = paths[P][M] extends { responses: infer R }
  ? Successes<R> extends { content: { 'application/json': infer Body } }
    ? Body
    : undefined
  : never;

/** A call that the console made. */
export interface Call {
  readonly method: string;
  /** As the API's document writes it: `/v1/companies/{company}`. */
  readonly path: string;
  /** The parts of the path by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** It arrives only then. */
  readonly after?: Promise<void>;
}

type Refusal = Pick<components['schemas']['ProblemAnswer'], 'status' | 'code' | 'detail' | 'details'>;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  reply(call: Call): Reply;
}

/** Answers the console the way the API does, with bodies typed by the API's own document. */
export interface FakeApi {
  /** Every call so far, oldest first. */
  readonly calls: readonly Call[];
  /** Calls that have no answer here; a test that sees one has forgotten something. */
  readonly unanswered: readonly string[];
  /** The calls of one method and path. */
  callsTo(method: Method, path: keyof paths): readonly Call[];
  /** Answers a call from now on; the newest answer counts. */
  answer<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    answer: AnswerOf<P, M> | ((call: Call) => AnswerOf<P, M>),
  ): void;
  /** Refuses a call from now on. */
  refuse<M extends Method>(method: M, path: PathOf<M>, refusal: Refusal): void;
  /** Keeps the answers of a call back until the function that it returns is called. */
  hold<M extends Method>(method: M, path: PathOf<M>): () => void;
  /** The reply to a request. */
  reply(request: { method: string; url: string; headers: Headers; body: string }): Reply;
}

/** A new one, which answers nothing yet. */
export function fakeApi(): FakeApi {
  const routes: Route[] = [];
  const calls: Call[] = [];
  const unanswered: string[] = [];
  const add = (method: string, path: string, reply: Route['reply']) =>
    routes.unshift({ method: method.toUpperCase(), path, pattern: patternOf(path), reply });
  return {
    calls,
    unanswered,
    callsTo: (method, path) => calls.filter((call) => call.method === method.toUpperCase() && call.path === path),
    answer(method, path, answer) {
      add(method, path, (call) => {
        const body = typeof answer === 'function' ? (answer as (call: Call) => unknown)(call) : answer;
        return body === undefined
          ? { status: 204, type: 'text/plain', body: '' }
          : { status: 200, type: 'application/json', body: JSON.stringify(body) };
      });
    },
    refuse(method, path, { status, code, detail, details }) {
      add(method, path, () => problem(status, { code, detail, ...(details === undefined ? {} : { details }) }));
    },
    hold(method, path) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const answering = routes.find((one) => one.method === method.toUpperCase() && one.path === path)!;
      add(method, path, (call) => ({ ...answering.reply(call), after: promise }));
      return resolve;
    },
    reply({ method, url, headers, body }) {
      const { pathname, searchParams } = new URL(url);
      const route = routes.find((one) => one.method === method && one.pattern.test(pathname));
      if (route === undefined) {
        unanswered.push(`${method} ${pathname}`);
        return problem(404, { code: 'not-found', detail: `No answer for ${method} ${pathname}.` });
      }
      const call: Call = {
        method,
        path: route.path,
        params: { ...route.pattern.exec(pathname)?.groups },
        query: Object.fromEntries(searchParams),
        headers,
        body: body === '' ? undefined : headers.get('content-type')?.includes('json') ? JSON.parse(body) : body,
      };
      calls.push(call);
      return route.reply(call);
    },
  };
}

function problem(status: number, body: object): Reply {
  return { status, type: 'application/problem+json', body: JSON.stringify({ status, ...body }) };
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${escaped}$`);
}
