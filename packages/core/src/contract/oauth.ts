/** Access that a person grants in the target's own pages. Secrets are passed in and handed back; the engine keeps them sealed. */
export interface OAuthAccess {
  /** Granted by a person, instead of written into the settings. */
  readonly by: 'oauth';
  /** Where books can be: `production`, `sandbox`. The admin chooses one; a stand-in is added by the installation. */
  readonly environments: readonly string[];
  /** Where the person is sent. `state` comes back with the answer. Pure. */
  authorizeUrl(app: OAuthApp, state: string): string;
  /** Turns the address that the person came back to into a grant. @throws TargetError of kind `access` with the target's reason */
  exchange(app: OAuthApp, callbackUrl: string): Promise<Grant>;
  /** A fresh access token; the refresh token may be another one afterwards. @throws TargetError: `access` if the grant is dead */
  renew(app: OAuthApp, grant: Grant): Promise<Grant>;
  /** Ends the grant at the target. Twice is harmless. */
  revoke(app: OAuthApp, grant: Grant): Promise<void>;
}

/** The installation's registration with the target. */
export interface OAuthApp {
  /** As the vendor gave it. */
  readonly clientId: string;
  /** Secret. */
  readonly clientSecret: string;
  /** Where the vendor sends the person back to; must be registered there. */
  readonly redirectUri: string;
  /** One of the target's environments, or the stand-in's. */
  readonly environment: string;
  /** Where a stand-in answers; absent: the target's own addresses for the environment. */
  readonly endpoints?:
    | { readonly authorize: string; readonly token: string; readonly revoke: string; readonly api: string }
    | undefined;
}

/** What a person granted; all of it is secret but `account` and the times. */
export interface Grant {
  /** Whose books, as the target names them. */
  readonly account: string;
  /** Where the target's API answers for them. */
  readonly apiUrl: string;
  /** Secret. */
  readonly accessToken: string;
  /** Milliseconds since 1970. It is renewed before. */
  readonly accessExpiresAt: number;
  /** Secret, and good for one renewal where the vendor rotates it: the newest must not be lost. */
  readonly refreshToken: string;
  /** When it ends if it is never renewed, in milliseconds since 1970. An admin is warned before. */
  readonly refreshExpiresAt: number;
}
