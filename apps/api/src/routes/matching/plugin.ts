import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { decideMatchingRoutes } from './decide-matching.ts';
import { matchingRoutes } from './matching.ts';
import { matchingFileRoutes } from './matching-file.ts';

/** Which customer and which product or service of the books ours are. */
export async function matchingPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  matchingRoutes(app, deps);
  decideMatchingRoutes(app, deps);
  matchingFileRoutes(app, deps);
}
