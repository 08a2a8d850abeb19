import type { Clock } from '../clock.ts';
import { faults } from '../faults.ts';
import type { Chance } from '../seeded.ts';
import type { Switches } from '../switches.ts';

/** An app that may ask for access. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** Addresses a person may be sent back to; any address when left out. */
  readonly redirectUris?: readonly string[];
}

export interface Tokens {
  token_type: 'bearer';
  access_token: string;
  refresh_token: string;
  expires_in: number;
  x_refresh_token_expires_in: number;
  x_refresh_token_hard_expires_in?: number;
}

interface Grant {
  readonly realmId: string;
  readonly clientId: string;
  readonly grantedAt: number;
  refreshToken: string;
  rotatedAt: number;
  /** The rolling window. */
  expiresAt: number;
  previous?: { token: string; until: number } | undefined;
  revoked: boolean;
}

interface Access {
  readonly grant: Grant;
  until: number;
}

interface Code {
  realmId: string;
  clientId: string;
  redirectUri: string;
  until: number;
}

/** Why a token call fails: the body's `error` with the status. */
export class OAuthError extends Error {
  readonly error: string;
  readonly status: number;

  constructor(error: string, description: string, status = 400) {
    super(description);
    this.error = error;
    this.status = status;
  }
}

const hour = 3_600_000;
const day = 24 * hour;
const accessSeconds = 3_600;
const refreshSeconds = 8_726_400;
const hardSeconds = 5 * 365 * 86_400;
const codeMilliseconds = 120_000;

/** Who may see which books, and until when. */
export interface Grants {
  clients: readonly Client[];
  issueCode(realmId: string, clientId: string, redirectUri: string): string;
  exchange(code: string, client: Client, redirectUri: string, hard: boolean): Tokens;
  refresh(token: string, client: Client, hard: boolean): Tokens;
  revoke(token: string): void;
  /** Access without a browser. */
  grant(realmId: string, clientId: string): Tokens;
  /** The grant of a bearer header, for a realm. Gateway faults 3200 and 3100. */
  access(header: string | undefined, realmId: string): { clientId: string };
  /** Lets every access token of a company run out now. */
  expireAccess(realmId: string): void;
  revokeRealm(realmId: string): void;
  /** What has to be kept for tokens to live on; plain data. */
  state(): GrantsState;
  /** Takes what was kept, into no grants yet. */
  restore(state: GrantsState): void;
  /** Whose books a refresh token opens. */
  realmOf(refreshToken: string): string | undefined;
  /** Nothing opens the books any more, and nobody remembers that something did. */
  forgetRealm(realmId: string): void;
}

export interface GrantsState {
  readonly accesses: ReadonlyMap<string, Access>;
  readonly refreshes: ReadonlyMap<string, Grant>;
}

/** No grants yet. */
export function createGrants(clients: readonly Client[], clock: Clock, chance: Chance, switches: () => Switches): Grants {
  const codes = new Map<string, Code>();
  const accesses = new Map<string, Access>();
  const refreshes = new Map<string, Grant>();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

  const tokensFor = (grant: Grant, hard: boolean): Tokens => {
    const access = `eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0..${chance.text(120, letters)}`;
    accesses.set(access, { grant, until: clock.now() + accessSeconds * 1000 });
    return {
      token_type: 'bearer',
      access_token: access,
      refresh_token: grant.refreshToken,
      expires_in: accessSeconds,
      x_refresh_token_expires_in: refreshSeconds,
      ...(hard ? { x_refresh_token_hard_expires_in: hardSeconds - Math.floor((clock.now() - grant.grantedAt) / 1000) } : {}),
    };
  };
  const newRefreshToken = (): string => `AB11${chance.text(46, letters)}`;
  const newGrant = (realmId: string, clientId: string): Grant => {
    const facts = {
      realmId,
      clientId,
      grantedAt: clock.now(),
      rotatedAt: clock.now(),
      expiresAt: clock.now() + refreshSeconds * 1000,
      revoked: false,
    };
    const grant: Grant = { ...facts, refreshToken: newRefreshToken() };
    refreshes.set(grant.refreshToken, grant);
    return grant;
  };
  const rotate = (grant: Grant) => {
    const strict = switches().refreshRotation === 'rotateEveryRefresh';
    if (!strict && clock.now() - grant.rotatedAt < day) return;
    if (grant.previous !== undefined) refreshes.delete(grant.previous.token);
    grant.previous = { token: grant.refreshToken, until: strict ? 0 : clock.now() + day };
    grant.refreshToken = newRefreshToken();
    grant.rotatedAt = clock.now();
    refreshes.set(grant.refreshToken, grant);
  };

  return {
    clients,
    issueCode(realmId, clientId, redirectUri) {
      const code = `AB11${chance.text(46, letters)}`;
      codes.set(code, { realmId, clientId, redirectUri, until: clock.now() + codeMilliseconds });
      return code;
    },
    exchange(code, client, redirectUri, hard) {
      const issued = codes.get(code);
      codes.delete(code);
      if (issued === undefined || issued.clientId !== client.id || issued.until < clock.now()) {
        throw new OAuthError('invalid_grant', 'Invalid authorization code');
      }
      if (issued.redirectUri !== redirectUri) throw new OAuthError('invalid_grant', 'Redirect URI does not match');
      return tokensFor(newGrant(issued.realmId, client.id), hard);
    },
    refresh(token, client, hard) {
      const grant = refreshes.get(token);
      const old = grant !== undefined && grant.refreshToken !== token;
      const dead =
        grant === undefined ||
        grant.revoked ||
        grant.clientId !== client.id ||
        grant.expiresAt < clock.now() ||
        clock.now() - grant.grantedAt > hardSeconds * 1000 ||
        (old && (grant.previous?.token !== token || grant.previous.until < clock.now()));
      if (dead) throw new OAuthError('invalid_grant', 'Incorrect or invalid refresh token');
      if (!old) rotate(grant);
      grant.expiresAt = clock.now() + refreshSeconds * 1000;
      return tokensFor(grant, hard);
    },
    revoke(token) {
      const grant = refreshes.get(token) ?? accesses.get(token)?.grant;
      if (grant === undefined) throw new OAuthError('invalid_request', 'Unknown token');
      grant.revoked = true;
    },
    grant: (realmId, clientId) => tokensFor(newGrant(realmId, clientId), false),
    access(header, realmId) {
      const token = /^Bearer (.*)$/i.exec(header ?? '')?.[1]?.trim();
      if (token === undefined || token.length < 20)
        throw faults.notAuthenticated('Malformed bearer token: too short or too long');
      const access = accesses.get(token);
      if (access === undefined) throw faults.notAuthenticated(`Cannot decode token: ${token.slice(0, 16)}`);
      if (access.grant.revoked) throw faults.notAuthenticated('Token revoked');
      if (access.until <= clock.now()) throw faults.notAuthenticated(`Token expired: ${token.slice(0, 16)}`);
      if (access.grant.realmId !== realmId) throw faults.notAuthorised();
      return { clientId: access.grant.clientId };
    },
    expireAccess(realmId) {
      for (const access of accesses.values()) if (access.grant.realmId === realmId) access.until = 0;
    },
    revokeRealm(realmId) {
      for (const grant of refreshes.values()) if (grant.realmId === realmId) grant.revoked = true;
    },
    state() {
      for (const [token, { until }] of accesses) if (until < clock.now() - day) accesses.delete(token);
      return { accesses, refreshes };
    },
    restore(state) {
      for (const [token, access] of state.accesses) accesses.set(token, access);
      for (const [token, grant] of state.refreshes) refreshes.set(token, grant);
    },
    realmOf: (refreshToken) => refreshes.get(refreshToken)?.realmId,
    forgetRealm(realmId) {
      for (const [token, grant] of refreshes) if (grant.realmId === realmId) refreshes.delete(token);
      for (const [token, { grant }] of accesses) if (grant.realmId === realmId) accesses.delete(token);
    },
  };
}
