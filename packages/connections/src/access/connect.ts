import { randomBytes } from 'node:crypto';
import {
  type AnyTarget,
  type CompanyFacts,
  type Grant,
  type OAuthAccess,
  type Offer,
  Refusal,
  TargetError,
} from '@ledgerpost/core';
import {
  type CompanyTarget,
  connectionToBooks,
  forgetGrant,
  getCompany,
  getCompanyTarget,
  getConnection,
  hasStandingPostings,
  peekState,
  type StateOrder,
  sealedGrant,
  storeConnection,
  storeOffer,
  storeState,
  takeOffer,
  takeState,
  writeJournal,
} from '@ledgerpost/store';
import { needCurrency, needSupported, readBooks } from '../books/read-books.ts';
import { refreshNamesIfPossible } from '../books/read-names.ts';
import type { ConnectionDeps } from '../deps.ts';
import { keysFor, openGrant, placeOf, sealGrant } from '../seals/keep-grant.ts';
import { seal, unseal } from '../seals/seal.ts';
import { checkGrant } from './check-grant.ts';
import { appFor, CALLBACK_PATH } from './oauth-apps.ts';
import { isAccessLost } from './renew-grant.ts';

/** How long an authorize address works, in milliseconds. */
const STATE_MS = 10 * 60_000;

/** Below the address of the API: the page on which an admin confirms a request before the target's pages open. */
export const CONNECT_PATH = '/v1/oauth/connect';

/**
 * Opens a request to connect the company's books. The request works once, for ten minutes, for this company, and while the
 * key or the person that asked has access. `authorizeUrl` is the target's own address: show it only to the browser that confirmed the
 * request. `confirmUrl` is the page that asks for that confirmation, on the host to which the target leads back.
 * @throws Refusal `no-oauth-app`
 */
export async function beginConnect(
  deps: ConnectionDeps,
  target: AnyTarget,
  companyTarget: CompanyTarget,
  by: { readonly keyId: string | null; readonly personId?: string | null; readonly actor: string },
): Promise<{ authorizeUrl: string; confirmUrl: string; expiresAt: Date }> {
  const access = oauthOf(target);
  const app = appFor(deps.apps, target);
  keysFor(deps.keys);
  const state = randomBytes(24).toString('base64url');
  const now = deps.now();
  const expiresAt = new Date(now + STATE_MS);
  const { companyId, connectionId } = companyTarget;
  const order: StateOrder = { companyId, target: target.id, connectionId, personId: null, ...by };
  await storeState(deps.store.sql, state, order, expiresAt, new Date(now));
  const home = app.redirectUri.slice(0, app.redirectUri.lastIndexOf(CALLBACK_PATH));
  return { authorizeUrl: access.authorizeUrl(app, state), confirmUrl: `${home}${CONNECT_PATH}?request=${state}`, expiresAt };
}

/** An open request, as an admin confirms it. */
export interface ConnectRequest {
  readonly company: CompanyFacts;
  readonly target: AnyTarget;
  /** The actor who asked for the address. */
  readonly askedBy: string;
  /** The name of the books to which the company is connected; undefined if there are none. */
  readonly connectedTo: string | undefined;
  /** The target's own address. */
  readonly authorizeUrl: string;
}

/** The open request with this state; it stays open. @throws Refusal `bad-state` */
export async function connectRequest(
  deps: ConnectionDeps,
  targets: readonly AnyTarget[],
  state: string,
): Promise<ConnectRequest> {
  const { order, target, company } = await known(deps, targets, await peekState(deps.store.sql, state, new Date(deps.now())));
  const connection = await getConnection(deps.store.sql, order.connectionId);
  return {
    company,
    target,
    askedBy: order.actor,
    connectedTo: connection?.state === 'disconnected' ? undefined : (connection?.identity?.company ?? connection?.account),
    authorizeUrl: oauthOf(target).authorizeUrl(appFor(deps.apps, target), state),
  };
}

/** The result of a connect. */
export interface Connected {
  readonly company: CompanyFacts;
  readonly target: AnyTarget;
  /** The company's name in the books; absent if it could not be read now. */
  readonly books: string | undefined;
}

/**
 * Finishes a request with the address to which the target sent the person back. Nothing is claimed before the target has
 * opened the books with the new grant. The same books keep all postings; others are refused while documents are posted in
 * the former. If the consent opens several books, nothing is claimed either: `chooseBooks` finishes the request.
 * @throws Refusal `bad-state` | `not-granted` | `other-books` | `books-taken` | `other-currency` | `books-not-supported`;
 * TargetError of kind `transient`
 */
export async function finishConnect(
  deps: ConnectionDeps,
  targets: readonly AnyTarget[],
  callbackUrl: string,
): Promise<Connected | Choice> {
  const state = new URL(callbackUrl, 'http://localhost').searchParams.get('state') ?? '';
  const request = await known(deps, targets, await takeState(deps.store.sql, state, new Date(deps.now())));
  const granted = await exchange(deps, request.target, callbackUrl);
  if (!('offered' in granted)) return claim(deps, request, granted);
  const { offered } = granted;
  const [first, ...others] = offered;
  if (first === undefined)
    throw new Refusal(
      'not-granted',
      `${request.target.name} granted access to no books. Connect again with a login that may post to some.`,
    );
  if (others.length === 0) return claim(deps, request, first.grant);
  const { sealed, keyId } = seal(keysFor(deps.keys), placeOf(request.order.connectionId), JSON.stringify(granted));
  const now = deps.now();
  await storeOffer(
    deps.store.sql,
    state,
    { ...request.order, sealed, sealedWith: keyId },
    new Date(now + STATE_MS),
    new Date(now),
  );
  const books = offered.map(({ name, grant: { account } }) => ({ name, account }));
  return { company: request.company, target: request.target, books: undefined, choose: books };
}

/** Books of one consent, from which a person chooses. */
export interface Choice extends Connected {
  readonly choose: readonly { readonly name: string; readonly account: string }[];
}

/**
 * Finishes a request whose consent opened several books with the ones that a person chose. Works once, for ten minutes.
 * @throws Refusal as `finishConnect`; TargetError of kind `transient`
 */
export async function chooseBooks(
  deps: ConnectionDeps,
  targets: readonly AnyTarget[],
  state: string,
  account: string,
): Promise<Connected> {
  const offer = await takeOffer(deps.store.sql, state, new Date(deps.now()));
  const request = await known(deps, targets, offer);
  const { sealed, sealedWith } = offer!;
  const opened = unseal(keysFor(deps.keys), placeOf(request.order.connectionId), sealed, sealedWith);
  const chosen = (JSON.parse(opened) as Offer).offered.find(({ grant }) => grant.account === account);
  if (chosen === undefined)
    throw new Refusal('bad-state', 'Those books were not among the offered ones. Start again from the connection card.');
  return claim(deps, request, chosen.grant);
}

/** Claims the books of a grant for the company that asked, once the target has opened them with it. */
async function claim(
  deps: ConnectionDeps,
  { order, target, company }: Awaited<ReturnType<typeof known>>,
  grant: Grant,
): Promise<Connected> {
  try {
    const companyTarget = (await getCompanyTarget(deps.store, company.id, target.id))!;
    const identity = await checkGrant(deps, target, companyTarget, grant);
    needSupported(identity);
    needCurrency(company, identity);
    await keep(deps, target, order, grant);
  } catch (error) {
    if (error instanceof Refusal) await journalRefusal(deps, order, error, grant.account);
    throw error;
  }
  const companyTarget = (await getCompanyTarget(deps.store, company.id, target.id))!;
  try {
    const { identity } = await readBooks(deps, target, { company, companyTarget, actor: order.actor, fill: true });
    await refreshNamesIfPossible(deps, target, companyTarget);
    return { company, target, books: identity.company };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    // The access is kept; the card shows that the books are still to be read.
    deps.log('warn', 'connected, but the books could not be read yet', { target: target.id, company: company.id });
    return { company, target, books: undefined };
  }
}

async function known(deps: ConnectionDeps, targets: readonly AnyTarget[], order: StateOrder | undefined) {
  const target = targets.find(({ id }) => id === order?.target);
  const company = order === undefined ? undefined : await getCompany(deps.store, order.companyId);
  if (order === undefined || target === undefined || company === undefined) {
    throw new Refusal(
      'bad-state',
      'There is no open request to connect books here. The request was already used, is older than ten minutes, or its key was revoked. Start again from the connection card.',
    );
  }
  return { order, target, company };
}

async function journalRefusal(deps: ConnectionDeps, order: StateOrder, { code }: Refusal, account: string): Promise<void> {
  const { companyId, actor, target } = order;
  const details = { code, account };
  await writeJournal(deps.store.sql, { companyId, actor, act: 'connection.refused', subject: `target/${target}`, details });
}

/** Ends the access, at the target too. Postings stay. @throws TargetError of kind `transient`: nothing is forgotten then */
export async function disconnect(
  deps: ConnectionDeps,
  target: AnyTarget,
  companyTarget: CompanyTarget,
  actor: string,
): Promise<void> {
  const { connectionId: id, companyId } = companyTarget;
  const access = oauthOf(target);
  await deps.store.sql.begin(async (sql) => {
    const kept = await sealedGrant(sql, id, 'lock');
    if (kept === undefined || kept.state === 'disconnected') return;
    const opened = openGrant(deps.keys, kept);
    const app = appFor(deps.apps, target);
    // A grant of another environment can't be revoked with this one's registration; once deleted, nobody can use it.
    if (opened !== undefined && kept.environment === app.environment) await access.revoke(app, opened.grant);
    await forgetGrant(sql, id);
    const subject = `target/${target.id}`;
    await writeJournal(sql, { companyId, actor, act: 'connection.ended', subject, details: { account: kept.account } });
  });
}

/** @throws Refusal `bad-request` for a target that is not connected by a person's grant */
export function oauthOf(target: AnyTarget): OAuthAccess {
  if (target.access.by !== 'oauth')
    throw new Refusal('bad-request', `${target.name} needs no sign-in. Change its settings instead.`);
  return target.access;
}

async function exchange(deps: ConnectionDeps, target: AnyTarget, callbackUrl: string): Promise<Grant | Offer> {
  try {
    return await oauthOf(target).exchange(appFor(deps.apps, target), callbackUrl);
  } catch (error) {
    if (isAccessLost(error)) throw new Refusal('not-granted', error.message);
    throw error;
  }
}

async function keep(deps: ConnectionDeps, target: AnyTarget, order: StateOrder, grant: Grant): Promise<void> {
  const { companyId, connectionId, actor } = order;
  const { environment } = appFor(deps.apps, target);
  const keys = keysFor(deps.keys);
  await deps.store.sql.begin(async (sql) => {
    // If two companies connect the same books at once, one waits here, and is refused below.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${target.id}/${environment}/${grant.account}`}, 11))`;
    const former = await getConnection(sql, connectionId);
    const moved = former !== undefined && (former.account !== grant.account || former.environment !== environment);
    if (moved && (await hasStandingPostings(sql, companyId, target.id))) {
      const name = former.identity?.company ?? former.account;
      throw new Refusal(
        'other-books',
        `Documents of this company are posted in the books of “${name}” (${former.account}), and you chose other books (${grant.account}). Ledgerpost could neither update nor undo those documents. Connect “${name}” again, or undo its batches first, or add another company in Ledgerpost for the other books.`,
        { connected: former.account, chosen: grant.account },
      );
    }
    const books = { target: target.id, environment, account: grant.account, except: connectionId };
    if ((await connectionToBooks(sql, books)) !== undefined) {
      throw new Refusal(
        'books-taken',
        `The books ${grant.account} are connected to another company of this installation. Disconnect that company first, or choose other books.`,
      );
    }
    await storeConnection(sql, {
      id: connectionId,
      companyId,
      target: target.id,
      account: grant.account,
      environment,
      connectedBy: actor,
      grant: sealGrant(keys, connectionId, grant, undefined, deps.now()),
    });
    await writeJournal(sql, {
      companyId,
      actor,
      act: former === undefined || moved ? 'connection.made' : 'connection.renewed',
      subject: `target/${target.id}`,
      details: { account: grant.account, environment },
    });
  });
}
