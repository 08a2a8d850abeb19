import { Readable } from 'node:stream';
import { isOpen } from '@ledgerpost/core';
import { getBatch, waitForBatch } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, isStillInForce, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { showBatch } from '../../views/batch-view.ts';
import { batchParams, errorAnswers, MOST_INT } from '../../views/views.ts';
import { batchOf } from '../look-ups.ts';

/**
 * After how many milliseconds without an event a comment line keeps the connection awake. Access is checked each time, so a
 * stream ends within this time once access was taken away.
 */
const HEARTBEAT = 5_000;

/** Progress as Server-Sent Events. */
export function batchEventRoutes(app: App, deps: RouteDeps): void {
  app.get(
    '/v1/companies/:company/batches/:batch/events',
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['batches'],
        summary: 'Follow a batch (Server-Sent Events)',
        description:
          'An event `batch` for every version, with the batch as data and the version as id; the stream ends with the batch. Versions in quick succession may be skipped. 204 if Last-Event-ID is the last version.',
        params: batchParams,
        headers: z.looseObject({ 'last-event-id': z.coerce.number().int().min(0).max(MOST_INT).optional().catch(undefined) }),
        response: {
          200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } },
          204: z.undefined(),
          ...errorAnswers,
        },
      },
    },
    async (request, reply) => {
      const batch = await batchOf(deps.store, request.company.id, request.params.batch);
      const seen = request.headers['last-event-id'] ?? 0;
      // An EventSource stops connecting again at a 204.
      if (!isOpen(batch.state) && seen >= batch.version) return reply.code(204).send();

      const place = deps.guard.openStream(request.caller.actorId);
      const left = new AbortController();
      const leave = () => {
        left.abort();
        place.release();
      };
      reply.raw.once('close', leave);
      // A caller may have gone while the batch was read, before anything listened.
      if (reply.raw.destroyed) leave();
      const stop = AbortSignal.any([left.signal, deps.closing]);
      return reply
        .header('Content-Type', 'text/event-stream; charset=utf-8')
        .header('Cache-Control', 'no-store')
        .header('X-Accel-Buffering', 'no')
        .send(Readable.from(events(deps, request, batch.id, seen, stop), { objectMode: false }) as never);
    },
  );
}

async function* events(
  deps: RouteDeps,
  request: FastifyRequest,
  id: string,
  seen: number,
  stop: AbortSignal,
): AsyncGenerator<string> {
  const companyId = request.company.id;
  const heartbeatMs = deps.streamHeartbeatMs ?? HEARTBEAT;
  deps.metrics.followers.inc();
  try {
    // Sent at once, so that the client knows that the stream is open.
    yield 'retry: 2000\n\n';
    let version = seen;
    while (!stop.aborted) {
      const batch =
        version === 0
          ? await getBatch(deps.store.sql, companyId, id)
          : await waitForBatch(deps.store, companyId, id, version, heartbeatMs, stop);
      if (batch === undefined || stop.aborted) return;
      // A key may be revoked, or a person may sign out, while the stream is open.
      if (!(await isStillInForce(request, deps))) return;
      if (batch.version > version) {
        version = batch.version;
        yield `id: ${version}\nevent: batch\ndata: ${JSON.stringify(await showBatch(batch, deps))}\n\n`;
      } else {
        yield ': still here\n\n';
      }
      if (!isOpen(batch.state)) return;
    }
  } finally {
    deps.metrics.followers.dec();
  }
}
