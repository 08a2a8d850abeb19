import { readFile } from 'node:fs/promises';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putCompany } from '../companies/companies.ts';
import { enableTarget, getCompanyTarget } from '../companies/company-targets.ts';
import { ACTOR, TARGET, testSettings } from '../test-store.ts';
import { openStore, type Store } from './open-store.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, max: 4 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Runs a migration once more, over data as a release before it left them. */
async function migrateAgain(tag: string): Promise<void> {
  const text = await readFile(new URL(`../../migrations/${tag}.sql`, import.meta.url), 'utf8');
  for (const statement of text.split('--> statement-breakpoint')) await store.sql.unsafe(statement);
}

describe('an upgrade', () => {
  it('gives companies the default of a new setting, and leaves what somebody chose', async () => {
    const policyOf = async (id: string) => (await getCompanyTarget(store, id, TARGET))!.settings.policy.paymentsOfStoppedInvoices;
    for (const id of ['old', 'chosen']) {
      await putCompany(store, { id, name: id, timeZone: 'America/Los_Angeles', currency: 'USD' }, ACTOR);
      await enableTarget(store, { companyId: id, target: TARGET, delivery: 'push', settings: testSettings() }, ACTOR);
    }
    await store.sql`update company_targets set settings = settings #- '{policy,paymentsOfStoppedInvoices}' where company_id = 'old'`;
    await store.sql`
      update company_targets set settings = jsonb_set(settings, '{policy,paymentsOfStoppedInvoices}', '"wait"')
      where company_id = 'chosen'`;
    expect(await policyOf('old')).toBeUndefined();
    await migrateAgain('0021_stopped_payments');
    expect([await policyOf('old'), await policyOf('chosen')]).toEqual(['unapplied', 'wait']);
  });
});
