import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  buildEditedApps,
  freePort,
  projectRoot,
  qboSimulatorEnv,
  type Service,
  startApi,
  startPostgres,
  startTemporal,
  startWorker,
} from '@ledgerpost/devstack';
import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import { type Alarm, type Simulator, startSimulator } from '@ledgerpost/qbo-simulator';
import { PLANTED } from '../planting/faults.ts';
import { HASTENED } from '../planting/hasten.ts';
import { ownerOfPort } from './owner-of-port.ts';

/** What a drill runs on: all of Ledgerpost as processes, and the simulator in this process. */
export interface DrillStack {
  readonly api: string;
  /** An admin's key of the installation. */
  readonly key: string;
  readonly simulator: Simulator;
  /** Returns the API's answer, with any status. A request with a key counts once, even if it is sent twice. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; body: T }>;
  /** Kills (SIGKILL) the worker that holds the client's end of that connection, or any worker. Another one replaces it. */
  killWorker(port?: number): Promise<void>;
  /** Stops that worker for so many milliseconds, and then lets it continue. */
  freezeWorker(port: number | undefined, ms: number): Promise<void>;
  /** The last output of the workers and the API, for a report. */
  lastWords(): string;
  readonly kills: number;
  stop(): Promise<void>;
}

const KEY = 'lp_drill_0123456789abcdef0123456789abcdef';
/** A worker that is silent for so long counts as dead. Shorter than in production, so that a drill is faster. */
const HEARTBEAT_SECONDS = '3';

/** How the product's processes are loaded. */
export interface Loading {
  /** With a fault, see `PLANTED`. */
  readonly plant?: string | undefined;
  /** With shorter waits for QuickBooks, see `HASTENED`. */
  readonly hasten?: boolean | undefined;
}

/** @param onAlarm called for a request that the simulator holds until a worker was killed or frozen, see `killWorker` */
export async function startDrillStack(
  workers: number,
  onAlarm: (alarm: Alarm) => Promise<void>,
  loading: Loading,
): Promise<DrillStack> {
  const dir = await mkdtemp(join(tmpdir(), 'ledgerpost-drill-'));
  const simulator = await startSimulator({ limits: 'off', onAlarm });
  const { database, temporal } = await (process.env.LEDGERPOST_TEST_DATABASE_URL ? sharedServers() : ownServers(dir));
  const apiPort = await freePort();
  const api = `http://127.0.0.1:${apiPort}`;
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    PUBLIC_URL: api,
    LEDGERPOST_SEALING_KEYS: `drill:${randomBytes(32).toString('base64')}`,
    LEDGERPOST_HEARTBEAT_SECONDS: HEARTBEAT_SECONDS,
    LEDGERPOST_DRIFT_EVERY_MINUTES: '0',
    LOG_LEVEL: 'warn',
    ...(await plantedEnv(loading)),
    ...qboSimulatorEnv(simulator.url),
  };
  const bundle = process.env.LEDGERPOST_WORKFLOW_BUNDLE ?? (await bundleOnce(dir));
  const workerEnv = { ...env, LEDGERPOST_WORKFLOW_BUNDLE: bundle, LEDGERPOST_CHUNK: '40', LEDGERPOST_SLOTS: '24' };
  const apiService = await startApi({ env: { ...env, LEDGERPOST_MIGRATE: '1', LEDGERPOST_ADMIN_KEY: KEY }, port: apiPort });
  const running = new Set<Service>();
  const starting = new Set<Promise<void>>();
  let kills = 0;
  let stopping = false;
  const dead: string[] = [];

  async function oneMore(): Promise<void> {
    const service = await startWorker({ env: workerEnv, metricsPort: await freePort() });
    running.add(service);
    void service.ended.then(({ code, signal }) => {
      running.delete(service);
      if (stopping || signal === 'SIGKILL') return;
      dead.push(`A worker ended unexpectedly (${signal ?? code}): ${service.lastWords()}`);
      if (!stopping) replace();
    });
  }
  /** On a busy machine a worker may take too long to start. Without any, every seed would look stuck. */
  async function untilOneMore(): Promise<void> {
    while (!stopping) {
      try {
        return await oneMore();
      } catch (error) {
        dead.push(String(error));
      }
    }
  }
  function replace(): void {
    const start = untilOneMore();
    starting.add(start);
    void start.then(() => starting.delete(start));
  }
  /** The worker that holds the client's end of that connection, or the next one in turn. */
  async function workerAt(port: number | undefined): Promise<Service | undefined> {
    const all = [...running];
    const pids = all.map(({ pid }) => pid);
    const pid = port === undefined ? undefined : await ownerOfPort(port, Number(new URL(simulator.url).port), pids);
    return all.find((one) => one.pid === pid) ?? all[kills % Math.max(all.length, 1)];
  }
  for (let count = 0; count < workers; count++) await untilOneMore();

  return {
    api,
    key: KEY,
    simulator,
    async call(method, path, body, key) {
      const headers: Record<string, string> = { authorization: `Bearer ${KEY}` };
      if (body !== undefined) headers['content-type'] = typeof body === 'string' ? 'application/x-ndjson' : 'application/json';
      if (key !== undefined) headers['idempotency-key'] = key;
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await asked(`${api}${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) });
      const received = await answer.text();
      return { status: answer.status, body: received === '' ? {} : JSON.parse(received) };
    },
    async killWorker(port) {
      const victim = await workerAt(port);
      if (victim === undefined || stopping) return;
      running.delete(victim);
      kills++;
      process.kill(victim.pid, 'SIGKILL');
      await victim.ended;
      replace();
    },
    async freezeWorker(port, ms) {
      const victim = await workerAt(port);
      if (victim === undefined || stopping) return;
      process.kill(victim.pid, 'SIGSTOP');
      await sleep(ms);
      if (victim.isRunning()) process.kill(victim.pid, 'SIGCONT');
    },
    lastWords: () => [...dead, apiService.lastWords(), ...[...running].map((one) => one.lastWords())].join('\n').slice(-4_000),
    get kills() {
      return kills;
    },
    async stop() {
      stopping = true;
      await Promise.all(starting);
      await Promise.all([...running].map((one) => one.stop()));
      await apiService.stop();
      await temporal.stop();
      await database.stop();
      await simulator.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Workers are killed and started all the time: the workflows are bundled once for all of them. Returns the file. */
async function bundleOnce(dir: string): Promise<string> {
  const bundle = join(dir, 'workflows.js');
  const bundling = [join(projectRoot, 'apps/worker/src/bundle-workflows.ts')];
  await writeFile(bundle, (await promisify(execFile)(process.execPath, bundling, { maxBuffer: 2 ** 26 })).stdout);
  return bundle;
}

interface Servers {
  readonly database: { readonly url: string; stop(): Promise<void> };
  readonly temporal: { readonly address: string; readonly namespace: string; stop(): Promise<void> };
}

async function ownServers(dir: string): Promise<Servers> {
  const temporal = await startTemporal({ dataFile: join(dir, 'temporal.db') });
  return { database: await startPostgres(), temporal: { ...temporal, namespace: 'default', stop: () => temporal.stop() } };
}

/** A database and a namespace at the servers of a test run. */
async function sharedServers(): Promise<Servers> {
  const [database, temporal] = await Promise.all([testDatabase(), testTemporal()]);
  return { database: { url: database.url, stop: () => database.drop() }, temporal: { ...temporal, stop: async () => {} } };
}

/** What makes a process of the product load so: one file, made of sources with these changes. */
async function plantedEnv({ plant, hasten }: Loading): Promise<Record<string, string>> {
  const edits = [...(PLANTED[plant ?? '']?.edits ?? []), ...(hasten === true ? HASTENED : [])];
  return edits.length === 0 ? {} : { LEDGERPOST_BUNDLES: await buildEditedApps(edits) };
}

/** Retries a request that met a connection which the API had closed while it was idle. */
async function asked(url: string, init: RequestInit): Promise<Response> {
  for (let times = 1; ; times++) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (times === 3) throw new Error(`${init.method} ${url}: ${String((error as Error).cause ?? error)}`, { cause: error });
    }
  }
}
