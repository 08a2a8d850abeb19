import type { AnyTarget, BooksSettings, Json } from '@ledgerpost/core';
import type { Store } from '@ledgerpost/store';
import type { OAuthApps } from './access/oauth-apps.ts';
import type { SealingKeys } from './seals/seal.ts';

/** What connections are made of; all of it is lent. */
export interface ConnectionDeps {
  readonly store: Store;
  readonly apps: OAuthApps;
  /** Absent: no grant can be kept, so nothing can be connected. */
  readonly keys: SealingKeys | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now(): number;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, Json>>): void;
  /** Takes out of settings what the journal may not show; absent: there are no secrets in them. */
  readonly forJournal?: ((target: AnyTarget, settings: BooksSettings) => unknown) | undefined;
}
