import { isDeepStrictEqual } from 'node:util';
import { BATCHED_TYPES, type BatchedRef, type BooksSettings, Refusal } from '@ledgerpost/core';
import { v4 as uuid } from 'uuid';
import { writeJournal } from '../access/journal.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';

/** A company that may batch to a target, with its settings there. */
export interface CompanyTarget {
  readonly companyId: string;
  readonly target: string;
  readonly delivery: 'files' | 'push';
  readonly settings: BooksSettings;
  readonly settingsVersion: number;
  readonly connectionId: string;
  readonly enabledAt: Date;
}

/**
 * Lets a company batch to a target, and finds what its records ask for there. All or nothing, in one transaction;
 * records that come meanwhile wait for it. For a target that is enabled already it is `editSettings`.
 * Throws `not-found` if there is no such company.
 */
export async function enableTarget(
  store: Store,
  order: {
    companyId: string;
    target: string;
    delivery: 'files' | 'push';
    settings: BooksSettings;
    /** Takes out what viewers of the journal may not read; absent: there are no secrets in the settings. */
    forJournal?: ((settings: BooksSettings) => unknown) | undefined;
  },
  actor: string,
): Promise<void> {
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, order.companyId);
    if ((await findTarget(sql, order.companyId, order.target)) !== undefined) return changeSettings(sql, order, actor);
    const currency = await currencyOf(sql, order.companyId);
    await sql`
      insert into company_targets (company_id, target, delivery, settings, connection_id)
      values (${order.companyId}, ${order.target}, ${order.delivery}, ${JSON.stringify(order.settings)}::text::jsonb, ${uuid()})`;
    await backfill(sql, { ...order, currency });
    await writeJournal(sql, {
      companyId: order.companyId,
      actor,
      act: 'target.enabled',
      subject: `target/${order.target}`,
      details: { settings: order.forJournal?.(order.settings) ?? order.settings },
    });
  });
}

/**
 * Changes the settings as they are at that moment: two changes at once wait for each other, and both count. A running
 * batch keeps those it started with. Answers the new ones. Throws `target-not-enabled`.
 */
export async function editSettings(
  store: Store,
  order: {
    companyId: string;
    target: string;
    edit(settings: BooksSettings): BooksSettings;
    forJournal?: ((settings: BooksSettings) => unknown) | undefined;
  },
  actor: string,
): Promise<BooksSettings> {
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, order.companyId);
    const settings = order.edit((await needTarget(sql, order)).settings);
    await changeSettings(sql, { ...order, settings }, actor);
    return settings;
  });
}

export async function getCompanyTarget(store: Store, companyId: string, target: string): Promise<CompanyTarget | undefined> {
  return findTarget(store.sql, companyId, target);
}

/** By the target's name. */
export async function listCompanyTargets(store: Store, companyId: string): Promise<readonly CompanyTarget[]> {
  return targetsOf(store.sql, companyId);
}

/** As `listCompanyTargets`, inside a transaction. */
export async function targetsOf(sql: Sql, companyId: string): Promise<readonly CompanyTarget[]> {
  return sql<CompanyTarget[]>`select ${columns(sql)} from company_targets where company_id = ${companyId} order by target`;
}

async function findTarget(sql: Sql, companyId: string, target: string): Promise<CompanyTarget | undefined> {
  const [row] = await sql<CompanyTarget[]>`
    select ${columns(sql)} from company_targets where company_id = ${companyId} and target = ${target}`;
  return row;
}

async function needTarget(sql: Sql, { companyId, target }: { companyId: string; target: string }): Promise<CompanyTarget> {
  const found = await findTarget(sql, companyId, target);
  if (found === undefined)
    throw new Refusal('target-not-enabled', `${companyId} is not enabled at ${target}. Enable the target first.`);
  return found;
}

function columns(sql: Sql) {
  return sql`company_id as "companyId", target, delivery, settings, settings_version as "settingsVersion",
    connection_id as "connectionId", enabled_at as "enabledAt"`;
}

async function currencyOf(sql: Sql, companyId: string): Promise<string> {
  const [row] = await sql<{ currency: string }[]>`select currency from companies where id = ${companyId}`;
  if (row === undefined) throw new Refusal('not-found', `There is no company ${companyId}. Put the company first.`);
  return row.currency;
}

async function changeSettings(
  sql: Sql,
  order: {
    companyId: string;
    target: string;
    settings: BooksSettings;
    forJournal?: ((settings: BooksSettings) => unknown) | undefined;
  },
  actor: string,
): Promise<void> {
  const before = await needTarget(sql, order);
  if (isDeepStrictEqual(before.settings, JSON.parse(JSON.stringify(order.settings)))) return;
  await sql`
    update company_targets
    set settings = ${JSON.stringify(order.settings)}::text::jsonb, settings_version = settings_version + 1
    where company_id = ${order.companyId} and target = ${order.target}`;
  if (before.settings.policy.voids !== order.settings.policy.voids) {
    const currency = await currencyOf(sql, order.companyId);
    const { companyId, target, settings } = order;
    await refreshStanding(
      sql,
      { companyId, target, delivery: before.delivery, settings, currency },
      await openVoids(sql, companyId, target),
    );
  }
  await writeJournal(sql, {
    companyId: order.companyId,
    actor,
    act: 'settings.changed',
    subject: `target/${order.target}`,
    details: {
      before: order.forJournal?.(before.settings) ?? before.settings,
      after: order.forJournal?.(order.settings) ?? order.settings,
    },
  });
}

/** The void invoices that still ask for something: the setting decides what. */
async function openVoids(sql: Sql, companyId: string, target: string): Promise<readonly BatchedRef[]> {
  return sql<BatchedRef[]>`
    select o.type, o.id from open_records o join records r using (company_id, type, id)
    where o.company_id = ${companyId} and o.target = ${target} and o.type = 'invoice' and r.content ->> 'status' = 'void'`;
}

async function backfill(
  sql: Sql,
  scope: { companyId: string; target: string; delivery: 'files' | 'push'; settings: BooksSettings; currency: string },
): Promise<void> {
  for (const type of BATCHED_TYPES) {
    for (let after = ''; ; ) {
      const refs = await sql<BatchedRef[]>`
        select type, id from records
        where company_id = ${scope.companyId} and type = ${type} and id > ${after}
        order by id limit ${CHUNK}`;
      if (refs.length === 0) break;
      await refreshStanding(sql, scope, refs, { dependents: false });
      after = refs.at(-1)!.id;
    }
  }
}

const CHUNK = 2_000;
