import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { freePort } from '../processes/free-port.ts';
import { type Service, startService } from '../processes/service.ts';
import { findTemporal } from './find-temporal.ts';

export interface TemporalOptions {
  /** The file that keeps workflows between starts. Absent: in memory. */
  readonly dataFile?: string | undefined;
  /** Absent: a free one. */
  readonly port?: number | undefined;
  /** Of the web UI; absent: no UI. */
  readonly uiPort?: number | undefined;
  /** The address of the codec server that the UI asks to decode what it shows; absent: none. Older releases of Temporal's command line can't be told. */
  readonly codecEndpoint?: string | undefined;
  readonly logFile?: string | undefined;
  /** Called with a line when something takes long. */
  readonly print?: ((line: string) => void) | undefined;
}

/** Beside tests that keep all cores busy. On both of two cores it took a sixth more processor time than on one, to look for work on the other. */
const OF_TESTS = {
  GOGC: '1000',
  GOMEMLIMIT: '3GiB',
  GOMAXPROCS: String(Math.max(1, Math.floor(availableParallelism() / 2))),
};

export interface RunningTemporal {
  /** host:port */
  readonly address: string;
  readonly uiUrl?: string | undefined;
  readonly service: Service;
  stop(): Promise<void>;
}

/** The search attributes of the engine's workflows in Temporal's UI; all are keywords. */
export const SEARCH_ATTRIBUTES = ['LedgerpostCompany', 'LedgerpostTarget', 'LedgerpostState', 'LedgerpostBatchName'] as const;

/**
 * Starts Temporal's development server on 127.0.0.1. Resolves when it serves the namespace `default` with the engine's
 * search attributes.
 *
 * @throws Error with the server's last output if it does not start.
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<RunningTemporal> {
  const command = await findTemporal(options.print);
  const codec = await codecFlags(command, options);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const service = await startService({
      name: 'Temporal',
      command,
      args: [...flags(port, options), ...codec],
      env: {
        // Collecting garbage took 40 % of the server's processor time with Go's default (100), measured over fifty batches.
        // Beyond the limit the collector works as hard as ever. A server of tests keeps everything in memory, and is gone soon.
        ...(options.dataFile === undefined ? OF_TESTS : { GOGC: '400', GOMEMLIMIT: '1GiB' }),
        // The command line reads TEMPORAL_… as defaults for its own flags.
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'))),
      },
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
      logFile: options.logFile,
    });
    const address = `127.0.0.1:${port}`;
    try {
      await waitUntilServing(address, service);
      const uiUrl = options.uiPort === undefined ? undefined : `http://127.0.0.1:${options.uiPort}`;
      return { address, uiUrl, service, stop: () => service.stop() };
    } catch (error) {
      await service.stop();
      // Another process may have taken the free port in between.
      if (options.port !== undefined || attempt === 3) throw error;
    }
  }
}

function flags(port: number, { dataFile, uiPort }: TemporalOptions): string[] {
  const dynamic = [
    // The development server has one shard, which by default polls its queues 20 times a second: 50 ms for every hop.
    'history.transferProcessorMaxPollRPS=2000',
    'history.timerProcessorMaxPollRPS=2000',
    'history.visibilityProcessorMaxPollRPS=2000',
  ];
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...dynamic.flatMap((value) => ['--dynamic-config-value', value]),
    ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    // A power cut may cost Temporal its last seconds: the engine hands over again what Temporal lost.
    ...(dataFile ? ['--db-filename', dataFile, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=OFF'] : []),
  ];
}

/** The UI's flag for a codec server, where this release has it. */
async function codecFlags(command: string, { uiPort, codecEndpoint }: TemporalOptions): Promise<readonly string[]> {
  if (uiPort === undefined || codecEndpoint === undefined) return [];
  const flag = '--ui-codec-endpoint';
  const help = await promisify(execFile)(command, ['server', 'start-dev', '--help']).catch(() => ({ stdout: '' }));
  return help.stdout.includes(flag) ? [flag, codecEndpoint] : [];
}

async function waitUntilServing(address: string, service: Service): Promise<void> {
  const deadline = Date.now() + 60_000;
  let last: unknown;
  while (service.isRunning() && Date.now() < deadline) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        await connection.workflowService.describeNamespace({ namespace: 'default' });
        const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
        const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in (customAttributes ?? {})));
        if (missing.length === 0) return;
        last = new Error(`The server does not know the search attributes ${missing.join(', ')}.`);
      } finally {
        await connection.close();
      }
    } catch (error) {
      last = error;
    }
    await sleep(50);
  }
  throw new Error(`Temporal did not start. Its last output:\n${service.lastWords()}`, { cause: last });
}
