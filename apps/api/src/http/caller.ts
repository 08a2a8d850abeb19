import type { Role } from '@ledgerpost/store';

/** The key that a request was sent with, directly or by a browser's session. */
export interface Caller {
  readonly keyId: string;
  /** Null: a key of the installation. */
  readonly companyId: string | null;
  readonly roles: readonly Role[];
  /** The name of the caller in the journal: the key's name and id. */
  readonly actor: string;
}
