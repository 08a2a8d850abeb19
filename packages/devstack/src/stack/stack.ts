import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLock, LockedError, lockHolder } from '../processes/hold-lock.ts';
import { stopOrphans } from '../processes/orphans.ts';
import type { Service } from '../processes/service.ts';
import { projectRoot } from '../project.ts';
import type { StackAddresses } from './addresses.ts';
import { claimPorts, type Ports } from './claim-ports.ts';
import { type RunningParts, startParts } from './start-parts.ts';

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

/** Only the default data folder has ports that people know; the stack of a test uses any free ones. */
const PREFERRED: Ports = {
  api: 4610,
  workerMetrics: 4611,
  postgres: 4612,
  temporal: 7233,
  temporalUi: 8233,
  qboSimulator: 4613,
};
/** How often a stack may find one of its ports taken by another program before it gives up. */
const TRIES = 5;

/**
 * Starts all of Ledgerpost on this machine: Postgres, Temporal with its UI, a QuickBooks simulator, the API and a
 * worker. DATABASE_URL, and TEMPORAL_ADDRESS with Temporal's other variables, name existing servers to use instead. With
 * LEDGERPOST_QBO_CLIENT_ID it uses QuickBooks itself.
 *
 * @throws Error with a message for people if another stack runs on this data or a part did not start. Nothing is left running then.
 */
export async function startStack({ dataDir = defaultDataDir, print = () => {} }: StackOptions = {}): Promise<Stack> {
  await mkdir(dataDir, { recursive: true });
  // Newest first: the last one started is the first one stopped.
  const undo: (() => Promise<void>)[] = [];
  const lock = await takeLock(dataDir);
  undo.unshift(() => lock.release());
  try {
    await stopOrphans(join(dataDir, 'processes.json'));
    const { addresses, adminKey, services } = await startOnFreePorts(dataDir, print, undo);
    let stopping: Promise<void> | undefined;
    return {
      ...addresses,
      adminKey,
      broken: firstEnd(services, join(dataDir, 'logs'), () => stopping !== undefined),
      stop: () => (stopping ??= runAll(undo)),
    };
  } catch (error) {
    await runAll(undo);
    throw error;
  }
}

/** Starts the parts; where another program took one of the ports in between, stops them and chooses ports again. */
async function startOnFreePorts(
  dataDir: string,
  print: (line: string) => void,
  undo: (() => Promise<void>)[],
): Promise<RunningParts> {
  for (let attempt = 1; ; attempt += 1) {
    const claimed = await claimPorts({
      file: join(dataDir, 'ports.json'),
      preferred: dataDir === defaultDataDir ? PREFERRED : {},
      wanted: process.env.PORT ? { api: Number(process.env.PORT) } : {},
      print,
    });
    const undoParts = [() => claimed.release()];
    try {
      const parts = await startParts(dataDir, claimed.ports, print, undoParts);
      undo.unshift(...undoParts);
      return parts;
    } catch (error) {
      const release = undoParts.pop()!;
      await runAll(undoParts);
      const taken = await claimed.anyTaken();
      await release();
      if (!taken || attempt === TRIES) throw error;
      print('Another program has taken a port. Starting again on other ports …');
    }
  }
}

/** Resolves with a message when a service ends that nobody stopped. Never rejects. */
function firstEnd(services: readonly Service[], logs: string, isStopping: () => boolean): Promise<string> {
  return Promise.race(
    services.map(async (service) => {
      const { code, signal } = await service.ended;
      // An end that we asked for is not reported.
      if (isStopping()) return new Promise<never>(() => {});
      return `${service.name} ended unexpectedly (${signal ?? `exit code ${code}`}). Its last output:\n${service.lastWords()}\nThe whole log is in ${logs}.`;
    }),
  );
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

/** Runs every step, even after one that failed. */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything stopped as it should.');
}
