import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rememberServices } from '../processes/orphans.ts';
import type { Service } from '../processes/service.ts';
import { qboSimulatorClient } from '../servers/qbo-simulator-client.ts';
import { startPostgres } from '../servers/start-postgres.ts';
import { qboSimulatorEnv, type RunningQboSimulator, startQboSimulator } from '../servers/start-qbo-simulator.ts';
import { startTemporal } from '../servers/start-temporal.ts';
import type { StackAddresses } from './addresses.ts';
import { buildApps } from './build-apps.ts';
import { buildConsole } from './build-console.ts';
import type { Ports } from './claim-ports.ts';
import { keepSecret, newAdminKey, newSealingKeys } from './keep-secret.ts';
import { startApi, startWorker } from './start-app.ts';

/** The companies that a person can connect to in the simulator, created at its first start. */
const SIMULATED_COMPANIES = [
  { companyName: 'Simulated Books', preferences: { classTracking: 'off' } },
  { companyName: 'Simulated Books with Classes', classes: ['General', 'HVAC', 'Plumbing'] },
];

export interface RunningParts {
  readonly addresses: StackAddresses;
  readonly adminKey: string;
  readonly services: readonly Service[];
}

/**
 * Starts the parts of a stack on these ports, in order: Postgres, Temporal, the simulator, the API, the worker.
 *
 * @param undo receives a step for each thing to undo, newest first, also if a later part does not start
 * @throws Error with the last output of a part that did not start
 */
export async function startParts(
  dataDir: string,
  ports: Ports,
  print: (line: string) => void,
  undo: (() => Promise<void>)[],
): Promise<RunningParts> {
  const logs = join(dataDir, 'logs');
  await makePrivate(logs);
  const log = (name: string) => join(logs, `${name}.log`);
  const services: Service[] = [];
  const pids = join(dataDir, 'processes.json');
  undo.unshift(() => rm(pids, { force: true }));
  const started = async (service: Service, stop: () => Promise<void>) => {
    undo.unshift(stop);
    services.push(service);
    await rememberServices(pids, services);
  };
  const apiUrl = `http://127.0.0.1:${ports.api}`;
  // The servers start at the same time; only the API has to wait for it.
  const consoleBuilt = buildConsole(print);
  const appsBuilt = buildApps(print);

  let databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    print('Starting Postgres …');
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres, logFile: log('postgres') });
    await started(postgres.service, () => postgres.stop());
    databaseUrl = postgres.url;
  }

  let temporalAddress = process.env.TEMPORAL_ADDRESS;
  let temporalUiUrl = process.env.TEMPORAL_UI_URL;
  if (!temporalAddress) {
    print('Starting Temporal …');
    const temporal = await startTemporal({
      dataFile: await temporalFile(dataDir),
      port: ports.temporal,
      uiPort: ports.temporalUi,
      codecEndpoint: `${process.env.PUBLIC_URL ?? apiUrl}/v1/temporal`,
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
      notifies: apiUrl,
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
  await Promise.all([consoleBuilt, appsBuilt]);
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
  return { addresses, adminKey, services };
}

/** Temporal's file, in a folder that only its owner can enter. Earlier releases kept it in the data folder itself. */
async function temporalFile(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'temporal');
  await makePrivate(folder);
  for (const ending of ['', '-wal', '-shm']) {
    const file = join(folder, `temporal.db${ending}`);
    await rename(join(dataDir, `temporal.db${ending}`), file).catch(() => {});
    await chmod(file, 0o600).catch(() => {});
  }
  return join(folder, 'temporal.db');
}

async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
}
