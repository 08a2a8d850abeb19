import type { ConnectionDeps, OAuthApps, SealingKeys } from '@ledgerpost/connections';
import type { AnyTarget, MailTerms } from '@ledgerpost/core';
import type { Sweep } from '@ledgerpost/dispatch';
import type { Store } from '@ledgerpost/store';
import type { Tracer } from '@opentelemetry/api';
import type { Client } from '@temporalio/client';
import type { CallerGuard, CallerLimits } from './http/caller-limits.ts';
import type { Metrics } from './http/metrics.ts';
import type { FairReads } from './http/shared/fair-reads.ts';
import type { DatabasePatience } from './http/silent-database.ts';
import type { OidcProvider, OidcSettings } from './sign-in/oidc.ts';

/** What the API works with. All of it is passed in, so that tests pass in their own. */
export interface Deps {
  readonly store: Store;
  /** Absent: batches are accepted and wait until an API that has Temporal hands them over. */
  readonly temporal: Client | undefined;
  readonly targets: readonly AnyTarget[];
  /** Milliseconds since 1970. */
  now(): number;
  /** The address at which people reach this API, without a slash at the end; goes into links. */
  readonly publicUrl?: string | undefined;
  /** The address at which people reach the Temporal UI. */
  readonly temporalUiUrl?: string | undefined;
  readonly temporalNamespace?: string | undefined;
  /** After how many seconds of silence a worker counts as dead; absent: the default of the workflows' policies. */
  readonly heartbeatSeconds?: number | undefined;
  /** The installation's registrations with targets, by target id. Absent: there are none, and nothing can be connected. */
  readonly oauthApps?: OAuthApps | undefined;
  /** The keys that seal grants; absent: no grant can be stored. */
  readonly sealingKeys?: SealingKeys | undefined;
  /** The `fetch` with which targets are reached; absent: the runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How often to search for batches that are in the database and not in Temporal; absent: never. */
  readonly sweepEveryMs?: number | undefined;
  /**
   * How often, in minutes, connected books are checked for changes; 0: never. `usual`: every hour, or once a day where the target
   * announces changes by webhook. Absent: schedules are left alone.
   */
  readonly lookEveryMinutes?: number | 'usual' | undefined;
  /** The secrets with which targets sign their webhooks, by target id; absent: no webhook is accepted. */
  readonly webhookSecrets?: Readonly<Record<string, string>> | undefined;
  /** How this installation sends notices; absent: no mail, and Slack at Slack's own host. */
  readonly notices?: { readonly mail: boolean; readonly slackHosts: readonly string[] } | undefined;
  /** When a silent database is given up; absent: after some seconds. */
  readonly databasePatience?: DatabasePatience | undefined;
  /** The provider with which people sign in; absent: they have passwords. */
  readonly oidc?: OidcSettings | undefined;
  /** How mail is sent; absent: links of invitations are only shown. */
  readonly mail?: MailTerms | undefined;
  /** How much one caller may ask; absent: as usual. */
  readonly limits?: CallerLimits | undefined;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed; absent: none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** After how many milliseconds without an event a stream sends a sign of life; absent: 5,000. */
  readonly streamHeartbeatMs?: number | undefined;
  /** How long a body that is one value may take to arrive, in milliseconds; absent: a minute. */
  readonly bodyMs?: number | undefined;
  /** Folder of the built console; absent, or no such folder: no console is served. */
  readonly consoleDir?: string | undefined;
  /** Absent: requests are not traced. */
  readonly tracer?: Tracer | undefined;
}

/** What a route gets in addition: what belongs to this one running API. */
export interface RouteDeps extends Deps {
  readonly metrics: Metrics;
  readonly guard: CallerGuard;
  /** For reads that cost much. */
  readonly reads: FairReads;
  readonly sweep: Sweep | undefined;
  readonly provider: OidcProvider | undefined;
  /** What the functions of connections work with. */
  readonly connections: ConnectionDeps;
  /** Aborted when the API closes: event streams end then, so that closing doesn't wait for them. */
  readonly closing: AbortSignal;
}
