import { createServer, type Server } from 'node:http';
import { registry } from './metrics.ts';

/** Where the metrics are served. They name targets and counts, but anyone who reaches the address can read them. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** METRICS_PORT, and METRICS_HOST: this machine only by default. Undefined without a port: then nothing is served. */
export function metricsAddressFrom(env: Readonly<Record<string, string | undefined>>): MetricsAddress | undefined {
  if (!env.METRICS_PORT) return undefined;
  return { host: env.METRICS_HOST || '127.0.0.1', port: Number(env.METRICS_PORT) };
}

/** Serves /metrics and /health/live. Resolves once it listens; rejects if the address can't be used. */
export function serveMetrics({ host, port }: MetricsAddress): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.url === '/metrics') response.setHeader('content-type', registry.contentType).end(await registry.metrics());
    else if (request.url === '/health/live') response.end('{"status":"ok"}');
    else response.writeHead(404).end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
