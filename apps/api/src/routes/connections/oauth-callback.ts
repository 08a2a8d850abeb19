import { CALLBACK_PATH, finishConnect } from '@ledgerpost/connections';
import { ERROR_CODES } from '@ledgerpost/core';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { CALLBACK_HEADERS, type CallbackPage, callbackPage } from '../../http/callback-page.ts';
import { refusalOf } from '../../http/problem-answers.ts';

/** The address to which the target's pages lead people back. */
export function oauthCallbackRoutes(app: App, { targets, connections }: RouteDeps): void {
  app.get(
    CALLBACK_PATH,
    {
      config: { access: everybody },
      schema: {
        tags: ['connections'],
        summary: 'The address to which the target leads back after a person granted access',
        description:
          'For browsers: answers a page, also when it refuses. The `state` in it proves that an admin asked for it; it works once.',
        security: [],
        querystring: z.looseObject({
          state: z.string().max(1_000).optional(),
          code: z.string().max(4_000).optional(),
          error: z.string().max(1_000).optional().describe('From the target, if the person did not grant access'),
        }),
        response: {
          200: page('Connected. The page closes itself'),
          '4xx': page('Not connected: why, and what to do'),
          '5xx': page('Not connected, for a reason on our side or the target’s'),
        },
      },
      // People see this in a browser: every refusal is a page.
      errorHandler(error, request, reply) {
        const refusal = refusalOf(error, request.url);
        const { status, cure } = ERROR_CODES[refusal.code];
        if (status === null || status >= 500) request.log.error({ err: error }, 'the request failed');
        const details = `Code: ${refusal.code}. Request: ${request.id}.`;
        send(reply.code(status ?? 500), {
          title: 'Not connected',
          lines: [refusal.message, cure, details, 'You can close this window.'],
          closes: false,
        });
      },
    },
    async (request, reply) => {
      const { company, target, books } = await finishConnect(connections, targets, request.url);
      const whose = books === undefined ? `${target.name} granted access` : `“${books}” at ${target.name}`;
      const unread = `The books could not be read. Refresh the connection of ${company.name} in a moment.`;
      return send(reply.code(200), {
        title: 'Connected',
        lines: [
          books === undefined
            ? `${whose} to ${company.name}. ${unread}`
            : `${company.name} is connected to the books of ${whose}.`,
          'You can close this window.',
        ],
        closes: books !== undefined,
      });
    },
  );
}

function send(reply: FastifyReply, page: CallbackPage): FastifyReply {
  return reply.headers(CALLBACK_HEADERS).type('text/html; charset=utf-8').send(callbackPage(page));
}

function page(description: string) {
  return { description, content: { 'text/html': { schema: z.string() } } };
}
