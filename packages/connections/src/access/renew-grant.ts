import { type AnyTarget, type Grant, type OAuthAccess, TargetError } from '@ledgerpost/core';
import { ENGINE, getConnection, markLost, type Sql, type Store, sealedGrant, storeGrant, writeJournal } from '@ledgerpost/store';
import type { ConnectionDeps } from '../deps.ts';
import { openGrant, sealGrant } from '../seals/keep-grant.ts';
import { appAtWork } from './oauth-apps.ts';

/** An access token that ends sooner than this is renewed before it is used, in milliseconds. */
export const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * A newer grant, stored before anybody uses it. The connection's row is locked during that, over all processes: the second
 * caller finds the first one's grant. If the present grant is refused, the previous one is tried once: a process that died
 * between the target's answer and our write may have left the older one in the database.
 * @param isDue whether the grant that is kept now still has to be renewed
 * @throws TargetError of kind `access` if the grant is dead: the connection is `lost` then
 */
export function renewGrant(
  deps: ConnectionDeps,
  target: AnyTarget,
  connectionId: string,
  isDue: (grant: Grant) => boolean,
): Promise<Grant> {
  // Within a process one after the other, so that callers wait here and not each on a database connection of its own.
  const queue = queueOf(deps.store);
  const turn = (queue.get(connectionId) ?? Promise.resolve()).then(() => renewAlone(deps, target, connectionId, isDue));
  const settled = turn.then(
    () => {},
    () => {},
  );
  queue.set(connectionId, settled);
  void settled.then(() => {
    if (queue.get(connectionId) === settled) queue.delete(connectionId);
  });
  return turn;
}

const queues = new WeakMap<Store, Map<string, Promise<void>>>();

function queueOf(store: Store): Map<string, Promise<void>> {
  const known = queues.get(store) ?? new Map<string, Promise<void>>();
  queues.set(store, known);
  return known;
}

async function renewAlone(
  deps: ConnectionDeps,
  target: AnyTarget,
  connectionId: string,
  isDue: (grant: Grant) => boolean,
): Promise<Grant> {
  const outcome = await deps.store.sql.begin(async (sql): Promise<Grant | TargetError> => {
    const kept = await sealedGrant(sql, connectionId, 'lock');
    const opened = kept === undefined ? undefined : openGrant(deps.keys, kept);
    if (kept === undefined || opened === undefined) return notConnected(target);
    if (!isDue(opened.grant)) return opened.grant;
    // With another environment's registration, the target would report the grant as dead.
    needEnvironment(deps, target, kept);
    const renewed = await renewEither(deps, target, opened.grant, opened.former);
    if (renewed instanceof TargetError) {
      await loseAccess(sql, connectionId, renewed);
      return renewed;
    }
    await storeGrant(sql, connectionId, sealGrant(deps.keys!, connectionId, renewed, opened.grant, deps.now()));
    return renewed;
  });
  // Thrown after the transaction, which records that the access is lost.
  if (outcome instanceof TargetError) throw outcome;
  return outcome;
}

/** The error where the grant is dead. @throws TargetError of another kind */
async function renewEither(
  deps: ConnectionDeps,
  target: AnyTarget,
  grant: Grant,
  former: Grant | undefined,
): Promise<Grant | TargetError> {
  const access = target.access as OAuthAccess;
  const app = appAtWork(deps.apps, target);
  try {
    return await access.renew(app, grant);
  } catch (error) {
    if (!isAccessLost(error)) throw error;
    if (former === undefined || former.refreshToken === grant.refreshToken || former.account !== grant.account) return error;
    deps.log('warn', 'the grant was refused; trying the previous one once', { target: target.id });
    try {
      return await access.renew(app, former);
    } catch (again) {
      if (!isAccessLost(again)) throw again;
      return error;
    }
  }
}

/** Records, once, that the access to the target is lost. */
async function loseAccess(sql: Sql, connectionId: string, { code, message }: TargetError): Promise<void> {
  if (!(await markLost(sql, connectionId, { code, message }))) return;
  const connection = (await getConnection(sql, connectionId))!;
  await writeJournal(sql, {
    companyId: connection.companyId,
    actor: ENGINE,
    act: 'connection.lost',
    subject: `target/${connection.target}`,
    details: { code, message },
  });
}

/**
 * Works at a target. A lost access is recorded, so that everybody sees why nothing continues; but not if somebody has reconnected
 * since the work began, because the error is about the earlier grant then. Such work is to be tried again.
 * @throws what the work throws; TargetError of kind `transient` for an error about an earlier grant
 */
export async function noticingLoss<Result>({ sql }: Store, connectionId: string, work: () => Promise<Result>): Promise<Result> {
  const before = await getConnection(sql, connectionId);
  try {
    return await work();
  } catch (error) {
    if (!isAccessLost(error)) throw error;
    const isEarlier = await sql.begin(async (tx) => {
      // Locked, so that nobody reconnects between the comparison and the mark.
      await sealedGrant(tx, connectionId, 'lock');
      const now = await getConnection(tx, connectionId);
      if (now?.state === 'connected' && now.connectedAt?.getTime() !== before?.connectedAt?.getTime()) return true;
      await loseAccess(tx, connectionId, error);
      return false;
    });
    if (!isEarlier) throw error;
    throw new TargetError(
      'transient',
      'target-unreachable',
      'Somebody reconnected while the request was running. It is sent again.',
    );
  }
}

/** The sandbox's books are never the production books, whatever their name. @throws TargetError of kind `config` */
export function needEnvironment(deps: ConnectionDeps, target: AnyTarget, kept: { readonly environment: string }): void {
  const now = deps.apps[target.id]?.environment;
  if (now === undefined || now === kept.environment) return;
  throw new TargetError(
    'config',
    'target-not-ready',
    `${target.name} was connected in its environment “${kept.environment}”, and this installation now uses “${now}”. Reconnect ${target.name}, or change the environment back.`,
  );
}

export function isAccessLost(error: unknown): error is TargetError {
  return error instanceof TargetError && error.kind === 'access';
}

export function notConnected(target: AnyTarget): TargetError {
  return new TargetError('access', 'access-lost', `${target.name} is not connected. Connect it, then resume the batch.`);
}
