import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { noticeRoutes } from './notices.ts';

/** Notices to people by mail and in Slack. */
export async function noticesPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  noticeRoutes(fastify.withTypeProvider<ZodTypeProvider>(), deps);
}
