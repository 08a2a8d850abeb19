import {
  ACCOUNT_ROLES,
  type AccountRole,
  type AnyTarget,
  type BooksSettings,
  type Chart,
  type CompanyFacts,
  carrySecrets,
  type Identity,
  openTarget,
  Refusal,
} from '@ledgerpost/core';
import {
  type CompanyTarget,
  connectionChart,
  editSettings,
  forgetGrant,
  markConnected,
  rememberAccounts,
  storeChart,
  writeJournal,
} from '@ledgerpost/store';
import { noticingLoss } from '../access/renew-grant.ts';
import { connectionContext } from '../calling/connection-context.ts';
import type { ConnectionDeps } from '../deps.ts';
import { secretsOf } from '../seals/settings-secrets.ts';

export interface ReadOrder {
  readonly company: CompanyFacts;
  readonly companyTarget: CompanyTarget;
  readonly actor: string;
  /** Use the default accounts that the chart suggests, where none is set. */
  readonly fill: boolean;
}

/** How long the reading of all lists may take, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Reads whose books these are, and their accounts, classes and preferences, and stores them. The class mode of the settings
 * follows the books.
 * @throws Refusal `other-currency`; TargetError (of kind `access`: the connection is `lost` then)
 */
export async function readBooks(
  deps: ConnectionDeps,
  target: AnyTarget,
  order: ReadOrder,
): Promise<{ readonly identity: Identity; readonly chart: Chart }> {
  const { company, companyTarget } = order;
  const { sql } = deps.store;
  const id = companyTarget.connectionId;
  if (target.chart.by !== 'discovered') throw new Refusal('bad-request', `${target.name} has no chart of accounts to read.`);
  const session = await openNow(deps, target, companyTarget);
  const offered = target.chart;
  const { identity, chart } = await noticingLoss(deps.store, id, async () => ({
    identity: await target.check(session),
    chart: await offered.discover(session),
  }));
  if (isOtherCurrency(company, identity)) await forgetOtherCurrency(deps, target, order, identity);
  const before = (await connectionChart(sql, id))?.chart ?? undefined;
  await sql.begin(async (tx) => {
    await storeChart(tx, id, {
      identity,
      chart,
      // Under the names from the last reading, so that a renamed account is recognized.
      accountIds: { ...idsOf(before, companyTarget.settings), ...idsOf(chart, companyTarget.settings) },
    });
    await markConnected(tx, id);
  });
  await adopt(deps, target, order, chart);
  return { identity, chart };
}

/** A session for a person who waits. A lost grant is tried too: somebody may have restored the access at the target. */
export async function openNow(
  deps: ConnectionDeps,
  target: AnyTarget,
  { connectionId, settings }: CompanyTarget,
): Promise<unknown> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const context = connectionContext(deps, target, { connectionId, settings, signal, evenIfLost: true });
  return openTarget(target, settings, carrySecrets(context, await secretsOf(deps, target, connectionId)));
}

/** Refusal `other-currency` if the books are kept in another currency than the company's records. */
export function needCurrency(company: CompanyFacts, identity: Identity): void {
  if (!isOtherCurrency(company, identity)) return;
  throw new Refusal(
    'other-currency',
    `The books of “${identity.company}” are in ${identity.currency}, and ${company.name} uses ${company.currency}. Connect books in ${company.currency}.`,
  );
}

/** Refusal `books-not-supported` if the target can't post to these books. */
export function needSupported({ notSupported }: Identity): void {
  if (notSupported !== undefined) throw new Refusal('books-not-supported', notSupported);
}

function isOtherCurrency(company: CompanyFacts, { currency }: Identity): boolean {
  return currency !== undefined && currency !== company.currency;
}

/** Connected books whose currency was changed are disconnected: nothing may be posted there any more. */
async function forgetOtherCurrency(
  deps: ConnectionDeps,
  target: AnyTarget,
  { company, companyTarget, actor }: ReadOrder,
  identity: Identity,
): Promise<void> {
  await deps.store.sql.begin(async (sql) => {
    await forgetGrant(sql, companyTarget.connectionId);
    const details = { code: 'other-currency', currency: identity.currency };
    await writeJournal(sql, { companyId: company.id, actor, act: 'connection.refused', subject: `target/${target.id}`, details });
  });
  needCurrency(company, identity);
}

/** Settings that follow the chart: suggested accounts where none is set, and the class mode. */
async function adopt(deps: ConnectionDeps, target: AnyTarget, order: ReadOrder, chart: Chart): Promise<void> {
  const { companyId, connectionId } = order.companyTarget;
  const suggested = order.fill && target.chart.by === 'discovered' ? target.chart.suggest(chart) : {};
  const next = await changeSettings(deps, target, companyId, order.actor, (settings) => {
    const accounts: Partial<Record<AccountRole, string>> = {};
    for (const role of Object.keys(ACCOUNT_ROLES) as AccountRole[]) {
      const name = settings.accounts[role] ?? suggested[role];
      if (name !== undefined) accounts[role] = name;
    }
    const mode = chart.preferences?.classMode ?? settings.classes.mode;
    // Accounts that nobody suggests, such as that of card fees, stay as they are.
    return { ...settings, accounts: { ...settings.accounts, ...accounts }, classes: { ...settings.classes, mode } };
  });
  await rememberAccounts(deps.store.sql, connectionId, idsOf(chart, next));
}

/** Changes the settings as they are at that moment; equal settings write nothing. Returns the new ones. */
export async function changeSettings(
  deps: ConnectionDeps,
  target: AnyTarget,
  companyId: string,
  actor: string,
  edit: (settings: BooksSettings) => BooksSettings,
): Promise<BooksSettings> {
  const { forJournal } = deps;
  const shown = forJournal === undefined ? undefined : (settings: BooksSettings) => forJournal(target, settings);
  return editSettings(deps.store, { companyId, target: target.id, edit, forJournal: shown }, actor);
}

/** The target's ids of the accounts that the settings name. */
export function idsOf(chart: Chart | undefined, settings: BooksSettings): Record<string, string> {
  if (chart === undefined) return {};
  const ids = new Map(chart.accounts.flatMap(({ id, name }) => (id === undefined ? [] : [[name, id] as const])));
  const named = [...Object.values(settings.accounts), ...Object.values(settings.categories)];
  return Object.fromEntries(named.flatMap((name) => (name !== undefined && ids.has(name) ? [[name, ids.get(name)!]] : [])));
}
