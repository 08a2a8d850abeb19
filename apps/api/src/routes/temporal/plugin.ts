import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { codecRoutes } from './codec.ts';

/** What Temporal's own programs ask. */
export async function temporalPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  codecRoutes(fastify.withTypeProvider<ZodTypeProvider>(), deps);
}
