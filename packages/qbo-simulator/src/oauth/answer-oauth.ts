import { isDeepStrictEqual } from 'node:util';
import type { Asked, Reply } from '../api/http.ts';
import { type Client, type Grants, OAuthError } from './grants.ts';
import { consentPage } from './pages.ts';

export interface OAuthRoom {
  readonly grants: Grants;
  readonly url: () => string;
  readonly companies: () => readonly { realmId: string; companyName: string }[];
}

/** Answers the addresses of OAuth 2 and OpenID: authorize, token, revoke, discovery, userinfo. Undefined for any other. */
export function answerOAuth(room: OAuthRoom, asked: Asked): Reply | undefined {
  const path = asked.path.replace(/\/$/, '');
  try {
    switch (`${asked.method} ${path}`) {
      case 'GET /connect/oauth2':
        return showConsent(room, asked.query);
      case 'POST /connect/oauth2': {
        const form = new URLSearchParams(asked.text);
        return redirect(decide(room, new URLSearchParams(form.get('query') ?? ''), form.get('company') ?? ''));
      }
      case 'POST /oauth2/v1/tokens/bearer':
        return json(200, tokens(room.grants, asked));
      case 'POST /v2/oauth2/tokens/revoke':
        return revoke(room.grants, asked);
      case 'GET /.well-known/openid_configuration':
      case 'GET /.well-known/openid_sandbox_configuration':
        return json(200, discovery(room.url()));
      case 'GET /op/v1/jwks':
        return json(200, { keys: [] });
      case 'GET /v1/openid_connect/userinfo':
        return json(200, { sub: 'simulated-user', email: 'owner@example.com', emailVerified: true });
      default:
        return undefined;
    }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return json(error.status, { error: error.error, error_description: error.message });
  }
}

/** Where a person is sent back to after choosing a company, or after choosing none. */
export function decide(room: Pick<OAuthRoom, 'grants' | 'companies'>, query: URLSearchParams, realmId: string): string {
  const { redirectUri, client } = checked(room.grants, query);
  const back = new URL(redirectUri);
  const state = query.get('state');
  if (!room.companies().some((company) => company.realmId === realmId)) {
    back.searchParams.set('error', 'access_denied');
  } else {
    back.searchParams.set('code', room.grants.issueCode(realmId, client.id, redirectUri));
    back.searchParams.set('realmId', realmId);
  }
  if (state !== null) back.searchParams.set('state', state);
  return back.href;
}

function showConsent(room: OAuthRoom, query: URLSearchParams): Reply {
  const { client } = checked(room.grants, query);
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: consentPage(client.id, room.companies(), query.toString()),
  };
}

function checked(grants: Grants, query: URLSearchParams): { client: Client; redirectUri: string } {
  const client = grants.clients.find((one) => one.id === query.get('client_id'));
  if (client === undefined) throw new OAuthError('invalid_client', 'Unknown client_id');
  if (query.get('response_type') !== 'code') throw new OAuthError('unsupported_response_type', 'response_type must be code');
  const redirectUri = query.get('redirect_uri') ?? '';
  const allowed = client.redirectUris === undefined ? URL.canParse(redirectUri) : client.redirectUris.includes(redirectUri);
  if (!allowed) throw new OAuthError('invalid_request', 'The redirect_uri query parameter value is invalid');
  if (!(query.get('scope') ?? '').split(' ').includes('com.intuit.quickbooks.accounting')) {
    throw new OAuthError('invalid_scope', 'The scope com.intuit.quickbooks.accounting is missing');
  }
  return { client, redirectUri };
}

function tokens(grants: Grants, asked: Asked): unknown {
  const client = authenticated(grants, asked);
  const form = new URLSearchParams(asked.text);
  const hard = asked.header('x-include-refresh-token-hard-expires-in') === 'true';
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return grants.exchange(form.get('code') ?? '', client, form.get('redirect_uri') ?? '', hard);
    case 'refresh_token':
      return grants.refresh(form.get('refresh_token') ?? '', client, hard);
    default:
      throw new OAuthError('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  }
}

function revoke(grants: Grants, asked: Asked): Reply {
  authenticated(grants, asked);
  let token: string | undefined;
  try {
    token = (JSON.parse(asked.text) as { token?: string }).token;
  } catch {
    token = new URLSearchParams(asked.text).get('token') ?? undefined;
  }
  grants.revoke(token ?? '');
  return { status: 200, headers: {}, body: '' };
}

function authenticated(grants: Grants, asked: Asked): Client {
  const encoded = /^Basic (.*)$/i.exec(asked.header('authorization') ?? '')?.[1] ?? '';
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  const client = grants.clients.find((one) => isDeepStrictEqual([one.id, one.secret], [id, secret.join(':')]));
  if (client === undefined) throw new OAuthError('invalid_client', 'The client could not be authenticated', 401);
  return client;
}

function discovery(url: string): unknown {
  return {
    issuer: 'https://oauth.platform.intuit.com/op/v1',
    authorization_endpoint: `${url}/connect/oauth2`,
    token_endpoint: `${url}/oauth2/v1/tokens/bearer`,
    userinfo_endpoint: `${url}/v1/openid_connect/userinfo`,
    revocation_endpoint: `${url}/v2/oauth2/tokens/revoke`,
    jwks_uri: `${url}/op/v1/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'address', 'phone'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: ['aud', 'exp', 'iat', 'iss', 'realmid', 'sub'],
  };
}

function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) };
}

function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: '' };
}
