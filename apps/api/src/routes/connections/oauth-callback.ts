import { CALLBACK_PATH, type Connected, chooseBooks, finishConnect } from '@ledgerpost/connections';
import { Refusal } from '@ledgerpost/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { everybody } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { acceptForms, FORM_BODY, sendPage } from '../../http/plain-page.ts';
import { clearConnectCookie, hasConnectCookie } from '../../http/session-cookie.ts';
import { needOwnPage } from './connect-page.ts';
import { htmlPage, refusalPage, sendRefusal } from './refusal-page.ts';

const PAGES = {
  200: htmlPage('Connected. The page closes itself'),
  '4xx': refusalPage('Not connected: why, and what to do'),
  '5xx': refusalPage('Not connected, for a reason on our side or the target’s'),
};

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
        response: PAGES,
      },
      // People see this in a browser: every refusal is a page.
      errorHandler: sendRefusal,
    },
    async (request, reply) => {
      needConfirmed(request, request.query.state);
      const connected = await finishConnect(connections, targets, request.url);
      if ('choose' in connected) {
        const { company, target, choose } = connected;
        return sendPage(reply.code(200), {
          title: `Which books are those of ${company.name}?`,
          lines: [`The access that ${target.name} granted opens several. ${company.name} will post to the ones that you choose.`],
          form: {
            choice: {
              name: 'account',
              options: choose.map(({ account, name }) => ({ value: account, label: `${name} (${account})` })),
            },
            button: `Connect ${company.name}`,
          },
        });
      }
      clearConnectCookie(reply, publicUrl);
      return sendConnected(reply, connected);
    },
  );

  acceptForms(app, (scope) => {
    scope.post(
      CALLBACK_PATH,
      {
        config: { access: everybody },
        schema: {
          tags: ['connections'],
          summary: 'Choose books, where the granted access opens several',
          description: 'For the form of the page. It works once, for ten minutes, in the browser that confirmed the request.',
          security: [],
          consumes: [FORM_BODY],
          querystring: z.looseObject({ state: z.string().max(1_000).optional() }),
          body: z.looseObject({ account: z.string().max(300).describe('The books, as the target names them') }),
          response: PAGES,
        },
        errorHandler: sendRefusal,
      },
      async (request, reply) => {
        needOwnPage(request, publicUrl);
        needConfirmed(request, request.query.state);
        clearConnectCookie(reply, publicUrl);
        const state = request.query.state ?? '';
        return sendConnected(reply, await chooseBooks(connections, targets, state, request.body.account));
      },
    );
  });

  function needConfirmed(request: FastifyRequest, state: string | undefined): void {
    if (hasConnectCookie(request, state, publicUrl)) return;
    throw new Refusal(
      'bad-state',
      'This browser did not confirm a request to connect books, or confirmed a newer one. Nothing was connected. Open the address from Ledgerpost in this browser and confirm it there.',
    );
  }
}

function sendConnected(reply: FastifyReply, { company, target, books }: Connected): FastifyReply {
  const whose = books === undefined ? `${target.name} granted access` : `“${books}” at ${target.name}`;
  const unread = `The books could not be read. Refresh the connection of ${company.name} in a moment.`;
  return sendPage(reply.code(200), {
    title: 'Connected',
    lines: [
      books === undefined ? `${whose} to ${company.name}. ${unread}` : `${company.name} is connected to the books of ${whose}.`,
      'You can close this window.',
    ],
    closes: books !== undefined,
  });
}
