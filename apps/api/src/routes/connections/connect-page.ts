import { CONNECT_PATH, type ConnectRequest, connectRequest } from '@ledgerpost/connections';
import { Refusal } from '@ledgerpost/core';
import { startSession } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { callerOf, everybody, keyInForce, needRole, noCompany } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { asCaller, type Caller, rolesIn } from '../../http/caller.ts';
import { acceptForms, FORM_BODY, sendPage } from '../../http/plain-page.ts';
import { csrfTokenOf, hasCsrfToken, sessionToken, setConnectCookie, setSessionCookie } from '../../http/session-cookie.ts';
import { htmlPage, refusalPage, sendRefusal } from './refusal-page.ts';

const query = z.looseObject({ request: z.string().max(1_000).default('') });
const form = z
  .looseObject({ key: z.string().max(300).optional(), csrf: z.string().max(300).optional() })
  .nullish()
  .describe(
    'The page’s own form: a key to sign in with, or the confirmation of a session. A program sends its key as Authorization',
  );

/**
 * The page between the request for an authorize address and the target. An authorize address alone would connect the books of
 * anyone who opens it. So an admin of the company confirms the request here, and only the browser that confirmed it can bring
 * the target's answer back.
 */
export function connectPageRoutes(app: App, deps: RouteDeps): void {
  const { store, targets, connections, publicUrl } = deps;

  acceptForms(app, (scope) => {
    scope.get(
      CONNECT_PATH,
      {
        config: { access: everybody },
        schema: {
          tags: ['connections'],
          summary: 'The page on which an admin confirms a request to connect books',
          description:
            'For browsers. The address comes from `POST …/connection`. The page asks the person to sign in, then names the company and the person who asked, and leads to the target.',
          security: [],
          querystring: query,
          response: {
            200: htmlPage('Sign in, or confirm'),
            '4xx': refusalPage('No such request'),
            '5xx': refusalPage('Not possible now'),
          },
        },
        errorHandler: sendRefusal,
      },
      async (request, reply) => {
        const asked = await connectRequest(connections, targets, request.query.request);
        const token = sessionToken(request, publicUrl);
        const caller = token === undefined ? undefined : await callerOf(request, deps).catch(noKey);
        if (token === undefined || caller === undefined) {
          return sendPage(reply, {
            title: 'Sign in to connect books',
            lines: [
              'Someone asked to connect books to a company in Ledgerpost. Sign in to Ledgerpost in another tab and open this address again, or sign in here with an admin’s key.',
            ],
            form: { fields: [{ name: 'key', label: 'Key', secret: true }], button: 'Sign in' },
          });
        }
        needAdmin(caller, asked);
        return sendPage(reply, {
          title: question(asked),
          lines: [
            `${asked.askedBy} asked for this. You are signed in as ${caller.actor}.`,
            `You choose the books in ${asked.target.name} next. ${asked.company.name} will then post to the books that you choose.`,
            'If you did not expect this, close the window.',
          ],
          form: { hidden: { csrf: csrfTokenOf(token) }, button: `Continue to ${asked.target.name}` },
        });
      },
    );

    scope.post(
      CONNECT_PATH,
      {
        config: { access: everybody },
        schema: {
          tags: ['connections'],
          summary: 'Confirm a request to connect books',
          description:
            'For the form of the page. A program sends an admin’s key as Authorization: the answer’s `Refresh` header then holds the target’s address, and its cookie must come back with the callback.',
          security: [{ key: [] }, { session: [] }, {}],
          consumes: [FORM_BODY],
          querystring: query,
          body: form,
          response: {
            200: htmlPage('Confirmed: the page leads to the target'),
            303: z.undefined(),
            '4xx': refusalPage('Not confirmed'),
            '5xx': refusalPage('Not possible now'),
          },
        },
        errorHandler: sendRefusal,
      },
      async (request, reply) => {
        const state = request.query.request;
        needOwnPage(request, publicUrl);
        const asked = await connectRequest(connections, targets, state);
        const key = request.body?.key?.trim();
        if (key !== undefined) {
          const { id: keyId, ...found } = await keyInForce(request, deps, key);
          needAdmin(asCaller({ id: keyId, ...found }), asked);
          setSessionCookie(reply, await startSession(store, { keyId }, request.headers['user-agent']), publicUrl);
          return reply.header('Cache-Control', 'no-store').redirect(`${CONNECT_PATH}?request=${encodeURIComponent(state)}`, 303);
        }
        const caller = await confirming(request);
        needAdmin(caller, asked);
        request.log.info({ company: asked.company.id, target: asked.target.id }, 'a request to connect books was confirmed');
        setConnectCookie(reply, state, publicUrl);
        // A redirect would be part of sending the form, and the policy of this page lets forms go to ourselves alone.
        return sendPage(reply.header('Refresh', `0; url=${asked.authorizeUrl}`), {
          title: `Opening ${asked.target.name}`,
          lines: [],
          link: { href: asked.authorizeUrl, text: `Continue to ${asked.target.name}` },
        });
      },
    );
  });

  /** The caller of a confirmation: a key, or a session whose token the page's form carried. */
  async function confirming(request: FastifyRequest): Promise<Caller> {
    const token = sessionToken(request, publicUrl);
    if (request.headers.authorization === undefined && token !== undefined) {
      const { csrf } = (request.body ?? {}) as { csrf?: string };
      if (!hasCsrfToken(csrf, token)) {
        throw new Refusal(
          'no-csrf-token',
          'The confirmation did not come from our page. Open the address again and confirm there.',
        );
      }
    }
    return callerOf(request, deps, 'checked');
  }
}

function question({ target, company, connectedTo }: ConnectRequest): string {
  const books = connectedTo === undefined ? 'books' : `“${connectedTo}”, or other books,`;
  return `Connect ${books} at ${target.name} to ${company.name}?`;
}

/** Refusal `not-found` or `role-missing` unless the caller is an admin of the company. */
function needAdmin(caller: Caller, { company }: ConnectRequest): void {
  if (rolesIn(caller, company.id) === undefined) throw noCompany(company.id);
  needRole(caller, [], company.id);
}

/** A form on another site must not sign a browser in or confirm for it. Programs send neither header. */
export function needOwnPage({ headers, host }: FastifyRequest, publicUrl: string | undefined): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const own =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin === undefined || (URL.canParse(origin) && hostsOf(host, publicUrl).includes(new URL(origin).host));
  if (!own) throw new Refusal('no-csrf-token', 'The form is on another site. Open the address again and confirm there.');
}

function hostsOf(host: string, publicUrl: string | undefined): readonly string[] {
  return publicUrl === undefined ? [host] : [host, new URL(publicUrl).host];
}

function noKey(error: unknown): undefined {
  if (error instanceof Refusal && error.code === 'no-key') return undefined;
  throw error;
}
