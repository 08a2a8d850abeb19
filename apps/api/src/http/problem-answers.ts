import { ERROR_CODES, type ErrorCode, Refusal, TargetError } from '@ledgerpost/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { App } from './app.ts';

/** The body of every answer that is not what was asked for: problem+json (RFC 9457) with our stable `code`. */
export interface ProblemAnswer {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly instance: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Turns every error into a problem+json answer, and logs unexpected errors in full. */
export function registerProblemAnswers(app: App): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  const routes: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    // A parameter may have a pattern of its own, which stays within its part of the path.
    const parts = url
      .replace(/\*/g, '.*')
      .replace(/\/:\w+(?:\(([^)]+)\))?/g, (_, own?: string) => `/${own?.replaceAll('[^', '[^/') ?? '[^/]+'}`)
      .replaceAll('::', ':');
    const pattern = new RegExp(`^${parts}$`);
    for (const one of [method].flat()) routes.push({ method: one, pattern });
  });
  // Before Fastify reads a body, or asks for a Content-Type that the method should have.
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) refuse(request, reply);
  });
  // A route that finds nothing itself, such as a file of the console.
  app.setNotFoundHandler(refuse);

  function refuse(request: FastifyRequest, reply: FastifyReply): never {
    const path = request.url.split('?', 1)[0]!;
    const methods = [...new Set(routes.filter((r) => r.pattern.test(path)).map((r) => r.method))];
    if (methods.length === 0 || methods.includes(request.method))
      throw new Refusal('not-found', `There is nothing at ${request.method} ${path}. See /docs for all addresses.`);
    reply.header('Allow', methods.join(', '));
    throw new Refusal('method-not-allowed', `${path} accepts ${methods.join(', ')}, not ${request.method}.`, { methods });
  }
}

/** Answers one error; also for errors that come before a route is found. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = refusalOf(error, request.url);
  const hungUp = request.raw.aborted;
  const refusal =
    hungUp && known.code === 'internal'
      ? new Refusal('bad-request', 'The connection was closed before the request arrived whole.')
      : known;
  const status = ERROR_CODES[refusal.code].status ?? 500;
  if (hungUp) request.log.info({ code: refusal.code }, 'the caller closed the connection before the answer');
  if (status >= 500 && !hungUp) request.log.error({ err: error }, 'the request failed');
  // No hook runs for errors that come before a route is found.
  reply.header('X-Request-Id', request.id);
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer realm="ledgerpost"');
  const { retryAfterSeconds } = refusal.details as { readonly retryAfterSeconds?: number };
  if (retryAfterSeconds !== undefined) reply.header('Retry-After', String(retryAfterSeconds));
  else if (status === 503 || refusal.code === 'too-many-previews') reply.header('Retry-After', '5');
  const answer: ProblemAnswer = {
    type: `urn:ledgerpost:error:${refusal.code}`,
    title: ERROR_CODES[refusal.code].meaning,
    status,
    code: refusal.code,
    detail: refusal.message,
    instance: request.id,
    ...(Object.keys(refusal.details).length > 0 ? { details: refusal.details } : {}),
  };
  // Sent as text, so that the answer's schema can't hide an error.
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(answer);
}

/** What an error means to the caller. An unknown error is `internal`, and shows nothing of its cause. */
export function refusalOf(error: unknown, url = ''): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof TargetError && isErrorCode(error.code)) return new Refusal(error.code, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error, url);
  if (isDatabaseDown(error)) return new Refusal('database-down', 'The database can’t be reached. Try again in a few seconds.');
  const known = FASTIFY_ERRORS[(error as FastifyError | undefined)?.code ?? ''];
  if (known !== undefined) return new Refusal(known.code, known.detail);
  const status = (error as { readonly statusCode?: unknown } | undefined)?.statusCode;
  // What the framework and its plugins refuse is a fault of the request; their sentences may name folders of ours.
  if (isOfFramework(error) && (status === 403 || status === 404))
    return new Refusal('not-found', 'There is nothing at this address.');
  if (isOfFramework(error) && typeof status === 'number' && status >= 400 && status < 500)
    return new Refusal('bad-request', 'The request is malformed. See /docs for what this address accepts.');
  return new Refusal(
    'internal',
    'Something went wrong on our side. An engineer can find the cause in the log under this answer’s `instance`.',
  );
}

function isOfFramework(error: unknown): boolean {
  const { code, expose } = (error ?? {}) as { readonly code?: unknown; readonly expose?: unknown };
  return expose === true || (typeof code === 'string' && code.startsWith('FST_'));
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

const FASTIFY_ERRORS: Readonly<Record<string, { readonly code: ErrorCode; readonly detail: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'bad-json', detail: 'The body is not JSON. Send one well-formed JSON value.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'bad-json',
    detail: 'The body is empty, but its Content-Type is JSON. Send `{}`, or no Content-Type.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail:
      'This address does not accept that Content-Type. Send application/json; a stream of records goes to POST …/records as application/x-ndjson.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body-too-large',
    detail: 'The body is larger than this address accepts. Send records as a stream of NDJSON.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'bad-request',
    detail: 'The length of the body differs from its Content-Length. Send it again.',
  },
  FST_ERR_BAD_URL: { code: 'bad-request', detail: 'The address is malformed: a % in it must begin an encoded byte.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'bad-request', detail: 'A part of the address is too long: ids have 64 characters at most.' },
};

function invalid(
  error: FastifyError & { validation: readonly { instancePath: string; message?: string; params?: unknown }[] },
  url: string,
): Refusal {
  const where = error.validationContext ?? 'body';
  const place = where === 'querystring' ? 'query' : where === 'params' ? 'path' : where;
  const fields = error.validation.map((issue) => ({
    field: [place, ...issue.instancePath.split('/').filter((step) => step !== '')].join('.'),
    message: issue.message ?? 'It has the wrong shape.',
  }));
  const first = fields[0]!;
  const more = fields.length > 1 ? ` (And ${fields.length - 1} more.)` : '';
  return new Refusal('bad-request', `${fieldSentence(first)}${more} The schema of ${url.split('?', 1)[0]} is at /docs.`, {
    fields,
  });
}

/** A sentence of a field. A message that continues the name begins with a small letter. */
export function fieldSentence({ field, message }: { readonly field: string; readonly message: string }): string {
  return `${field}${/^[a-z]+ /.test(message) ? '' : ':'} ${message.replace(/\.?$/, '.')}`;
}

/** The driver's codes for a missing connection, and the SQLSTATE codes with which Postgres reports that it is stopping, starting or full. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

function isDatabaseDown(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth++) {
    const { code, syscall } = cause as { code?: unknown; syscall?: unknown };
    // A caller that hangs up is reset too, without a call of the system: that is not the database.
    if (code === 'ECONNRESET' && syscall === undefined) continue;
    if (typeof code === 'string' && (CONNECTION_CODES.has(code) || code.startsWith('08'))) return true;
  }
  return false;
}
