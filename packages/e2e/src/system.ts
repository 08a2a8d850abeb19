import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectToSimulator,
  freePort,
  type QboSimulatorOptions,
  qboSimulatorEnv,
  type RunningPostgres,
  type RunningQboSimulator,
  type RunningTemporal,
  type Service,
  type SimulatedBooks,
  startApi,
  startPostgres,
  startQboSimulator,
  startTemporal,
  startWorker,
} from '@ledgerpost/devstack';
import { testDatabase, testTemporal } from '@ledgerpost/devstack/testing';
import postgres from 'postgres';

/** All of Ledgerpost as processes that a test may kill. Each part keeps its address. */
export interface System {
  readonly api: string;
  readonly authorization: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** The installation admin's key. */
  readonly key: string;
  /** Present if the system was started with a QuickBooks simulator. */
  readonly simulator?: RunningQboSimulator | undefined;
  /** The folder with its data. */
  readonly folder: string;
  /** Temporal's server, if it was started here alone and is running. */
  temporalPid(): number | undefined;
  /** The server and its running backends. */
  postgresPids(): number[];
  readonly sql: postgres.Sql;
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
  /** @param more variables for this worker alone; undefined removes one */
  startWorker(more?: Environment): Promise<Service>;
  startApi(): Promise<Service>;
  /** Another API, at its own address. */
  startSecondApi(): Promise<string>;
  /** SIGKILL to the newest API. */
  killApi(): Promise<void>;
  startPostgres(): Promise<void>;
  /** Like a power cut: no checkpoint, no shutdown. */
  killPostgres(): Promise<void>;
  startTemporal(): Promise<void>;
  stopTemporal(): Promise<void>;
  stop(): Promise<void>;
}

const SEALING_KEYS = `e2e:${Buffer.alloc(32, 'e2e').toString('base64')}`;
const KEY = 'lp_e2e_0123456789abcdef0123456789abcdef';

/** A worker with its own defaults. */
export const AS_SHIPPED = { LEDGERPOST_CHUNK: undefined, LEDGERPOST_SLOTS: undefined };

export interface SystemOptions {
  /** Start a QuickBooks simulator too, and configure API and workers for it. Its limits are on by default. */
  readonly simulator?: QboSimulatorOptions | undefined;
  /** The address of a Temporal that the test started. Default: a development server, started here. */
  readonly temporalAddress?: string | undefined;
  /** More variables for APIs and workers. */
  readonly env?: Environment | undefined;
  /** More settings of Postgres, as `name=value`. */
  readonly postgres?: readonly string[] | undefined;
  /**
   * A database and a namespace at the servers of the test run will do, where it has some: nothing here stops, kills or measures a
   * server. To start servers for one file alone takes seconds of a processor.
   */
  readonly shared?: boolean | undefined;
}

/** Variables; undefined removes one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @param forWorker more variables for workers; undefined removes one */
export async function startSystem(forWorker: Environment = {}, options: SystemOptions = {}): Promise<System> {
  const dir = await mkdtemp(join(tmpdir(), 'ledgerpost-e2e-'));
  // Postgres runs as a separate user, which must be able to reach its folder.
  await chmod(dir, 0o755);
  const apiPort = await freePort();
  const services = new Set<Service>();
  const servers = await (options.shared && process.env.LEDGERPOST_TEST_DATABASE_URL ? sharedServers() : ownServers(dir, options));
  const { databaseUrl, temporalAddress, temporalNamespace } = servers;
  const sql = postgres(databaseUrl, { max: 20, onnotice: () => {}, connection: { application_name: 'e2e' } });
  const simulator = options.simulator && (await startQboSimulator(options.simulator));
  const address = `http://127.0.0.1:${apiPort}`;
  const env = {
    ...(simulator && qboSimulatorEnv(simulator.url)),
    PUBLIC_URL: address,
    LEDGERPOST_SEALING_KEYS: SEALING_KEYS,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: temporalNamespace,
    LEDGERPOST_MIGRATE: '1',
    LEDGERPOST_ADMIN_KEY: KEY,
    LOG_LEVEL: 'warn',
    // No automatic checks: they would use requests that a test counts.
    LEDGERPOST_DRIFT_EVERY_MINUTES: '0',
    ...options.env,
  };
  // Two chunks a step: eight batches, stopped in eight steps at once, must fit the worker's slots and connections.
  const workerEnv = { ...env, LEDGERPOST_CHUNK: '2000', LEDGERPOST_SLOTS: '16', ...forWorker };
  const keep = async (starting: Promise<Service>) => {
    const service = await starting;
    services.add(service);
    void service.ended.then(({ code, signal }) => {
      if (code !== 0 && signal !== 'SIGKILL')
        console.error(`${service.name} ended with ${signal ?? code}: ${service.lastWords()}`);
    });
    return service;
  };
  let api: Service | undefined;

  return {
    api: address,
    authorization: `Bearer ${KEY}`,
    key: KEY,
    simulator,
    folder: dir,
    ...servers,
    sql,
    async call(method, path, body, headers = {}) {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${KEY}`,
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(text === undefined ? {} : { body: text }),
      });
      const answered = await answer.text();
      return { status: answer.status, body: answered === '' ? {} : JSON.parse(answered) };
    },
    async startApi() {
      api = await keep(startApi({ env, port: apiPort }));
      return api;
    },
    async startSecondApi() {
      const port = await freePort();
      await keep(startApi({ env, port }));
      return `http://127.0.0.1:${port}`;
    },
    async killApi() {
      process.kill(api!.pid, 'SIGKILL');
      await api!.ended;
    },
    startWorker: async (more = {}) => keep(startWorker({ env: { ...workerEnv, ...more }, metricsPort: await freePort() })),
    async stop() {
      for (const service of services) await service.stop();
      await simulator?.stop();
      await sql.end({ timeout: 2 });
      await servers.end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** What a system runs on, and what a test may do to it. */
interface Servers
  extends Pick<
    System,
    | 'databaseUrl'
    | 'temporalAddress'
    | 'temporalNamespace'
    | 'temporalPid'
    | 'postgresPids'
    | 'startPostgres'
    | 'killPostgres'
    | 'startTemporal'
    | 'stopTemporal'
  > {
  end(): Promise<void>;
}

/** Servers of this system alone, on data as safe as in production. */
async function ownServers(dir: string, options: SystemOptions): Promise<Servers> {
  const [databasePort, temporalPort] = [await freePort(), await freePort()];
  const begin = () => startPostgres({ dataDir: join(dir, 'postgres'), port: databasePort, settings: options.postgres });
  const beginTemporal = () => startTemporal({ dataFile: join(dir, 'temporal.db'), port: temporalPort });
  let database: RunningPostgres = await begin();
  let temporal: RunningTemporal | undefined = options.temporalAddress === undefined ? await beginTemporal() : undefined;
  return {
    databaseUrl: database.url,
    temporalAddress: temporal?.address ?? options.temporalAddress!,
    temporalNamespace: 'default',
    temporalPid: () => temporal?.service.pid,
    postgresPids: () => [database.service.pid, ...childrenOf(database.service.pid)],
    async startPostgres() {
      database = await begin();
    },
    async killPostgres() {
      // SIGQUIT is Postgres' immediate shutdown: every connection is cut, and the next start recovers from the log.
      process.kill(database.service.pid, 'SIGQUIT');
      await database.service.ended;
    },
    async startTemporal() {
      temporal = await beginTemporal();
    },
    async stopTemporal() {
      await temporal?.stop();
      temporal = undefined;
    },
    async end() {
      await temporal?.stop();
      await database.stop();
    },
  };
}

/** A database and a namespace at the servers that the test run has started for all. */
async function sharedServers(): Promise<Servers> {
  const [database, temporal] = await Promise.all([testDatabase(), testTemporal()]);
  const refuse = () => {
    throw new Error('These servers serve other tests too. Start the system without `shared`.');
  };
  return {
    databaseUrl: database.url,
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace,
    temporalPid: () => undefined,
    postgresPids: refuse,
    startPostgres: refuse,
    killPostgres: refuse,
    startTemporal: refuse,
    stopTemporal: refuse,
    end: () => database.drop(),
  };
}

/** Records of one company, the same for every company, so that the results can be compared to the byte. */
export function records(invoices: number): string {
  const lines: object[] = [];
  for (let c = 0; c < 50; c++) lines.push({ type: 'customer', id: `c-${c}`, accountingKey: `Customer ${c}` });
  for (let n = 0; n < invoices; n++) {
    const customerId = `c-${n % 50}`;
    const amount = `${100 + (n % 900)}.${String(n % 100).padStart(2, '0')}`;
    lines.push({
      type: 'invoice',
      id: `i-${n}`,
      number: String(10_000 + n),
      customerId,
      status: 'finalized',
      date: `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`,
      lines: [{ name: 'Tune-up', quantity: '1', unitPrice: amount, amount, taxable: false }],
      // One in fifty does not add up, so that every step has a problem to handle.
      total: n % 50 === 7 ? '1.00' : amount,
    });
    if (n % 3 === 0) {
      lines.push({
        type: 'payment',
        id: `p-${n}`,
        reference: String(n),
        customerId,
        method: 'Check',
        date: '2026-10-29',
        amount,
        status: 'received',
        allocations: n % 50 === 7 ? [] : [{ invoiceId: `i-${n}`, amount }],
      });
    }
  }
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** A company with its records, ready to batch. */
export async function newCompany(system: System, id: string, invoices: number): Promise<void> {
  const expectSuccess = async (what: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await what;
    if (status >= 300) throw new Error(`The API answered ${status}: ${JSON.stringify(body)}`);
  };
  await expectSuccess(
    system.call('PUT', `/v1/companies/${id}`, { name: 'Amy’s HVAC', timeZone: 'America/Los_Angeles', currency: 'USD' }),
  );
  await expectSuccess(
    system.call('PUT', `/v1/companies/${id}/targets/saasant`, {
      accounts: { income: 'Services', refund: 'Checking', receivable: 'Accounts Receivable (A/R)' },
    }),
  );
  await expectSuccess(
    system.call('POST', `/v1/companies/${id}/records`, records(invoices), { 'content-type': 'application/x-ndjson' }),
  );
}

/** A company that is connected to its own simulated books, without records. Returns the realm of the books. */
export async function newConnectedCompany(system: System, id: string, books: SimulatedBooks = {}): Promise<string> {
  const put = async (path: string, body: unknown) => {
    const answer = await system.call('PUT', path, body);
    if (answer.status >= 300) throw new Error(`The API answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  await put(`/v1/companies/${id}`, { name: 'Amy’s HVAC', timeZone: 'America/Los_Angeles', currency: 'USD' });
  await put(`/v1/companies/${id}/targets/qbo`, {});
  if (system.simulator === undefined) throw new Error('The system was started without a simulator.');
  return connectToSimulator(system.api, system.key, id, system.simulator.url, books);
}

export interface Batch {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

/** Waits by long poll until a batch is in one of these states. Never sleeps. */
export async function untilState(
  system: System,
  company: string,
  batchId: string,
  states: readonly string[],
  ms = 100_000,
): Promise<Batch> {
  for (let version = 0, deadline = Date.now() + ms; Date.now() < deadline; ) {
    const { status, body } = await system
      .call<Batch>('GET', `/v1/companies/${company}/batches/${batchId}?after=${version}&wait=20`)
      .catch(() => ({ status: 503, body: undefined }));
    if (status !== 200 || body === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    if (states.includes(body.state)) return body;
    version = body.version;
  }
  throw new Error(`Batch ${batchId} of ${company} did not reach ${states.join(' or ')}.`);
}

/** The result of a batch: counts, totals and the hashes of its files. */
export async function outcomeOf(system: System, company: string, batchId: string) {
  const batch = (await system.call('GET', `/v1/companies/${company}/batches/${batchId}`)).body as Record<string, unknown>;
  const files = (await system.call<{ rows?: unknown[] }>('GET', `/v1/companies/${company}/batches/${batchId}/files`)).body;
  const list = (files.rows ?? (files as unknown as { files?: unknown[] }).files ?? []) as { name: string; sha256: string }[];
  return {
    state: batch.state,
    totals: batch.totals,
    files: list.filter((file) => file.name.endsWith('.xlsx')).map((file) => [file.name, file.sha256]),
  };
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
