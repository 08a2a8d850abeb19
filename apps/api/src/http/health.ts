import { z } from 'zod';
import type { RouteDeps } from '../deps.ts';
import { everybody } from './access.ts';
import type { App } from './app.ts';

const part = z.object({ up: z.boolean(), note: z.string().optional() });
const readiness = z.object({ ready: z.boolean(), postgres: part, temporal: part }).meta({ id: 'Readiness' });

/** After how many milliseconds without an answer a part counts as down. */
const PATIENCE = 2_000;

/** For monitors, and for Prometheus. */
export function healthRoutes(app: App, { store, temporal, metrics }: RouteDeps): void {
  app.get(
    '/health/live',
    {
      config: { access: everybody },
      logLevel: 'warn',
      schema: { tags: ['health'], summary: 'The process answers', response: { 200: z.object({ live: z.literal(true) }) } },
    },
    async () => ({ live: true as const }),
  );
  app.get(
    '/health/ready',
    {
      config: { access: everybody },
      logLevel: 'warn',
      schema: {
        tags: ['health'],
        summary: 'Whether requests can be served',
        description: 'Postgres is needed. Temporal is reported and not needed: without it, reads work and new batches wait.',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (_request, reply) => {
      const [postgresDown, temporalDown] = await Promise.all([
        failureOf(async () => await store.sql`select 1`),
        temporal === undefined
          ? 'not configured'
          : failureOf(
              async () =>
                await temporal.connection.withDeadline(Date.now() + PATIENCE, () =>
                  temporal.connection.workflowService.getSystemInfo({}),
                ),
            ),
      ]);
      const ready = postgresDown === undefined;
      return reply.code(ready ? 200 : 503).send({
        ready,
        postgres: ready ? { up: true } : { up: false, note: postgresDown },
        temporal:
          temporalDown === undefined
            ? { up: true }
            : { up: false, note: `${temporalDown}; new batches wait until Temporal is back` },
      });
    },
  );
  app.get(
    '/metrics',
    {
      config: { access: everybody },
      logLevel: 'warn',
      schema: { tags: ['health'], summary: 'Numbers for Prometheus', produces: ['text/plain'] },
    },
    async (_request, reply) => {
      const text = await metrics.registry.metrics();
      return reply.type(metrics.registry.contentType).send(text);
    },
  );
}

/** In a few words why a part does not answer; never the driver's own text, which may name hosts and users. */
async function failureOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('does not answer in time'), PATIENCE);
  try {
    return await Promise.race([ask().then(() => undefined), late]);
  } catch {
    return 'can’t be reached';
  } finally {
    clearTimeout(timer);
  }
}
