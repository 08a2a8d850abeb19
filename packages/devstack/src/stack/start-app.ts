import type { Service, ServiceOrder } from '../processes/service.ts';
import { startServing } from '../processes/start-serving.ts';
import { projectRoot } from '../project.ts';
import { programOf } from './build-apps.ts';

export interface AppOptions {
  /** Its configuration, in addition to this process's own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile?: string | undefined;
}

/**
 * Starts one API. Resolves when it is ready to serve. Several may run at once.
 *
 * @throws Error with its last words if it ends or is not ready in time.
 */
export function startApi(options: AppOptions & { readonly port: number }): Promise<Service> {
  const env = { HOST: '127.0.0.1', ...options.env, PORT: String(options.port) };
  return startApp('api', 'The API', { ...options, env }, `http://127.0.0.1:${options.port}/health/ready`);
}

/** Starts one worker. Resolves when its metrics can be read. Several may run at once. */
export function startWorker(options: AppOptions & { readonly metricsPort: number }): Promise<Service> {
  const env = { ...WORKER_ENV, ...options.env, METRICS_PORT: String(options.metricsPort) };
  return startApp('worker', 'The worker', { ...options, env }, `http://127.0.0.1:${options.metricsPort}/metrics`);
}

/**
 * As in the worker's own start script: without limits V8 uses more memory instead of collecting garbage. Until how much V8 lets the heap
 * grow after each collection depends on the first limit: with 256 MB it collected twice a second during a large batch, which was a fifth of
 * the worker's processor time. New objects get 8 MB at once: V8 would begin with 1 MB, and a check of files is over before it has more.
 * With 16 MB a worker needs up to 40 MB more, and neither a check nor a large batch is faster.
 */
const WORKER_HEAP = ['--max-old-space-size=1024', '--max-semi-space-size=8', '--min-semi-space-size=8'];

/**
 * glibc would keep what large pieces of a file took for later ones, between smaller ones that stay: some 30 MB during an import. Above
 * this size, in bytes, it asks the system for each piece, and returns it.
 */
const WORKER_ENV = { MALLOC_MMAP_THRESHOLD_: '65536' };

async function startApp(folder: string, name: string, options: AppOptions, readyUrl: string): Promise<Service> {
  const env = { ...process.env, ...options.env };
  const order: ServiceOrder = {
    name,
    command: process.execPath,
    args: [...(folder === 'worker' ? WORKER_HEAP : []), programOf(folder, env)],
    cwd: projectRoot,
    env,
    stopSignal: 'SIGTERM',
    graceMs: 20_000,
    logFile: options.logFile,
  };
  return startServing(order, readyUrl);
}
