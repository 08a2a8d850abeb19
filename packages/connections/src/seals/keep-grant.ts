import { type Grant, Refusal, TargetError } from '@ledgerpost/core';
import type { NewGrant, SealedGrant } from '@ledgerpost/store';
import { type SealingKeys, seal, unseal } from './seal.ts';

/** A grant in the form that the store accepts. */
export function sealGrant(
  keys: SealingKeys,
  connectionId: string,
  grant: Grant,
  former: Grant | undefined,
  now: number,
): NewGrant {
  const place = placeOf(connectionId);
  const { sealed, keyId } = seal(keys, place, JSON.stringify(grant));
  return {
    sealed,
    keyId,
    formerSealed: former === undefined ? null : seal(keys, place, JSON.stringify(former)).sealed,
    accessExpiresAt: new Date(grant.accessExpiresAt),
    refreshExpiresAt: new Date(grant.refreshExpiresAt),
    grantEndsAt: grant.endsAt === undefined ? null : new Date(grant.endsAt),
    renewedAt: new Date(now),
  };
}

/** The stored grant of a connection, and the previous one. @throws TargetError of kind `config` if it can't be unsealed */
export function openGrant(
  keys: SealingKeys | undefined,
  { id, sealed, formerSealed, keyId }: SealedGrant,
): { readonly grant: Grant; readonly former: Grant | undefined } | undefined {
  if (sealed === null || keyId === null) return undefined;
  if (keys === undefined)
    throw new TargetError('config', 'target-not-ready', 'There are no sealing keys. Set LEDGERPOST_SEALING_KEYS.');
  try {
    const open = (bytes: Uint8Array) => JSON.parse(unseal(keys, placeOf(id), bytes, keyId)) as Grant;
    return { grant: open(sealed), former: formerSealed === null ? undefined : open(formerSealed) };
  } catch (error) {
    // A SyntaxError would quote the unsealed text.
    const message = error instanceof SyntaxError ? 'The stored grant can’t be read. Reconnect.' : (error as Error).message;
    throw new TargetError('config', 'target-not-ready', message);
  }
}

/** @throws Refusal `no-oauth-app` */
export function keysFor(keys: SealingKeys | undefined): SealingKeys {
  if (keys === undefined)
    throw new Refusal('no-oauth-app', 'There are no sealing keys, so no grant can be stored. Set LEDGERPOST_SEALING_KEYS.');
  return keys;
}

export function placeOf(connectionId: string): string {
  return `connection ${connectionId}`;
}
