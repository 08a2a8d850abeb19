import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { chartRoutes } from './chart.ts';
import { companyTargetRoutes } from './company-targets.ts';
import { namesFoundRoutes } from './names-found.ts';
import { targetRoutes } from './targets.ts';

/** What is installed, and a company’s settings there. */
export async function targetsPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  targetRoutes(app, deps);
  companyTargetRoutes(app, deps);
  chartRoutes(app, deps);
  namesFoundRoutes(app, deps);
}
