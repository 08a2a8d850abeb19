import { CALLBACK_PATH, finishConnect } from '@ledgerpost/connections';
import { Refusal } from '@ledgerpost/core';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { sendPage } from '../../http/plain-page.ts';
import { clearConnectCookie, hasConnectCookie } from '../../http/session-cookie.ts';
import { htmlPage, refusalPage, sendRefusal } from './refusal-page.ts';

/** The address to which the target's pages lead people back. */
export function oauthCallbackRoutes(app: App, { targets, connections, publicUrl }: RouteDeps): void {
  app.get(
    CALLBACK_PATH,
    {
      config: { access: everybody },
      schema: {
        tags: ['connections'],
        summary: 'The address to which the target leads back after a person granted access',
        description:
          'For browsers: answers a page, also when it refuses. The `state` in it proves that an admin asked for it, and a cookie that this browser confirmed it; it works once.',
        security: [],
        querystring: z.looseObject({
          state: z.string().max(1_000).optional(),
          code: z.string().max(4_000).optional(),
          error: z.string().max(1_000).optional().describe('From the target, if the person did not grant access'),
        }),
        response: {
          200: htmlPage('Connected. The page closes itself'),
          '4xx': refusalPage('Not connected: why, and what to do'),
          '5xx': refusalPage('Not connected, for a reason on our side or the target’s'),
        },
      },
      // People see this in a browser: every refusal is a page.
      errorHandler: sendRefusal,
    },
    async (request, reply) => {
      if (!hasConnectCookie(request, request.query.state, publicUrl)) {
        throw new Refusal(
          'bad-state',
          'This browser did not confirm a request to connect books, or confirmed a newer one. Nothing was connected. Open the address from Ledgerpost in this browser and confirm it there.',
        );
      }
      clearConnectCookie(reply, publicUrl);
      const { company, target, books } = await finishConnect(connections, targets, request.url);
      const whose = books === undefined ? `${target.name} granted access` : `“${books}” at ${target.name}`;
      const unread = `The books could not be read. Refresh the connection of ${company.name} in a moment.`;
      return sendPage(reply.code(200), {
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
