import { Refusal } from '@ledgerpost/core';
import type { FastifyBaseLogger } from 'fastify';
import * as client from 'openid-client';

/** How people sign in with OpenID Connect. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: the client is public, and PKCE alone protects it. */
  readonly clientSecret?: string | undefined;
  /** The provider's name on the button. */
  readonly name: string;
  readonly scope: string;
  /** Where the provider leads back: the API's public address and CALLBACK_PATH. */
  readonly redirectUri: string;
}

export const CALLBACK_PATH = '/v1/sign-in/callback';

/** What this browser alone knows about a sign-in that it began. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** An account at the provider. Issuer and subject are what it is linked by. */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | undefined;
}

export interface OidcProvider {
  readonly name: string;
  /** The provider's address to open, and what must be compared when it leads back. Refusal `sign-in-unavailable`. */
  begin(): Promise<{ readonly url: string; readonly checks: SignInChecks }>;
  /** The account behind the provider's answer. Refusal `sign-in-failed` | `sign-in-unavailable`. */
  finish(query: string, checks: SignInChecks): Promise<Account>;
}

/** Seconds that a provider may take to answer. */
const PATIENCE = 10;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** The provider of these settings. It is asked for its addresses when somebody first signs in, so the API starts without it. */
export function openOidc(settings: OidcSettings, log: FastifyBaseLogger): OidcProvider {
  const { issuer, clientId, clientSecret, name, scope, redirectUri } = settings;
  let known: Promise<client.Configuration> | undefined;

  function configuration(): Promise<client.Configuration> {
    known ??= client.discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      clientSecret === undefined ? client.None() : undefined,
      // Only a provider on this very machine may do without TLS.
      { timeout: PATIENCE, execute: LOOPBACK.test(new URL(issuer).hostname) ? [client.allowInsecureRequests] : [] },
    );
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  return {
    name,
    async begin() {
      const config = await configuration().catch((error: unknown) => {
        throw unavailable(error);
      });
      const verifier = client.randomPKCECodeVerifier();
      const checks = { state: client.randomState(), nonce: client.randomNonce(), verifier };
      const url = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope, state: checks.state, nonce: checks.nonce },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
      return { url: url.href, checks };
    },
    async finish(query, { state, nonce, verifier }) {
      const config = await configuration().catch((error: unknown) => {
        throw unavailable(error);
      });
      const answer = new URL(redirectUri);
      answer.search = query;
      const expected = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      try {
        const tokens = await client.authorizationCodeGrant(config, answer, expected);
        const claims = tokens.claims()!;
        const said = typeof claims.name === 'string' ? claims.name : await nameOf(config, tokens.access_token, claims.sub);
        return { issuer: claims.iss, subject: claims.sub, name: said };
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };

  /** Many providers name people only here. A person without a name there has the one of the invitation. */
  async function nameOf(config: client.Configuration, accessToken: string, subject: string): Promise<string | undefined> {
    if (config.serverMetadata().userinfo_endpoint === undefined) return undefined;
    const about = await client.fetchUserInfo(config, accessToken, subject).catch((error: unknown) => {
      log.warn({ provider: name, reason: reasonOf(error) }, 'the sign-in provider does not say who signed in');
      return undefined;
    });
    return typeof about?.name === 'string' ? about.name : undefined;
  }

  function refusalOf(error: unknown): Refusal {
    if (error instanceof client.AuthorizationResponseError) {
      return new Refusal('sign-in-failed', `${name} refused the sign-in (${error.error}). Try again, or ask an admin.`);
    }
    // A provider that can't be reached, or that does not accept this installation.
    if (error instanceof client.ResponseBodyError && error.error !== 'invalid_grant') return unavailable(error);
    if (error instanceof TypeError || isTimeout(error)) return unavailable(error);
    log.warn({ provider: name, reason: reasonOf(error) }, 'a sign-in was refused');
    return new Refusal('sign-in-failed', `The answer of ${name} does not fit this sign-in. Start the sign-in again.`);
  }

  function unavailable(error: unknown): Refusal {
    log.error({ provider: name, reason: reasonOf(error) }, 'the sign-in provider can’t be used');
    return new Refusal('sign-in-unavailable', `${name} can’t be reached, or does not accept this installation. Try again later.`);
  }
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error && /^(TimeoutError|AbortError)$/.test(`${(error.cause as Error | undefined)?.name ?? error.name}`)
  );
}

/** The library's own words, which hold no code, token or secret. */
function reasonOf(error: unknown): string {
  if (error instanceof client.ResponseBodyError) return `${error.error} (${error.status})`;
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? String(message) : `${code}: ${message}`;
}
