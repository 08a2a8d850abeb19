import { createRequire } from 'node:module';
import { type Grant, type OAuthAccess, type OAuthApp, TargetError } from '@ledgerpost/core';
import type OAuthClient from 'intuit-oauth';

let loaded: typeof OAuthClient | undefined;

/** The library, loaded with the first call: it needs ten megabytes, and most processes ask for no token for an hour, or never. */
function library(): typeof OAuthClient {
  if (loaded !== undefined) return loaded;
  loaded = createRequire(import.meta.url)('intuit-oauth') as typeof OAuthClient;
  // It would repeat token calls by itself. Repeating is the engine's task.
  loaded.retryConfig.maxRetries = 0;
  return loaded;
}

/** A consent is always for one of the books: Intuit's pages ask which. */
interface QboAccess extends OAuthAccess {
  exchange(app: OAuthApp, callbackUrl: string): Promise<Grant>;
}

/** The access that a person grants on Intuit's pages. The library makes the OAuth calls, with a new client for each call. */
export const qboAccess: QboAccess = {
  by: 'oauth',
  environments: ['production', 'sandbox', 'simulator'],

  authorizeUrl(app, state) {
    const scope = [library().scopes.Accounting as string];
    return inEnvironment(app, (client) => client.authorizeUri({ scope, state }));
  },

  async exchange(app, callbackUrl) {
    const answer = new URL(callbackUrl, app.redirectUri).searchParams;
    const refusal = answer.get('error');
    if (refusal !== null) {
      const why = refusal === 'access_denied' ? 'the person did not grant access' : `Intuit answered “${refusal}”`;
      throw new TargetError('access', 'access-lost', `QuickBooks was not connected: ${why}. Connect again.`);
    }
    const realm = answer.get('realmId');
    if (answer.get('code') === null || realm === null || realm === '') {
      const text = 'QuickBooks was not connected: Intuit returned no company. Connect again, and choose a company.';
      throw new TargetError('access', 'access-lost', text);
    }
    const tokens = await asked(app, 'connect', (client) => client.createToken(callbackUrl));
    return grantOf(tokens, realm, apiOf(app));
  },

  async renew(app, grant) {
    const tokens = await asked(app, 'renew access', (client) => client.refreshUsingToken(grant.refreshToken));
    // Intuit returns the same refresh token for about a day, and then another. The latest one is valid.
    return grantOf(tokens, grant.account, apiOf(app));
  },

  async revoke(app, grant) {
    try {
      await asked(app, 'disconnect', (client) => client.revoke({ refresh_token: grant.refreshToken }));
    } catch (error) {
      // A grant that is no longer valid needs no revoking.
      if (error instanceof TargetError && error.kind === 'access') return;
      throw error;
    }
  },
};

/** Token calls have no time limit of their own. */
const TOKEN_TIMEOUT_MS = 30_000;

const INTUIT = {
  authorize: 'https://appcenter.intuit.com/connect/oauth2',
  token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  revoke: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
};

function apiOf({ endpoints, environment }: OAuthApp): string {
  if (endpoints !== undefined) return endpoints.api;
  return environment === 'production' ? 'https://quickbooks.api.intuit.com' : 'https://sandbox-quickbooks.api.intuit.com';
}

/**
 * The library keeps its endpoints in statics of the process, and reads them before a call's first await. They are set in the same
 * synchronous step, so they can't belong to another environment.
 */
function inEnvironment<T>(app: OAuthApp, start: (client: OAuthClient) => T): T {
  const { authorize, token, revoke } = endpointsOf(app);
  const Client = library();
  Object.assign(Client, { authorizeEndpoint: authorize, tokenEndpoint: token, revokeEndpoint: revoke });
  return start(
    new Client({
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      redirectUri: app.redirectUri,
      environment: app.environment === 'production' ? 'production' : 'sandbox',
      logging: false,
      // Intuit ends a grant five years after a person gave it, however often it is renewed.
      includeRefreshTokenHardExpiresIn: true,
    }),
  );
}

function endpointsOf({ endpoints, environment }: OAuthApp) {
  if (endpoints !== undefined) return endpoints;
  if (environment !== 'simulator') return INTUIT;
  throw new TargetError(
    'config',
    'target-not-ready',
    'The addresses of the QuickBooks simulator are not set. Set its endpoints in the app.',
  );
}

interface Tokens {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
  readonly x_refresh_token_expires_in?: number;
  readonly x_refresh_token_hard_expires_in?: number;
}

async function asked(app: OAuthApp, what: string, start: (client: OAuthClient) => Promise<{ json: unknown }>): Promise<Tokens> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreachable(what)), TOKEN_TIMEOUT_MS);
  });
  try {
    const response = await Promise.race([inEnvironment(app, start), late]);
    return (response.json ?? {}) as Tokens;
  } catch (error) {
    throw error instanceof TargetError ? error : refusalOf(error, what);
  } finally {
    clearTimeout(timer);
  }
}

/** The library throws plain errors with members of the OAuth answer. Nothing else of them is shown, since it may hold a token. */
function refusalOf(thrown: unknown, what: string): TargetError {
  const { error, authResponse } = thrown as { error?: unknown; authResponse?: { response?: OAuthAnswer } };
  const status = authResponse?.response?.status;
  const support = supportOf(authResponse?.response);
  const code = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    const text = `Intuit does not recognize this installation (${code}), so we can't ${what}. Correct the client ID and secret.${support}`;
    return new TargetError('config', 'target-not-ready', text);
  }
  if (code !== undefined || (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429)) {
    const why = code ?? `status ${status}`;
    return new TargetError('access', 'access-lost', `Intuit refused to ${what} (${why}). Reconnect QuickBooks.${support}`);
  }
  return unreachable(what, support);
}

interface OAuthAnswer {
  readonly status?: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Intuit's support id of the answer, for the end of a sentence; empty if there is none. */
function supportOf(answer: OAuthAnswer | undefined): string {
  const id = answer?.headers?.intuit_tid ?? answer?.headers?.['intuit-tid'];
  return typeof id === 'string' && /^[\w.:=-]{1,100}$/.test(id) ? ` (Intuit's id ${id})` : '';
}

function unreachable(what: string, support = ''): TargetError {
  return new TargetError('transient', 'target-unreachable', `Intuit did not answer the request to ${what}.${support}`);
}

function grantOf(tokens: Tokens, account: string, apiUrl: string): Grant {
  const { access_token, refresh_token, expires_in, x_refresh_token_expires_in, x_refresh_token_hard_expires_in } = tokens;
  if (!access_token || !refresh_token || !expires_in || !x_refresh_token_expires_in) {
    throw new TargetError('transient', 'target-unreachable', 'Intuit’s answer contains no tokens.');
  }
  const now = Date.now();
  return {
    account,
    apiUrl,
    accessToken: access_token,
    accessExpiresAt: now + expires_in * 1000,
    refreshToken: refresh_token,
    refreshExpiresAt: now + x_refresh_token_expires_in * 1000,
    ...(x_refresh_token_hard_expires_in ? { endsAt: now + x_refresh_token_hard_expires_in * 1000 } : {}),
  };
}
