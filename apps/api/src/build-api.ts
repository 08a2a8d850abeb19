import './http/input-in-words.ts';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import fastifySwagger from '@fastify/swagger';
import { type AnyTarget, Refusal } from '@ledgerpost/core';
import { createSweep } from '@ledgerpost/dispatch';
import Fastify, { type FastifyServerOptions, LogController } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Deps, RouteDeps } from './deps.ts';
import { registerAccess } from './http/access.ts';
import type { App } from './http/app.ts';
import { registerBodyLimits } from './http/body-limits.ts';
import { createCallerGuard, limitConnections } from './http/caller-limits.ts';
import { closeConnections } from './http/close-connections.ts';
import { healthRoutes } from './http/health.ts';
import { answerMalformed } from './http/malformed-requests.ts';
import { createMetrics, registerHttpMetrics } from './http/metrics.ts';
import { answerProblem, registerProblemAnswers } from './http/problem-answers.ts';
import { serveConsole } from './http/serve-console.ts';
import { serveDocs } from './http/serve-docs.ts';
import { SESSION_COOKIE } from './http/session-cookie.ts';
import { fairReads } from './http/shared/fair-reads.ts';
import { serializeOnce } from './http/shared/serialize-once.ts';
import { registerSilentDatabase, USUAL_PATIENCE } from './http/silent-database.ts';
import { traceRequests } from './http/trace-requests.ts';
import { readJsonBytes } from './intake/read-json.ts';
import { findUnstorableText, UNSTORABLE } from './intake/unstorable-text.ts';
import { accessPlugin } from './routes/access/plugin.ts';
import { batchesPlugin } from './routes/batches/plugin.ts';
import { connectionDeps } from './routes/connections/connection-deps.ts';
import { connectionsPlugin } from './routes/connections/plugin.ts';
import { driftPlugin } from './routes/drift/plugin.ts';
import { importsPlugin } from './routes/imports/plugin.ts';
import { matchingPlugin } from './routes/matching/plugin.ts';
import { noticesPlugin } from './routes/notices/plugin.ts';
import { recordsPlugin } from './routes/records/plugin.ts';
import { schedulesPlugin } from './routes/schedules/plugin.ts';
import { targetsPlugin } from './routes/targets/plugin.ts';
import { temporalPlugin } from './routes/temporal/plugin.ts';
import { openOidc } from './sign-in/oidc.ts';
import { driftEveryMinutes } from './temporal/drift-pace.ts';
import { startSweeper } from './temporal/sweeper.ts';

/** The whole API over what is passed in. `inject` it in a test, or let it `listen`. It uses no network before the first request. */
export async function buildApi(deps: Deps, logger: FastifyServerOptions['logger'] = false): Promise<App> {
  const app: App = Fastify({
    logger,
    bodyLimit: 1024 * 1024,
    // Longer than any answer is silent: an event stream says something every few seconds.
    connectionTimeout: 180_000,
    // Node would refuse it with an empty answer.
    http: { requireHostHeader: false },
    // One line per request, written by us, without the query: people search for names.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    ...(deps.trustedProxies === undefined ? {} : { trustProxy: [...deps.trustedProxies] }),
    genReqId: (request) => saneRequestId(request.headers['x-request-id']) ?? randomUUID(),
    // Ids of 64 characters and keys of a name's length, of which each character may come percent-encoded as several bytes.
    routerOptions: { maxParamLength: 8_192 },
    clientErrorHandler: (error, socket) => answerMalformed(error, socket as Socket),
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply),
  }).withTypeProvider();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializeOnce(serializerCompiler));

  limitConnections(app, deps.limits);

  const closing = closeConnections(app);
  const { store, temporal, heartbeatSeconds } = deps;
  const looks =
    deps.lookEveryMinutes === undefined
      ? undefined
      : { targets: reportingChanges(deps.targets), everyMinutes: (target: string) => driftEveryMinutes(deps, target) };
  const sweep = temporal === undefined ? undefined : createSweep({ store, temporal, heartbeatSeconds, drift: looks }, app.log);
  const routeDeps: RouteDeps = {
    ...deps,
    metrics: createMetrics(store, deps.targets, deps.oauthApps ?? {}),
    guard: createCallerGuard(store, deps.limits, () => deps.now()),
    reads: fairReads(),
    sweep,
    provider: deps.oidc === undefined ? undefined : openOidc(deps.oidc, app.log),
    connections: connectionDeps(deps, app.log),
    closing,
  };
  if (sweep !== undefined && deps.sweepEveryMs !== undefined) {
    const sweeper = startSweeper(() => sweep.once(), app.log, deps.sweepEveryMs);
    app.addHook('onClose', () => sweeper.stop());
  }

  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
    reply.header('X-Content-Type-Options', 'nosniff');
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined)
      throw new Refusal('bad-request', 'The request has no Host header. HTTP/1.1 requires one.');
  });
  if (deps.tracer !== undefined) traceRequests(app, deps.tracer);
  registerProblemAnswers(app);
  registerHttpMetrics(app, routeDeps.metrics);
  await app.register(fastifyCookie);
  registerSilentDatabase(app, store, deps.databasePatience ?? USUAL_PATIENCE);
  registerAccess(app, routeDeps);
  registerBodyLimits(app, deps.bodyMs);
  app.addHook('preHandler', async (request) => refuseUnstorable(request));
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { method: request.method, path: request.url.split('?', 1)[0], status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes: Buffer, done) => {
    if (bytes.length === 0)
      return done(new Refusal('bad-json', 'The body is empty, but its Content-Type is JSON. Send `{}`, or no Content-Type.'));
    const json = readJsonBytes(bytes);
    if ('reason' in json) done(new Refusal('bad-json', `The body can’t be read. ${json.reason}`));
    else done(null, json.value);
  });
  // The stream itself is the body: the route reads it, at its own pace.
  app.addContentTypeParser(['application/x-ndjson', 'application/octet-stream'], (_request, stream, done) => done(null, stream));

  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: 'Ledgerpost', version: '1', description: DESCRIPTION },
      ...(deps.publicUrl === undefined ? {} : { servers: [{ url: deps.publicUrl }] }),
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key: `lp_…`' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description: 'A browser’s session, of a person or a key',
          },
        },
      },
      security: [{ key: [] }, { session: [] }],
      tags: TAGS,
    },
    transform: ({ schema, route, ...rest }) => {
      const open = route.config?.access?.to === 'everybody' && schema?.security === undefined;
      return jsonSchemaTransform({ schema: open ? { ...schema, security: [] } : schema, route, ...rest });
    },
    transformObject: jsonSchemaTransformObject,
  });

  for (const plugin of [
    accessPlugin,
    targetsPlugin,
    connectionsPlugin,
    matchingPlugin,
    recordsPlugin,
    importsPlugin,
    batchesPlugin,
    driftPlugin,
    schedulesPlugin,
    noticesPlugin,
    temporalPlugin,
  ]) {
    await app.register(plugin, routeDeps);
  }
  healthRoutes(app, routeDeps);

  if (deps.consoleDir !== undefined) await serveConsole(app, deps.consoleDir);
  await serveDocs(app);
  return app;
}

/** Ids of the targets that report what changed in the books. */
function reportingChanges(targets: readonly AnyTarget[]): readonly string[] {
  return targets.filter(({ readback }) => readback.by === 'target' && readback.changes !== undefined).map(({ id }) => id);
}

const DESCRIPTION = [
  'Posts what a field-service business did to its books, in batches that people can see, trust and undo.',
  'Amounts in answers are whole minor units of the company’s currency (cents); source records keep the decimal strings that came in.',
  'Lists are paged by key: `next` of one answer is `after` of the next request.',
  'Every error is an `application/problem+json` with a stable `code`.',
].join('\n\n');

const TAGS = [
  { name: 'records', description: 'What happened, as the field-service system reports it' },
  { name: 'imports', description: 'Records out of files: the exports of field-service systems' },
  { name: 'unbatched', description: 'Records that still have something to send' },
  { name: 'batches', description: 'Preview, start, follow, decide, download, undo' },
  { name: 'schedules', description: 'Batches that start on a schedule' },
  { name: 'settings', description: 'A company’s settings at a target' },
  { name: 'notices', description: 'Messages to people by mail and in Slack' },
  { name: 'drift', description: 'Changes in the books since documents were posted' },
  { name: 'connections', description: 'A company’s access to its books, and what the books offer' },
  { name: 'matching', description: 'Which customer, product or service of the books each of ours is' },
  { name: 'targets', description: 'The installed accounting systems' },
  { name: 'companies' },
  { name: 'keys' },
  { name: 'people', description: 'People with access, invitations, and their roles' },
  { name: 'session', description: 'Signing in with a browser' },
  { name: 'journal', description: 'Who did what, when' },
  { name: 'health' },
];

function saneRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[A-Za-z0-9._:-]{1,100}$/.test(header) ? header : undefined;
}

function refuseUnstorable(request: { params: unknown; query: unknown; body: unknown; raw: unknown }): void {
  for (const place of ['params', 'query', 'body'] as const) {
    // Routes read a stream, and a webhook's bytes, themselves.
    if (request[place] === request.raw || Buffer.isBuffer(request[place])) continue;
    const found = findUnstorableText(request[place]);
    if (found === undefined) continue;
    const field = `${place === 'params' ? 'path' : place}.${found}`;
    const message = `${field} ${UNSTORABLE}`;
    throw new Refusal('bad-request', message, { fields: [{ field, message }] });
  }
}
