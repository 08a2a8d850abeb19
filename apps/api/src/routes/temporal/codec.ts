import { namedItems } from '@ledgerpost/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { callerOf, everybody, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { rolesIn } from '../../http/caller.ts';
import { namePayloads, unnamePayloads } from '../../temporal/name-payloads.ts';
import { errorAnswers } from '../../views/views.ts';

/** As much as Temporal itself accepts in one message, in base64. */
const BODY_BYTES = 6 * 1024 * 1024;

const payload = z.looseObject({
  metadata: z.record(z.string(), z.string()).optional().describe('Each value in base64'),
  data: z.string().optional().describe('In base64'),
});
const payloads = z.object({ payloads: z.array(payload) }).meta({ id: 'TemporalPayloads' });

/**
 * What Temporal's UI and command line ask while they show a history (a codec server, in Temporal's words). Histories hold documents by
 * their numbers alone; who the customer is, by today's name, is added here, for people who may see all companies. Others get back what
 * they sent, and no error: their history is shown without names.
 */
export function codecRoutes(app: App, deps: RouteDeps): void {
  const origin = deps.temporalUiUrl === undefined ? undefined : new URL(deps.temporalUiUrl).origin;
  const namespace = deps.temporalNamespace ?? 'default';

  const open = {
    config: { access: everybody },
    bodyLimit: BODY_BYTES,
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => allowUi(request, reply),
  };
  const answers = { 200: payloads, ...errorAnswers };
  const security = [{ key: [] }, { session: [] }, {}];

  app.post(
    '/v1/temporal/decode',
    {
      ...open,
      schema: {
        tags: ['batches'],
        summary: 'Customers of today for Temporal’s UI and command line',
        description:
          'Temporal’s remote data decoding (a codec server). To each document that a step’s result shows it adds what the document is, its customer by today’s name, and the customer’s id in the books. Needs a key, or a person’s session, with a role in the whole installation. Without, and for payloads of anything else, the payloads come back as they were sent.',
        security,
        body: payloads,
        response: answers,
      },
    },
    async (request) => ({ payloads: await decoded(request, request.body.payloads) }),
  );
  app.post(
    '/v1/temporal/encode',
    {
      ...open,
      schema: {
        tags: ['batches'],
        summary: 'What Temporal’s programs send, without the names that were shown',
        description: 'The other half of a codec server. Nothing is encoded, and names that `decode` added are removed.',
        security,
        body: payloads,
        response: answers,
      },
    },
    async (request) => ({ payloads: [...unnamePayloads(request.body.payloads)] as z.infer<typeof payload>[] }),
  );
  for (const url of ['/v1/temporal/decode', '/v1/temporal/encode'])
    app.options(url, { ...open, schema: { hide: true } }, async (_request, reply) => reply.code(204).send());

  /** The UI is a page of another origin, so a browser asks whether it may read the answer. No other page may. */
  function allowUi(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('Vary', 'Origin');
    if (origin === undefined || request.headers.origin !== origin) return;
    reply.headers({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': 'authorization, authorization-extras, content-type, x-namespace',
      'Access-Control-Max-Age': '600',
    });
  }

  async function decoded(request: FastifyRequest, sent: z.infer<typeof payload>[]): Promise<z.infer<typeof payload>[]> {
    if ((request.headers['x-namespace'] ?? namespace) !== namespace) return sent;
    try {
      if (!(await maySeeAll(request))) return sent;
      return [...(await namePayloads(sent, (batchId, seqs) => namedItems(deps.store.sql, batchId, seqs)))] as typeof sent;
    } catch (error) {
      // A history without names is better than none. What went wrong must not hold a payload: it is in no message of ours.
      request.log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'Temporal is shown without customers');
      return sent;
    }
  }

  /** A session counts only where Temporal's UI sent the request: a browser attaches its cookie to every page's. */
  async function maySeeAll(request: FastifyRequest): Promise<boolean> {
    const { authorization, origin: from } = request.headers;
    if (authorization === undefined && (origin === undefined || from !== origin)) return false;
    const caller = await callerOf(request, deps, 'checked').catch(() => undefined);
    const roles = (caller && rolesIn(caller, null)) ?? [];
    return roles.includes('admin') || READERS.some((role) => roles.includes(role));
  }
}
