import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { connectPageRoutes } from './connect-page.ts';
import { connectionRoutes } from './connections.ts';
import { oauthCallbackRoutes } from './oauth-callback.ts';
import { sealRoutes } from './seals.ts';

/** A company’s access to its books. */
export async function connectionsPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  connectionRoutes(app, deps);
  connectPageRoutes(app, deps);
  oauthCallbackRoutes(app, deps);
  sealRoutes(app, deps);
}
