/** Access that a person grants in the target's own pages. Secrets are passed in and returned; the engine keeps them sealed. */
export interface OAuthAccess {
  /** Granted by a person, not entered in the settings. */
  readonly by: 'oauth';
  /** The environments of the books: `production`, `sandbox`. The admin chooses one. The installation may add a simulator. */
  readonly environments: readonly string[];
  /** The address that the person is sent to. `state` returns with the answer. Pure. */
  authorizeUrl(app: OAuthApp, state: string): string;
  /**
   * Turns the address that the person returned to into a grant; into an offer, if one consent opens several books and the target's own
   * pages did not ask which. @throws TargetError of kind `access` with the target's reason
   */
  exchange(app: OAuthApp, callbackUrl: string): Promise<Grant | Offer>;
  /** A fresh access token. The refresh token may change too. @throws TargetError of kind `access` if the grant has ended */
  renew(app: OAuthApp, grant: Grant): Promise<Grant>;
  /** Ends the grant at the target. Harmless if repeated. */
  revoke(app: OAuthApp, grant: Grant): Promise<void>;
}

/** The installation's registration with the target. */
export interface OAuthApp {
  /** As the vendor gave it. */
  readonly clientId: string;
  /** Secret. */
  readonly clientSecret: string;
  /** The address that the vendor sends the person back to. It must be registered there. */
  readonly redirectUri: string;
  /** One of the target's environments, or the simulator's. */
  readonly environment: string;
  /** The addresses of a simulator. Absent: the target's own addresses for the environment. */
  readonly endpoints?:
    | { readonly authorize: string; readonly token: string; readonly revoke: string; readonly api: string }
    | undefined;
}

/**
 * Books that one consent opens. A person chooses one of them for the company that asked; the others stay unclaimed. The engine keeps the
 * offer sealed for ten minutes, for the browser that confirmed the request. One book alone is taken without a question.
 */
export interface Offer {
  /** At least one. A target shows those that the person may post to. */
  readonly offered: readonly OfferedBooks[];
}

/** One of the books that a consent opens. */
export interface OfferedBooks {
  /** The books' own name, for the person who chooses. */
  readonly name: string;
  /** The grant for these books, with their `account`. Books of one consent may share its tokens; `revoke` then ends the access to this account alone. */
  readonly grant: Grant;
}

/** What a person granted. All of it is secret, except `account` and the times. */
export interface Grant {
  /** The target's id for the books. */
  readonly account: string;
  /** The address of the target's API for these books. */
  readonly apiUrl: string;
  /** Secret. */
  readonly accessToken: string;
  /** Milliseconds since 1970. The token is renewed before then. */
  readonly accessExpiresAt: number;
  /** Secret. If the vendor rotates it, it is valid for one renewal, so the newest must not be lost. */
  readonly refreshToken: string;
  /** When the grant ends if it is never renewed, in milliseconds since 1970. An admin is warned before then. */
  readonly refreshExpiresAt: number;
  /** When the grant ends even if it is renewed, in milliseconds since 1970. Absent: the target does not say. A person must grant again before then. */
  readonly endsAt?: number;
}
