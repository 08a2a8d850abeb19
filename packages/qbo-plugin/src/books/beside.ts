import type { Json, Receipt } from '@ledgerpost/core';
import type { Entity } from '../api/entities.ts';
import { isUnchanged, readVersion, versionOf } from './content.ts';

/** The journal of a payment's fee, as the payment's receipt names it (`details.beside`). */
export interface Beside {
  readonly kind: 'journal';
  readonly externalId: string;
  readonly externalVersion: string;
}

/** What a receipt's details have beside the payment. */
export function besideIn(details: Receipt['details']): Beside | undefined {
  const { beside } = (details ?? {}) as { readonly beside?: Partial<Beside> };
  const { externalId, externalVersion } = beside ?? {};
  if (typeof externalId !== 'string' || typeof externalVersion !== 'string') return undefined;
  return { kind: 'journal', externalId, externalVersion };
}

/** Details with that beside them. */
export function withBeside(details: Receipt['details'], beside: Beside): Json {
  return { ...(details as Readonly<Record<string, Json>> | undefined), beside: { ...beside } };
}

export function besideOf(journal: Entity): Beside {
  return { kind: 'journal', externalId: journal.Id, externalVersion: versionOf('JournalEntry', journal, '') };
}

/** Whether the journal is as it was posted. */
export function isAsPosted({ externalVersion }: Beside, journal: Entity): boolean {
  const version = readVersion(externalVersion);
  return version !== undefined && isUnchanged('JournalEntry', journal, version);
}
