import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import type { Service } from '../processes/service.ts';
import { startServing } from '../processes/start-serving.ts';
import { projectRoot } from '../project.ts';

export interface QboSimulatorOptions {
  /** Absent: a free one. */
  readonly port?: number | undefined;
  /** Where simulated books are kept between starts; absent: in memory. */
  readonly dataDir?: string | undefined;
  /** Absent: QuickBooks' own. */
  readonly limits?: 'off' | undefined;
  /** Milliseconds that every answer takes at least. */
  readonly latencyMs?: number | undefined;
  /** For tokens and for faults by probability. */
  readonly seed?: number | undefined;
  /** How unverified points behave: the simulator's README lists them. */
  readonly switches?: Readonly<Record<string, string>> | undefined;
  /** An API that is told of changes in the simulated books, as Intuit tells. */
  readonly tells?: string | undefined;
  readonly logFile?: string | undefined;
}

export interface RunningQboSimulator {
  /** Its control is below, at /_control. */
  readonly url: string;
  readonly service: Service;
  stop(): Promise<void>;
}

/**
 * Starts the simulator of QuickBooks Online on 127.0.0.1, with its limits on, and answers when it serves.
 *
 * @throws Error with its last words if it does not come up.
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

/** Known to everybody, as all secrets of the simulator are. */
const VERIFIER_TOKEN = 'simulator-verifier';

/** What API and worker read to work with a simulator in QuickBooks' place. */
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

function flags(port: number, { dataDir, limits, latencyMs, seed, switches = {}, tells }: QboSimulatorOptions): string[] {
  return [
    ...['--port', String(port)],
    ...(dataDir === undefined ? [] : ['--data', dataDir]),
    ...(limits === undefined ? [] : ['--limits', limits]),
    ...(latencyMs === undefined ? [] : ['--latency', String(latencyMs)]),
    ...(tells === undefined ? [] : ['--webhook', `${tells}/v1/webhooks/quickbooks-online`, '--verifier-token', VERIFIER_TOKEN]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...Object.entries(switches).flatMap(([name, choice]) => ['--switch', `${name}=${choice}`]),
  ];
}
