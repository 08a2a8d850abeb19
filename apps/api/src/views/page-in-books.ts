import { kindOf, type Operation } from '@ledgerpost/core';
import { type BatchView, getConnection } from '@ledgerpost/store';
import type { RouteDeps } from '../deps.ts';

interface Sent {
  readonly operation: Operation;
  readonly state: string;
  readonly externalId: string | null;
}

/** The address of a document in the books' own pages, if the document is there and the target knows such a page. */
export async function pageInBooks(
  { store, targets }: Pick<RouteDeps, 'store' | 'targets'>,
  batch: Pick<BatchView, 'target' | 'connectionId'>,
  { operation, state, externalId }: Sent,
): Promise<string | undefined> {
  const pageOf = targets.find(({ id }) => id === batch.target)?.pageOf;
  if (pageOf === undefined || externalId === null || state === 'undone') return undefined;
  const connection = await getConnection(store.sql, batch.connectionId);
  return connection && pageOf(kindOf(operation), externalId, connection.environment);
}
