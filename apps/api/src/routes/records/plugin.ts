import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { departmentRoutes } from './departments.ts';
import { postingRoutes } from './postings.ts';
import { recordRoutes } from './records.ts';
import { unbatchedRoutes } from './unbatched.ts';

/** What comes in, and what of it has something to send. */
export async function recordsPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  recordRoutes(app, deps);
  departmentRoutes(app, deps);
  unbatchedRoutes(app, deps);
  postingRoutes(app, deps);
}
