import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a person grants access, and where tokens come from. */
export interface OAuthAddresses {
  readonly authorize: string;
  readonly token: string;
}

/** Intuit's own. */
export const INTUIT: OAuthAddresses = {
  authorize: 'https://appcenter.intuit.com/connect/oauth2',
  token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
};

export interface App {
  readonly id: string;
  readonly secret: string;
}

/** Access to one company: tokens are kept in memory, and written nowhere. */
export interface Access {
  readonly realmId: string;
  /** A token that is valid for a minute at least. @throws Error if the grant is refused */
  token(): Promise<string>;
  refresh(): Promise<{ readonly before: string; readonly after: string }>;
}

/** From a refresh token that somebody has, as Intuit's OAuth playground gives one. */
export function accessFrom(addresses: OAuthAddresses, app: App, realmId: string, refreshToken: string): Access {
  let current = refreshToken;
  let access: { readonly token: string; readonly until: number } | undefined;
  async function refresh() {
    const before = current;
    const answer = await tokens(addresses, app, { grant_type: 'refresh_token', refresh_token: current });
    current = answer.refresh_token;
    access = { token: answer.access_token, until: Date.now() + (answer.expires_in - 60) * 1000 };
    return { before, after: current };
  }
  // One at a time: where each refresh ends the token before, two at once would end each other's.
  let refreshing: Promise<unknown> | undefined;
  return {
    realmId,
    refresh,
    async token() {
      if (access === undefined || access.until < Date.now()) {
        refreshing ??= refresh().finally(() => {
          refreshing = undefined;
        });
        await refreshing;
      }
      return access!.token;
    },
  };
}

/**
 * Through a browser: prints an address, waits for the person to come back to a page of ours on this machine.
 * @param port the app at Intuit must list `http://localhost:PORT/callback` as a redirect URI
 */
export async function accessByBrowser(
  addresses: OAuthAddresses,
  app: App,
  port: number,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<Access> {
  const state = randomBytes(16).toString('hex');
  await using page = await openPage(port, state, signal);
  const redirectUri = `http://localhost:${page.port}/callback`;
  const query = new URLSearchParams({
    client_id: app.id,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    redirect_uri: redirectUri,
    state,
  });
  say(`Open this address, and choose the sandbox company:\n${addresses.authorize}?${query}`);
  const { code, realmId } = await page.answer;
  const tokensOf = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
  const answer = await tokens(addresses, app, tokensOf);
  return accessFrom(addresses, app, realmId, answer.refresh_token);
}

interface Page {
  readonly port: number;
  readonly answer: Promise<{ readonly code: string; readonly realmId: string }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The page that a person comes back to. An answer with another state is not ours, and is not believed. */
async function openPage(port: number, state: string, signal?: AbortSignal): Promise<Page> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: string; realmId: string }>();
  // Nobody may be waiting yet when the page fails.
  promise.catch(() => {});
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/callback' || searchParams.get('state') !== state) {
      response.writeHead(404, { connection: 'close' }).end('Not found');
      return;
    }
    const [code, realmId] = [searchParams.get('code'), searchParams.get('realmId')];
    const granted = code !== null && realmId !== null;
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(granted ? 'Thank you. Go back to the terminal.' : 'Access was not granted. You can close this page.');
    if (granted) resolve({ code, realmId });
    else reject(new Error('Access was not granted.'));
  });
  signal?.addEventListener('abort', () => reject(new Error('The sign-in was ended.')));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    answer: promise,
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  };
}

async function tokens(
  { token }: OAuthAddresses,
  app: App,
  form: Record<string, string>,
): Promise<{ access_token: string; refresh_token: string; expires_in: number }> {
  const response = await fetch(token, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`,
    },
    body: new URLSearchParams(form).toString(),
  });
  const body = (await response.json().catch(() => ({}))) as {
    access_token: string;
    refresh_token: string;
    expires_in: number;
    error?: string;
  };
  if (!response.ok)
    throw new Error(`Intuit refused the sign-in (${body.error ?? response.status}). Check client id, secret and refresh token.`);
  return body;
}
