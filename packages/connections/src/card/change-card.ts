import {
  ACCOUNT_ROLES,
  type AccountRole,
  type AnyTarget,
  type ClassOutcome,
  type CompanyFacts,
  fitsRole,
  Refusal,
} from '@ledgerpost/core';
import { type CompanyTarget, connectionChart, getConnection, rememberAccounts, writeJournal } from '@ledgerpost/store';
import { oauthOf } from '../access/connect.ts';
import { noticingLoss } from '../access/renew-grant.ts';
import { changeSettings, idsOf, openNow, readBooks } from '../books/read-books.ts';
import { refreshNamesIfPossible } from '../books/read-names.ts';
import type { ConnectionDeps } from '../deps.ts';
import { nearestFitting } from './account-status.ts';

/** Reads the books again: edition, chart, classes, preferences, names. @throws Refusal `not-connected`; TargetError */
export async function refreshConnection(
  deps: ConnectionDeps,
  target: AnyTarget,
  order: { readonly company: CompanyFacts; readonly companyTarget: CompanyTarget; readonly actor: string },
): Promise<void> {
  await needConnection(deps, target, order.companyTarget);
  await readBooks(deps, target, { ...order, fill: false });
  await refreshNamesIfPossible(deps, target, order.companyTarget);
}

/**
 * Sets a default account by a name that somebody pasted from the chart. Only blanks around the name are ignored.
 * @throws Refusal `no-such-account`, with the nearest names | `not-connected`
 */
export async function setDefaultAccount(
  deps: ConnectionDeps,
  target: AnyTarget,
  order: { readonly companyTarget: CompanyTarget; readonly role: AccountRole; readonly name: string; readonly actor: string },
): Promise<void> {
  const { companyId, connectionId } = order.companyTarget;
  const chart = (await connectionChart(deps.store.sql, connectionId))?.chart ?? order.companyTarget.settings.chart;
  if (chart === undefined) {
    throw new Refusal(
      'not-connected',
      `The chart of accounts was not read from ${target.name} yet. Connect ${target.name} or refresh the connection first.`,
    );
  }
  const { role } = order;
  const name = order.name.trim();
  const account = chart.accounts.find((one) => one.name === name);
  const near = nearestFitting(role, name, chart).filter((one) => one !== name);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.map((one) => `“${one}”`).join(' or ')}?`;
  const refuse = (text: string) => new Refusal('no-such-account', `${text}${hint}`, { nearest: near });
  if (account === undefined) throw refuse(`There is no account with exactly the name “${name}”.`);
  if (!account.active) throw refuse(`The account “${name}” is inactive.`);
  if (!fitsRole(role, account.type)) {
    const purpose = ACCOUNT_ROLES[role].name.toLowerCase();
    throw refuse(`The account “${name}” is of type ${account.type}, which can’t be used for ${purpose}.`);
  }
  const next = await changeSettings(deps, target, companyId, order.actor, (settings) => ({
    ...settings,
    accounts: { ...settings.accounts, [role]: name },
  }));
  await rememberAccounts(deps.store.sql, connectionId, idsOf(chart, next));
}

/**
 * Creates classes in the books on an admin's request, and reads the books again.
 * @throws Refusal `not-connected` | `class-tracking-off`; TargetError
 */
export async function createClasses(
  deps: ConnectionDeps,
  target: AnyTarget,
  order: {
    readonly company: CompanyFacts;
    readonly companyTarget: CompanyTarget;
    readonly names: readonly string[];
    readonly actor: string;
  },
): Promise<readonly ClassOutcome[]> {
  const { companyTarget, names, actor } = order;
  await needConnection(deps, target, companyTarget);
  if (target.chart.by !== 'discovered') throw new Refusal('bad-request', `Ledgerpost can’t create classes in ${target.name}.`);
  const kept = await connectionChart(deps.store.sql, companyTarget.connectionId);
  if (kept?.chart?.preferences?.classMode === 'none')
    throw new Refusal(
      'class-tracking-off',
      `Class tracking is off in ${target.name}. Turn it on there before you create classes.`,
    );
  const offered = target.chart;
  const outcomes = await noticingLoss(deps.store, companyTarget.connectionId, async () =>
    offered.createClasses(await openNow(deps, target, companyTarget), [...new Set(names)]),
  );
  await writeJournal(deps.store.sql, {
    companyId: companyTarget.companyId,
    actor,
    act: 'classes.created',
    subject: `target/${target.id}`,
    details: { outcomes },
  });
  await readBooks(deps, target, { ...order, fill: false });
  return outcomes;
}

async function needConnection(deps: ConnectionDeps, target: AnyTarget, { connectionId }: CompanyTarget): Promise<void> {
  oauthOf(target);
  const connection = await getConnection(deps.store.sql, connectionId);
  if (connection === undefined || connection.state === 'disconnected')
    throw new Refusal('not-connected', `${target.name} is not connected. Connect it first.`);
}
