import { isDeepStrictEqual } from 'node:util';
import { BATCHED_TYPES, type BatchedRef, type BooksSettings, Refusal } from '@ledgerpost/core';
import { and, asc, eq, sql as expression, gt, isNull } from 'drizzle-orm';
import { v4 as uuid } from 'uuid';
import { writeJournal } from '../access/journal.ts';
import { built, drizzleOn } from '../database/drizzle-on.ts';
import { lockCompany } from '../database/lock-company.ts';
import type { Sql, Store } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { companies, companyTargets, records } from '../schema/index.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';

/** A company that may batch to a target, with its settings there. */
export type CompanyTarget = Readonly<typeof companyTargets.$inferSelect>;

interface SettingsOrder {
  readonly companyId: string;
  readonly target: string;
  readonly settings: BooksSettings;
  /** Removes what viewers of the journal may not read; absent: the settings hold no secrets. */
  readonly forJournal?: ((settings: BooksSettings) => unknown) | undefined;
  /** Keeps secrets apart, in the same transaction: answers the settings to store. Absent: they are stored as they are. */
  readonly keep?: KeepSettings | undefined;
}

/** `former` is undefined where a target is enabled. */
export type KeepSettings = (
  sql: Sql,
  connectionId: string,
  settings: BooksSettings,
  former: BooksSettings | undefined,
) => Promise<BooksSettings>;

/**
 * Lets a company batch to a target, and computes what its records still need there. All or nothing, in one transaction;
 * records that arrive during it wait. A target that is already enabled gets the new settings. Throws `not-found` if
 * there is no such company.
 */
export async function enableTarget(
  store: Store,
  order: SettingsOrder & { readonly delivery: 'files' | 'push' },
  actor: string,
): Promise<void> {
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, order.companyId);
    const there = await findTarget(sql, order.companyId, order.target);
    if (there !== undefined) return changeSettings(sql, { ...order, settings: await kept(sql, order, there) }, actor);
    const currency = await currencyOf(sql, order.companyId);
    const { companyId, target, delivery } = order;
    const connectionId = uuid();
    const settings = await kept(sql, order, { connectionId, settings: undefined });
    await drizzleOn(sql).insert(companyTargets).values({ companyId, target, delivery, settings, connectionId });
    await backfill(sql, { ...order, settings, currency });
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
 * batch keeps the settings it started with. Returns the new settings. Throws `target-not-enabled`.
 */
export async function editSettings(
  store: Store,
  order: {
    companyId: string;
    target: string;
    edit(settings: BooksSettings): BooksSettings;
    forJournal?: ((settings: BooksSettings) => unknown) | undefined;
    keep?: KeepSettings | undefined;
  },
  actor: string,
): Promise<BooksSettings> {
  return store.sql.begin(async (sql) => {
    await lockCompany(sql, order.companyId);
    const before = await needTarget(sql, order);
    const settings = await kept(sql, { ...order, settings: order.edit(before.settings) }, before);
    await changeSettings(sql, { ...order, settings }, actor);
    return settings;
  });
}

async function kept(
  sql: Sql,
  { settings, keep }: Pick<SettingsOrder, 'settings' | 'keep'>,
  before: { readonly connectionId: string; readonly settings: BooksSettings | undefined },
): Promise<BooksSettings> {
  return keep === undefined ? settings : keep(sql, before.connectionId, settings, before.settings);
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
  return drizzleOn(sql)
    .select()
    .from(companyTargets)
    .where(eq(companyTargets.companyId, companyId))
    .orderBy(asc(companyTargets.target));
}

/** As `getCompanyTarget`, inside a transaction. */
export async function findTarget(sql: Sql, companyId: string, target: string): Promise<CompanyTarget | undefined> {
  const [found] = await oneTarget(sql, { companyId, target });
  return found;
}

const oneTarget = built((database) =>
  database
    .select()
    .from(companyTargets)
    .where(
      and(
        eq(companyTargets.companyId, expression.placeholder('companyId')),
        eq(companyTargets.target, expression.placeholder('target')),
      ),
    ),
);

/** Keeps when somebody first saw what a batch would send. Later ones change nothing. */
export async function markPreviewed(sql: Sql, place: { companyId: string; target: string }): Promise<void> {
  await drizzleOn(sql)
    .update(companyTargets)
    .set({ previewedAt: expression`now()` })
    .where(and(at(place), isNull(companyTargets.previewedAt)));
}

function at({ companyId, target }: { companyId: string; target: string }) {
  return and(eq(companyTargets.companyId, companyId), eq(companyTargets.target, target));
}

/** @throws Refusal `target-not-enabled` */
export async function needTarget(sql: Sql, { companyId, target }: { companyId: string; target: string }): Promise<CompanyTarget> {
  const found = await findTarget(sql, companyId, target);
  if (found === undefined)
    throw new Refusal('target-not-enabled', `${companyId} is not enabled at ${target}. Enable the target first.`);
  return found;
}

async function currencyOf(sql: Sql, companyId: string): Promise<string> {
  const [company] = await drizzleOn(sql)
    .select({ currency: companies.currency })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (company === undefined) throw new Refusal('not-found', `There is no company ${companyId}. Put the company first.`);
  return company.currency;
}

async function changeSettings(sql: Sql, order: SettingsOrder, actor: string): Promise<void> {
  const before = await needTarget(sql, order);
  if (isDeepStrictEqual(before.settings, JSON.parse(JSON.stringify(order.settings)))) return;
  await drizzleOn(sql)
    .update(companyTargets)
    .set({ settings: order.settings, settingsVersion: expression`${companyTargets.settingsVersion} + 1` })
    .where(at(order));
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

/** The void invoices that still need something sent: the setting decides what. */
async function openVoids(sql: Sql, companyId: string, target: string): Promise<readonly BatchedRef[]> {
  return sql<BatchedRef[]>`
    select o.type, o.id
    from open_records o ${probe(
      sql,
      'r',
      sql`
      select content from records where company_id = o.company_id and type = o.type and id = o.id`,
    )}
    where o.company_id = ${companyId} and o.target = ${target} and o.type = 'invoice' and r.content ->> 'status' = 'void'`;
}

async function backfill(
  sql: Sql,
  scope: { companyId: string; target: string; delivery: 'files' | 'push'; settings: BooksSettings; currency: string },
): Promise<void> {
  for (const type of BATCHED_TYPES) {
    for (let after = ''; ; ) {
      const found = await drizzleOn(sql)
        .select({ id: records.id })
        .from(records)
        .where(and(eq(records.companyId, scope.companyId), eq(records.type, type), gt(records.id, after)))
        .orderBy(asc(records.id))
        .limit(CHUNK);
      const refs = found.map(({ id }) => ({ type, id }));
      if (refs.length === 0) break;
      await refreshStanding(sql, scope, refs, { dependents: false });
      after = refs.at(-1)!.id;
    }
  }
}

const CHUNK = 2_000;
