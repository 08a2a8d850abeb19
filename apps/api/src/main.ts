import { fileURLToPath } from 'node:url';
import { oauthAppsFrom, parseSealingKeys, sealStoredSecrets } from '@ledgerpost/connections';
import { mailTermsFrom } from '@ledgerpost/core';
import { ensureKey, migrate, openStore, setUpToken } from '@ledgerpost/store';
import { TARGETS } from '@ledgerpost/targets';
import { startTracing } from '@ledgerpost/telemetry';
import { SEARCH_ATTRIBUTES } from '@ledgerpost/workflows/names';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import { buildApi } from './build-api.ts';
import { webhookSecretsFrom } from './routes/connections/webhook-secrets.ts';
import { oidcFrom } from './sign-in/oidc-from.ts';
import { prepareTemporal } from './temporal/prepare-temporal.ts';

const environment = z.object({
  DATABASE_URL: z.string('Set DATABASE_URL to the address of Postgres: postgres://user:password@host:port/database'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4610),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TEMPORAL_UI_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  // Empty, as Compose passes a variable that nobody set, is the same as absent.
  LEDGERPOST_ADMIN_KEY: z
    .string()
    .regex(/^(lp_[A-Za-z0-9_-]{32,200})?$/, 'LEDGERPOST_ADMIN_KEY must be lp_ and 32 or more random letters and digits')
    .optional(),
  LEDGERPOST_HEARTBEAT_SECONDS: z.coerce.number().min(1).max(600).optional(),
  LEDGERPOST_SEALING_KEYS: z.string().optional(),
  LEDGERPOST_DRIFT_EVERY_MINUTES: z.coerce.number().int().min(0).max(10_080).optional(),
  LEDGERPOST_REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).optional(),
  LEDGERPOST_TRUSTED_PROXIES: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
    .optional(),
  LEDGERPOST_SMTP_URL: z.string().optional(),
  LEDGERPOST_SLACK_HOSTS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .optional(),
  LEDGERPOST_CONSOLE_DIR: z.string().min(1).optional(),
  LEDGERPOST_MIGRATE: z.enum(['0', '1']).default('0'),
});

const read = environment.safeParse(process.env);
if (!read.success) {
  for (const issue of read.error.issues) console.error(`${issue.path.join('.')}: ${issue.message}`);
  process.exit(2);
}
const env = read.data;
const publicUrl = env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`;
const { apps, keys, oidc, mail } = connectionsOrExit();

const tracing = await startTracing('ledgerpost-api', process.env);
const store = openStore({ url: env.DATABASE_URL, name: 'ledgerpost-api' });
// Connects when it is first needed: the API starts, answers and accepts batches while Temporal is down.
const temporalConfig = loadClientConnectConfig();
const connection = Connection.lazy(temporalConfig.connectionOptions);
const namespace = temporalConfig.namespace ?? 'default';
const temporal = new Client({
  connection,
  namespace,
  ...(tracing === undefined ? {} : { interceptors: tracing.clientInterceptors }),
});

const app = await buildApi(
  {
    store,
    temporal,
    targets: TARGETS,
    now: () => Date.now(),
    publicUrl: env.PUBLIC_URL,
    oauthApps: apps,
    sealingKeys: keys,
    oidc,
    mail,
    temporalUiUrl: env.TEMPORAL_UI_URL,
    temporalNamespace: namespace,
    heartbeatSeconds: env.LEDGERPOST_HEARTBEAT_SECONDS,
    sweepEveryMs: 10_000,
    lookEveryMinutes: env.LEDGERPOST_DRIFT_EVERY_MINUTES ?? 'usual',
    webhookSecrets: webhookSecretsFrom(process.env, TARGETS),
    consoleDir: env.LEDGERPOST_CONSOLE_DIR ?? fileURLToPath(new URL('../../console/dist', import.meta.url)),
    notices: { mail: Boolean(env.LEDGERPOST_SMTP_URL), slackHosts: ['hooks.slack.com', ...(env.LEDGERPOST_SLACK_HOSTS ?? [])] },
    limits: { requestsPerMinute: env.LEDGERPOST_REQUESTS_PER_MINUTE },
    trustedProxies: env.LEDGERPOST_TRUSTED_PROXIES,
    tracer: tracing?.tracer,
  },
  { level: env.LOG_LEVEL, redact: ['authorization', '*.authorization', '*.headers.authorization', '*.headers.cookie'] },
);

if (env.LEDGERPOST_MIGRATE === '1') {
  await migrate(store);
  // The API serves while Temporal is down. Batches wait then, and the log shows why.
  await prepareTemporal(connection, namespace, Object.values(SEARCH_ATTRIBUTES)).catch((error: unknown) =>
    app.log.warn({ err: error }, 'Temporal could not be prepared: batches wait until its namespace has our search attributes'),
  );
}
// Before anybody can read them: an earlier release kept secrets as they were typed.
await sealStoredSecrets(store, TARGETS, keys);
if (env.LEDGERPOST_ADMIN_KEY) {
  await ensureKey(store, env.LEDGERPOST_ADMIN_KEY, { companyId: null, name: 'bootstrap', roles: ['admin'] }, 'environment');
}
await app.listen({ port: env.PORT, host: env.HOST }).catch(async (error: NodeJS.ErrnoException) => {
  await Promise.allSettled([app.close(), connection.close(), store.close(), tracing?.stop()]);
  console.error(whyNotListening(error));
  process.exit(2);
});

const setUp = await setUpToken(store).catch((error: unknown) => {
  app.log.warn(
    { err: error },
    'the database could not be asked whether anybody has access: restart for a set-up link, if nobody has',
  );
  return undefined;
});
// Not in the log, which others may read: the link gives all access to whoever opens it first.
if (setUp !== undefined) {
  console.info(`Nobody has access yet. Open this link within an hour to become the admin: ${publicUrl}/invitation#${setUp}`);
}

/** Who starts the API reads this, and not a stack. */
function whyNotListening({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${env.PORT} of ${env.HOST} is taken by another program. Stop it, or set PORT to a free port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${env.HOST}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`;
    case 'EACCES':
      return `This user may not listen on port ${env.PORT}. Set PORT to a port above 1023.`;
    default:
      return `The API can’t listen on port ${env.PORT} of ${env.HOST}: ${message}`;
  }
}

function connectionsOrExit() {
  try {
    return {
      apps: oauthAppsFrom(process.env, TARGETS, publicUrl),
      oidc: oidcFrom(process.env, publicUrl),
      mail: mailTermsFrom(process.env),
      keys: env.LEDGERPOST_SEALING_KEYS ? parseSealingKeys(env.LEDGERPOST_SEALING_KEYS) : undefined,
    };
  } catch (error) {
    console.error((error as Error).message);
    return process.exit(2);
  }
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  app.log.info({ signal }, 'stopping');
  await app.close();
  await Promise.allSettled([connection.close(), store.close(), tracing?.stop()]);
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
