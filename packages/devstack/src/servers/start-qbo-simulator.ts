import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import type { Service } from '../processes/service.ts';
import { startServing } from '../processes/start-serving.ts';
import { projectRoot } from '../project.ts';

export interface QboSimulatorOptions {
  /** Absent: a free one. */
  readonly port?: number | undefined;
  /** The folder that keeps simulated books between starts. Absent: in memory. */
  readonly dataDir?: string | undefined;
  /** Absent: QuickBooks' own. */
  readonly limits?: 'off' | undefined;
  /** Minimum time of every answer, in milliseconds. */
  readonly latencyMs?: number | undefined;
  /** For tokens and for faults by probability. */
  readonly seed?: number | undefined;
  /** Behavior where QuickBooks' own is not known: the simulator's README lists the switches. */
  readonly switches?: Readonly<Record<string, string>> | undefined;
  /** The address of an API that receives webhooks for changes in the simulated books. */
  readonly notifies?: string | undefined;
  readonly logFile?: string | undefined;
}

export interface RunningQboSimulator {
  /** Its control is below, at /_control. */
  readonly url: string;
  readonly service: Service;
  stop(): Promise<void>;
}

/**
 * Starts the simulator of QuickBooks Online on 127.0.0.1, with its limits on. Resolves when it serves.
 *
 * @throws Error with its last output if it does not start.
 */
export async function startQboSimulator(options: QboSimulatorOptions = {}): Promise<RunningQboSimulator> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const order = {
    name: 'The QuickBooks simulator',
    command: process.execPath,
    args: [join(projectRoot, 'packages/qbo-simulator/bin/qbo-simulator.mjs'), ...flags(port, options)],
    stopSignal: 'SIGTERM' as const,
    graceMs: 20_000,
    logFile: options.logFile,
  };
  const service = await startServing(order, `${url}/_control`);
  return { url, service, stop: () => service.stop() };
}

/** Public, like all secrets of the simulator. */
const VERIFIER_TOKEN = 'simulator-verifier';

/** The variables that make API and worker use a simulator as QuickBooks. */
export function qboSimulatorEnv(url: string): Readonly<Record<string, string>> {
  return {
    LEDGERPOST_QBO_CLIENT_ID: 'simulator-client',
    LEDGERPOST_QBO_CLIENT_SECRET: 'simulator-secret',
    LEDGERPOST_QBO_ENVIRONMENT: 'simulator',
    LEDGERPOST_QBO_AUTHORIZE_URL: `${url}/connect/oauth2`,
    LEDGERPOST_QBO_TOKEN_URL: `${url}/oauth2/v1/tokens/bearer`,
    LEDGERPOST_QBO_REVOKE_URL: `${url}/v2/oauth2/tokens/revoke`,
    LEDGERPOST_QBO_API_URL: url,
    LEDGERPOST_QBO_WEBHOOK_VERIFIER_TOKEN: VERIFIER_TOKEN,
  };
}

function flags(port: number, { dataDir, limits, latencyMs, seed, switches = {}, notifies }: QboSimulatorOptions): string[] {
  return [
    ...['--port', String(port)],
    ...(dataDir === undefined ? [] : ['--data', dataDir]),
    ...(limits === undefined ? [] : ['--limits', limits]),
    ...(latencyMs === undefined ? [] : ['--latency', String(latencyMs)]),
    ...(notifies === undefined
      ? []
      : ['--webhook', `${notifies}/v1/webhooks/quickbooks-online`, '--verifier-token', VERIFIER_TOKEN]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...Object.entries(switches).flatMap(([name, choice]) => ['--switch', `${name}=${choice}`]),
  ];
}
