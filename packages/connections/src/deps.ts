import type { AnyTarget, BooksSettings, Json } from '@ledgerpost/core';
import type { Store } from '@ledgerpost/store';
import type { OAuthApps } from './access/oauth-apps.ts';
import type { SealingKeys } from './seals/seal.ts';

/** What connections need; all of it is passed in. */
export interface ConnectionDeps {
  readonly store: Store;
  readonly apps: OAuthApps;
  /** Absent: no grant can be stored, so nothing can be connected. */
  readonly keys: SealingKeys | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now(): number;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Readonly<Record<string, Json>>): void;
  /** Removes secrets from settings before the journal shows them; absent: they contain none. */
  readonly forJournal?: ((target: AnyTarget, settings: BooksSettings) => unknown) | undefined;
}
