import { type AnyTarget, carrySecrets, openTarget, TargetError } from '@ledgerpost/core';
import { type CompanyTarget, getConnection, type Sql, saveBookNames, sealBookNames } from '@ledgerpost/store';
import { noticingLoss } from '../access/renew-grant.ts';
import { connectionContext } from '../calling/connection-context.ts';
import type { ConnectionDeps } from '../deps.ts';
import { secretsOf } from '../seals/settings-secrets.ts';

/** How long the reading of all names may take, in milliseconds: a minute for each 100,000 and more. */
const PATIENCE_MS = 150_000;

const KINDS = ['customer', 'item'] as const;

/** What a reading of names found. */
export interface NamesRead {
  /** Names that were read. */
  readonly names: number;
}

/**
 * Reads the names of all customers, products and services in the books, and stores them. What the books no longer have is marked so.
 * A reading that breaks off keeps what it read, and marks nothing.
 * @throws TargetError (of kind `access`: the connection is `lost` then)
 */
export async function refreshNames(deps: ConnectionDeps, target: AnyTarget, companyTarget: CompanyTarget): Promise<NamesRead> {
  if (target.delivery.by !== 'push' || target.delivery.list === undefined) return { names: 0 };
  const { list } = target.delivery;
  const { companyId, connectionId, settings } = companyTarget;
  const scope = { companyId, target: target.id, connectionId };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const own = connectionContext(deps, target, { connectionId, settings, signal, evenIfLost: true });
  const context = carrySecrets(own, await secretsOf(deps, target, connectionId));
  const { sql } = deps.store;
  const readAt = new Date(deps.now());
  const books = await booksOf(sql, connectionId);
  /** Other books may have been connected during the reading, and their names must not get among these. */
  const inSameBooks = (work: (tx: Sql) => Promise<void>) =>
    sql.begin(async (tx) => {
      if ((await booksOf(tx, connectionId)) !== books)
        throw new TargetError(
          'transient',
          'target-unreachable',
          'Other books were connected during the reading. Read the names again.',
        );
      await work(tx);
    });
  let names = 0;
  await noticingLoss(deps.store, connectionId, async () => {
    for await (const page of list(openTarget(target, settings, context), KINDS)) {
      names += page.names.length;
      await inSameBooks((tx) => saveBookNames(tx, scope, page.kind, page.names, readAt));
    }
  });
  await inSameBooks((tx) => sealBookNames(tx, scope, KINDS, readAt));
  return { names };
}

async function booksOf(sql: Sql, connectionId: string): Promise<string> {
  const connection = await getConnection(sql, connectionId);
  return `${connection?.environment}/${connection?.account}`;
}

/** `refreshNames` for a moment at which the names are only one thing of several: what can't be read now is read later. */
export async function refreshNamesIfPossible(
  deps: ConnectionDeps,
  target: AnyTarget,
  companyTarget: CompanyTarget,
): Promise<void> {
  try {
    await refreshNames(deps, target, companyTarget);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    deps.log('warn', 'the names of customers and services could not be read yet', {
      target: target.id,
      company: companyTarget.companyId,
      code: error.code,
    });
  }
}
