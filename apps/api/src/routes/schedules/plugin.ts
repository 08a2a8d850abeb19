import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { scheduleRoutes } from './schedules.ts';

/** Batches that start on a schedule. */
export async function schedulesPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  scheduleRoutes(app, deps);
}
