import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { batchActRoutes } from './batch-acts.ts';
import { batchEventRoutes } from './batch-events.ts';
import { batchFileRoutes } from './batch-files.ts';
import { batchReportRoutes } from './batch-report.ts';
import { batchVerificationRoutes } from './batch-verification.ts';
import { batchRoutes } from './batches.ts';

/** Batches from preview to report. */
export async function batchesPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  batchRoutes(app, deps);
  batchEventRoutes(app, deps);
  batchFileRoutes(app, deps);
  batchActRoutes(app, deps);
  batchVerificationRoutes(app, deps);
  batchReportRoutes(app, deps);
}
