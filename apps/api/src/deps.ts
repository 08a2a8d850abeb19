import type { ConnectionDeps, OAuthApps, SealingKeys } from '@ledgerpost/connections';
import type { AnyTarget } from '@ledgerpost/core';
import type { Sweep } from '@ledgerpost/dispatch';
import type { Store } from '@ledgerpost/store';
import type { Tracer } from '@opentelemetry/api';
import type { Client } from '@temporalio/client';
import type { Metrics } from './http/metrics.ts';

/** What the API works with; all of it is lent, so that tests lend their own. */
export interface Deps {
  readonly store: Store;
  /** Absent: batches are taken and wait until an API that has Temporal hands them over. */
  readonly temporal: Client | undefined;
  readonly targets: readonly AnyTarget[];
  /** Milliseconds since 1970. */
  now(): number;
  /** Where people reach this API, without a slash at the end; goes into links. */
  readonly publicUrl?: string | undefined;
  /** Where people reach the Temporal UI. */
  readonly temporalUiUrl?: string | undefined;
  readonly temporalNamespace?: string | undefined;
  /** After how many seconds of silence a worker counts as dead; absent: as the workflows' policies say. */
  readonly heartbeatSeconds?: number | undefined;
  /** The installation's registrations with targets, by target id; absent: there are none, and nothing can be connected. */
  readonly oauthApps?: OAuthApps | undefined;
  /** Under which grants are kept; absent: none can be. */
  readonly sealingKeys?: SealingKeys | undefined;
  /** How targets are reached; absent: as usual. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How often to look for batches that were left between the database and Temporal; absent: never. */
  readonly sweepEveryMs?: number | undefined;
  /** How often, in minutes, to look by itself for what changed in connected books; 0: never. Absent: schedules are left alone. */
  readonly lookEveryMinutes?: number | undefined;
  /** What targets sign their webhooks with, by target id; absent: none is listened to. */
  readonly webhookSecrets?: Readonly<Record<string, string>> | undefined;
  /** Folder of the built console; absent, or not there: none is served. */
  readonly consoleDir?: string | undefined;
  /** Absent: requests make no spans. */
  readonly tracer?: Tracer | undefined;
}

/** What a route gets besides: what belongs to this one running API. */
export interface RouteDeps extends Deps {
  readonly metrics: Metrics;
  readonly sweep: Sweep | undefined;
  /** What connections to targets are made of. */
  readonly connections: ConnectionDeps;
  /** Aborted when the API closes: followers end then, so that closing doesn't wait for them. */
  readonly closing: AbortSignal;
}
