import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { RouteDeps } from '../../deps.ts';
import { acceptInvitationRoutes } from './accept-invitation.ts';
import { companyRoutes } from './companies.ts';
import { dashboardRoutes } from './dashboard.ts';
import { journalRoutes } from './journal.ts';
import { keyRoutes } from './keys.ts';
import { peopleRoutes } from './people.ts';
import { quotaRoutes } from './quotas.ts';
import { sessionRoutes } from './session.ts';
import { signInRoutes } from './sign-in.ts';

/** Companies, people, keys, sessions, and the journal of who did what. */
export async function accessPlugin(fastify: FastifyInstance, deps: RouteDeps): Promise<void> {
  const app = fastify.withTypeProvider<ZodTypeProvider>();
  companyRoutes(app, deps);
  dashboardRoutes(app, deps);
  journalRoutes(app, deps);
  keyRoutes(app, deps);
  quotaRoutes(app, deps);
  sessionRoutes(app, deps);
  signInRoutes(app, deps);
  acceptInvitationRoutes(app, deps);
  peopleRoutes(app, deps);
}
