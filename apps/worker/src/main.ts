import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { oauthAppsFrom, parseSealingKeys } from '@ledgerpost/connections';
import { openStore } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { startTracing } from '@ledgerpost/telemetry';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { WRITE_MODES, type WriteMode } from './activities/verb.ts';
import { metricsAddressFrom, serveMetrics } from './metrics/serve-metrics.ts';
import { noticeTermsFrom } from './notices/notice-terms.ts';
import { runWorker, UNCOMPRESSED } from './run-worker.ts';
import { keepChecked } from './upkeep/keep-checked.ts';
import { keepConnections } from './upkeep/keep-connections.ts';
import { keepPresent } from './upkeep/keep-present.ts';

/*
 * Environment: DATABASE_URL; TEMPORAL_ADDRESS and the rest of Temporal's own (TLS, API key, namespace);
 * LEDGERPOST_TARGETS: ids of the targets to serve, by comma (all installed); LEDGERPOST_ENGINE=0: no workflows here;
 * LEDGERPOST_WRITES: hold or check-first, after a restore; LEDGERPOST_SLOTS: activities at once per queue (8); LEDGERPOST_CHUNK: documents per chunk (1,000); LEDGERPOST_SEALING_KEYS: id:base64 by comma, the first
 * seals; LEDGERPOST_<TARGET>_CLIENT_ID and _CLIENT_SECRET with PUBLIC_URL: our registration with a target; METRICS_PORT: serves /metrics and /health/live,
 * on METRICS_HOST (127.0.0.1); LEDGERPOST_SMTP_URL and LEDGERPOST_MAIL_FROM: how notices go out by mail; LEDGERPOST_WORKFLOW_STACKS=on (read by our
 * patch of Temporal's worker): call stacks of workflows; LOG_LEVEL.
 */
const env = process.env;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const level = LEVELS.indexOf((env.LOG_LEVEL ?? 'info') as (typeof LEVELS)[number]);

function log(severity: (typeof LEVELS)[number], message: string, facts: Readonly<Record<string, unknown>> = {}): void {
  if (LEVELS.indexOf(severity) < level) return;
  process.stderr.write(
    `${JSON.stringify({ level: severity, time: new Date().toISOString(), app: 'worker', message, ...facts })}\n`,
  );
}

async function main(): Promise<void> {
  const url = env.DATABASE_URL;
  if (url === undefined)
    throw new Error('DATABASE_URL is not set. Set it to the Postgres database: postgres://user:password@host/name.');
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level: l, message, meta }) => {
      // Workers of targets run activities only; that is how it should be.
      if (message.startsWith('No workflows registered')) return;
      log(l === 'ERROR' ? 'error' : 'warn', message, { meta: String(meta?.error ?? '') });
    }),
  });
  const store = openStore({ url, max: 12, name: 'ledgerpost-worker' });
  const config = loadClientConnectConfig();
  const connection = await NativeConnection.connect({ ...config.connectionOptions, ...UNCOMPRESSED });
  const wanted = env.LEDGERPOST_TARGETS === 'none' ? [] : env.LEDGERPOST_TARGETS?.split(',').map((id) => id.trim());
  const unknown = wanted?.find((id) => !TARGETS.some((target) => target.id === id));
  if (unknown !== undefined)
    throw new Error(
      `LEDGERPOST_TARGETS names "${unknown}", which is not installed. Choose from: ${TARGETS.map((t) => t.id).join(', ')}.`,
    );
  const targets = TARGETS.filter((target) => wanted === undefined || wanted.includes(target.id));
  const chunk = env.LEDGERPOST_CHUNK === undefined ? undefined : Number(env.LEDGERPOST_CHUNK);
  const apps = oauthAppsFrom(env, TARGETS, env.PUBLIC_URL?.replace(/\/+$/, '') ?? 'http://127.0.0.1:4610');
  const keys = env.LEDGERPOST_SEALING_KEYS ? parseSealingKeys(env.LEDGERPOST_SEALING_KEYS) : undefined;
  const notices = noticeTermsFrom(env);
  const deps = {
    store,
    fetch: globalThis.fetch,
    now: () => Date.now(),
    chunk,
    log,
    apps,
    keys,
    writes: writeModeFrom(env),
    notices,
  };
  const tracing = await startTracing('ledgerpost-worker', env);
  const engine = env.LEDGERPOST_ENGINE !== '0';
  const heartbeatSeconds = env.LEDGERPOST_HEARTBEAT_SECONDS === undefined ? undefined : Number(env.LEDGERPOST_HEARTBEAT_SECONDS);
  const worker = await runWorker({
    deps,
    connection,
    namespace: config.namespace ?? 'default',
    targets,
    installed: TARGETS,
    engine,
    tracing,
    deployment: deploymentFrom(env),
    ...(env.LEDGERPOST_WORKFLOW_BUNDLE ? { bundle: { codePath: env.LEDGERPOST_WORKFLOW_BUNDLE } } : {}),
    slots: Number(env.LEDGERPOST_SLOTS ?? 8),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds, throttleMs: heartbeatSeconds * 200 }),
  });
  const metricsAddress = metricsAddressFrom(env);
  const metrics = metricsAddress === undefined ? undefined : await serveMetrics(metricsAddress);
  const keeper = engine ? keepConnections(deps, TARGETS) : undefined;
  const checker = engine ? keepChecked(deps, TARGETS, worker.isBusy) : undefined;
  const presence = keepPresent(deps, {
    id: randomUUID(),
    targets: targets.map(({ id }) => id),
    engine,
    build: env.LEDGERPOST_BUILD ?? null,
    host: hostname(),
  });
  log('info', 'The worker is ready.', { targets: targets.map((target) => target.id) });
  process.send?.('ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.stop());
  // The process that started us with a channel has ended, so this one ends too.
  process.once('disconnect', () => worker.stop());
  try {
    await worker.stopped;
  } finally {
    metrics?.close();
    await checker?.stop();
    await keeper?.stop();
    await presence.stop();
    await connection.close();
    await store.close();
    await tracing?.stop();
  }
}

/** @throws Error for operators */
function writeModeFrom({ LEDGERPOST_WRITES: text }: NodeJS.ProcessEnv): WriteMode | undefined {
  if (!text) return undefined;
  const mode = WRITE_MODES.find((one) => one === text);
  if (mode === undefined)
    throw new Error(`LEDGERPOST_WRITES is "${text}". Set it to ${WRITE_MODES.join(' or ')}, or leave it out.`);
  return mode;
}

/** @throws Error for operators: one without the other */
function deploymentFrom({ LEDGERPOST_DEPLOYMENT: name, LEDGERPOST_BUILD: build }: NodeJS.ProcessEnv) {
  if (!name) return undefined;
  if (!build) throw new Error('LEDGERPOST_DEPLOYMENT is set, and LEDGERPOST_BUILD is not. Set it to the name of this build.');
  return { name, build };
}

main().then(
  () => process.exit(0),
  (error) => {
    log('error', 'The worker died.', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exit(1);
  },
);
