import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, preferPort } from '../processes/free-port.ts';
import { holdLock, LockedError, lockHolder } from '../processes/hold-lock.ts';
import { rememberServices, stopOrphans } from '../processes/orphans.ts';
import type { Service } from '../processes/service.ts';
import { projectRoot } from '../project.ts';
import { qboSimulatorClient } from '../servers/qbo-simulator-client.ts';
import { startPostgres } from '../servers/start-postgres.ts';
import { qboSimulatorEnv, type RunningQboSimulator, startQboSimulator } from '../servers/start-qbo-simulator.ts';
import { startTemporal } from '../servers/start-temporal.ts';
import { buildConsole } from './build-console.ts';
import { startApi, startWorker } from './start-app.ts';

/** The addresses of a running stack. */
export interface StackAddresses {
  readonly apiUrl: string;
  readonly docsUrl: string;
  readonly metricsUrl: string;
  readonly workerMetricsUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Absent for a Temporal of your own, unless TEMPORAL_UI_URL is set. */
  readonly temporalUiUrl?: string | undefined;
  /** Absent if LEDGERPOST_QBO_CLIENT_ID names an app at QuickBooks. */
  readonly qboSimulatorUrl?: string | undefined;
}

export interface Stack extends StackAddresses {
  /** The installation admin's key. */
  readonly adminKey: string;
  /** Resolves with a message when one of its processes ends unexpectedly. Never rejects. */
  readonly broken: Promise<string>;
  /** Stops in order: worker and API, the simulator, Temporal, Postgres. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface StackOptions {
  /** The folder that keeps the data between starts. */
  readonly dataDir?: string | undefined;
  readonly print?: ((line: string) => void) | undefined;
}

export const defaultDataDir = join(projectRoot, '.ledgerpost/data');

/** The companies that a person can connect to in the simulator, created at its first start. */
const SIMULATED_COMPANIES = [
  { companyName: 'Simulated Books', preferences: { classTracking: 'off' } },
  { companyName: 'Simulated Books with Classes', classes: ['General', 'HVAC', 'Plumbing'] },
];

/**
 * Starts all of Ledgerpost on this machine: Postgres, Temporal with its UI, a QuickBooks simulator, the API and a
 * worker. DATABASE_URL, and TEMPORAL_ADDRESS with Temporal's other variables, name existing servers to use instead. With
 * LEDGERPOST_QBO_CLIENT_ID it uses QuickBooks itself.
 *
 * @throws Error with a message for people if another stack runs on this data or a part did not start. Nothing is left running then.
 */
export async function startStack({ dataDir = defaultDataDir, print = () => {} }: StackOptions = {}): Promise<Stack> {
  const logs = join(dataDir, 'logs');
  await mkdir(logs, { recursive: true });
  // Newest first: the last one started is the first one stopped.
  const undo: (() => Promise<void>)[] = [];
  const lock = await takeLock(dataDir);
  undo.unshift(() => lock.release());
  const services: Service[] = [];
  const log = (name: string) => join(logs, `${name}.log`);

  const pids = join(dataDir, 'processes.json');
  const started = async (service: Service, stop: () => Promise<void>) => {
    undo.unshift(stop);
    services.push(service);
    await rememberServices(pids, services);
  };

  try {
    await stopOrphans(pids);
    undo.unshift(() => rm(pids, { force: true }));
    const ports = await choosePorts(dataDir, print);
    const apiUrl = `http://127.0.0.1:${ports.api}`;
    // The servers start at the same time; only the API has to wait for it.
    const consoleBuilt = buildConsole(print);

    let databaseUrl = process.env.DATABASE_URL;
    if (!databaseUrl) {
      print('Starting Postgres …');
      const postgres = await startPostgres({
        dataDir: join(dataDir, 'postgres'),
        port: ports.postgres,
        logFile: log('postgres'),
      });
      await started(postgres.service, () => postgres.stop());
      databaseUrl = postgres.url;
    }

    let temporalAddress = process.env.TEMPORAL_ADDRESS;
    let temporalUiUrl = process.env.TEMPORAL_UI_URL;
    if (!temporalAddress) {
      print('Starting Temporal …');
      const temporal = await startTemporal({
        dataFile: join(dataDir, 'temporal.db'),
        port: ports.temporal,
        uiPort: ports.temporalUi,
        logFile: log('temporal'),
        print,
      });
      await started(temporal.service, () => temporal.stop());
      temporalAddress = temporal.address;
      temporalUiUrl = temporal.uiUrl;
    }

    let simulator: RunningQboSimulator | undefined;
    if (!process.env.LEDGERPOST_QBO_CLIENT_ID) {
      print('Starting the QuickBooks simulator …');
      const running = await startQboSimulator({
        port: ports.qboSimulator,
        dataDir: join(dataDir, 'qbo-simulator'),
        tells: apiUrl,
        logFile: log('qbo-simulator'),
      });
      await started(running.service, () => running.stop());
      const books = qboSimulatorClient(running.url);
      if ((await books.companies()).length === 0) for (const company of SIMULATED_COMPANIES) await books.createCompany(company);
      simulator = running;
    }

    const adminKey = await keepSecret(dataDir, 'admin-key', newAdminKey);
    const sealingKeys = process.env.LEDGERPOST_SEALING_KEYS || (await keepSecret(dataDir, 'sealing-keys', newSealingKeys));
    const env = {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_UI_URL: temporalUiUrl,
      PUBLIC_URL: process.env.PUBLIC_URL ?? apiUrl,
      LEDGERPOST_MIGRATE: '1',
      LEDGERPOST_ADMIN_KEY: adminKey,
      LEDGERPOST_SEALING_KEYS: sealingKeys,
      ...(simulator === undefined ? {} : qboSimulatorEnv(simulator.url)),
    };
    await consoleBuilt;
    print('Starting the API …');
    const api = await startApi({ env, port: ports.api, logFile: log('api') });
    await started(api, () => api.stop());
    print('Starting the worker …');
    const { LEDGERPOST_ADMIN_KEY: _, ...workerEnv } = env;
    const worker = await startWorker({ env: workerEnv, metricsPort: ports.workerMetrics, logFile: log('worker') });
    await started(worker, () => worker.stop());

    const addresses: StackAddresses = {
      apiUrl,
      docsUrl: `${apiUrl}/docs`,
      metricsUrl: `${apiUrl}/metrics`,
      workerMetricsUrl: `http://127.0.0.1:${ports.workerMetrics}/metrics`,
      temporalAddress,
      temporalNamespace: process.env.TEMPORAL_NAMESPACE ?? 'default',
      temporalUiUrl,
      qboSimulatorUrl: simulator?.url,
    };
    const note = join(dataDir, 'stack.json');
    await writeFile(note, `${JSON.stringify(addresses, null, 2)}\n`);
    undo.unshift(() => rm(note, { force: true }));

    let stopping: Promise<void> | undefined;
    return {
      ...addresses,
      adminKey,
      broken: Promise.race(
        services.map(async (service) => {
          const { code, signal } = await service.ended;
          // An end that we asked for is not reported.
          if (stopping) return new Promise<never>(() => {});
          return `${service.name} ended unexpectedly (${signal ?? `exit code ${code}`}). Its last output:\n${service.lastWords()}\nThe whole log is in ${logs}.`;
        }),
      ),
      stop: () => (stopping ??= runAll(undo)),
    };
  } catch (error) {
    await runAll(undo);
    throw error;
  }
}

/** The stack that runs on this data in another process, or undefined. */
export async function runningStack(
  dataDir: string = defaultDataDir,
): Promise<(StackAddresses & { readonly adminKey: string }) | undefined> {
  if (!(await lockHolder(join(dataDir, 'lock')))) return undefined;
  try {
    const addresses = JSON.parse(await readFile(join(dataDir, 'stack.json'), 'utf8')) as StackAddresses;
    const adminKey = (await readFile(join(dataDir, 'admin-key'), 'utf8')).trim();
    const answer = await fetch(`${addresses.apiUrl}/health/live`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? { ...addresses, adminKey } : undefined;
  } catch {
    // It is still starting, or stopping.
    return undefined;
  }
}

async function takeLock(dataDir: string) {
  try {
    return await holdLock(join(dataDir, 'lock'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new Error(
      `Ledgerpost is already running on ${dataDir}, in process ${error.pid}. Use it, or stop it with Ctrl-C first.`,
      {
        cause: error,
      },
    );
  }
}

const preferred = { api: 4610, workerMetrics: 4611, postgres: 4612, temporal: 7233, temporalUi: 8233, qboSimulator: 4613 };
type Ports = typeof preferred;

/**
 * The ports of the last start where they are free, so that earlier links still work. Only the default data folder has
 * fixed preferred ports; the stack of a test uses any free ones.
 */
async function choosePorts(dataDir: string, print: (line: string) => void): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Partial<Ports>,
    () => ({}),
  );
  const usual = dataDir === defaultDataDir ? preferred : {};
  const wanted: Partial<Ports> = { ...usual, ...known, ...(process.env.PORT ? { api: Number(process.env.PORT) } : {}) };
  const ports = { ...preferred };
  const taken = new Set<number>();
  for (const name of Object.keys(preferred) as (keyof Ports)[]) {
    const first = wanted[name];
    let port = first === undefined ? await freePort() : await preferPort(first);
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    if (first !== undefined && port !== first) print(`Port ${first} (${name}) is in use. Using ${port} instead.`);
    ports[name] = port;
  }
  await writeFile(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

/** Created once, and readable for its owner alone. The demo, the command line and the next start read it. */
async function keepSecret(dataDir: string, name: string, make: () => string): Promise<string> {
  const file = join(dataDir, name);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return known.trim();
  const secret = make();
  await writeFile(`${file}.draft`, `${secret}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
  return secret;
}

const newAdminKey = () => `lp_${randomBytes(6).toString('hex')}_${randomBytes(24).toString('hex')}`;
const newSealingKeys = () => `local:${randomBytes(32).toString('base64')}`;

/** Runs every step, even after one that failed. */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything stopped as it should.');
}
