import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { driftRoutes } from './drift.ts';
import { webhookRoutes } from './webhooks.ts';

/** What changed in the books since it was posted. */
export async function driftPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  driftRoutes(app, deps);
  webhookRoutes(app, deps);
}
