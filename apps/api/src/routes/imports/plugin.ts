import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { importActRoutes } from './import-acts.ts';
import { importRoutes } from './imports.ts';
import { mappingRoutes } from './mappings.ts';

/** Records out of files. */
export async function importsPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  importRoutes(app, deps);
  importActRoutes(app, deps);
  mappingRoutes(app, deps);
}
