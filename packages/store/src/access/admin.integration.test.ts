import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCompany, listCompanies, putCompany } from '../companies/companies.ts';
import { editSettings, enableTarget, getCompanyTarget, listCompanyTargets } from '../companies/company-targets.ts';
import { ACTOR, invoice, openTestStore, TARGET, type TestStore, testSettings } from '../test-store.ts';
import { createKey, ensureKey, findKey, listKeys, revokeKey } from './api-keys.ts';
import { listJournal } from './journal.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

describe('companies', () => {
  it('may be renamed, but keep currency and zone once records exist', async () => {
    const beta = { id: 'beta', name: 'Beta', timeZone: 'Europe/London', currency: 'GBP' };
    await putCompany(test.store, beta, ACTOR);
    await putCompany(test.store, { ...beta, currency: 'EUR' }, ACTOR);
    expect(await getCompany(test.store, 'beta')).toEqual({ ...beta, currency: 'EUR' });
    await test.put(invoice('i-1'));
    await expect(putCompany(test.store, { ...test.company, currency: 'EUR' }, ACTOR)).rejects.toMatchObject({
      code: 'company-fixed',
    });
    await expect(putCompany(test.store, { ...test.company, timeZone: 'Asia/Tokyo' }, ACTOR)).rejects.toMatchObject({
      code: 'company-fixed',
    });
    await putCompany(test.store, { ...test.company, name: 'Acme & Sons' }, ACTOR);
    expect((await getCompany(test.store, 'acme'))?.name).toBe('Acme & Sons');
  });

  it('are listed page by page', async () => {
    await putCompany(test.store, { id: 'zeta', name: 'Z', timeZone: 'UTC', currency: 'USD' }, ACTOR);
    const first = await listCompanies(test.store, { limit: 2 });
    const second = await listCompanies(test.store, { limit: 2, after: first.next });
    expect([...first.rows, ...second.rows].map((c) => c.id)).toEqual(['acme', 'beta', 'zeta']);
    expect(second.next).toBeUndefined();
  });
});

describe('settings', () => {
  it('count their versions and keep the connection', async () => {
    const before = (await getCompanyTarget(test.store, 'acme', TARGET))!;
    const settings = { ...testSettings(), accounts: { income: 'Sales' } };
    await editSettings(test.store, { companyId: 'acme', target: TARGET, edit: () => settings }, ACTOR);
    await editSettings(test.store, { companyId: 'acme', target: TARGET, edit: () => settings }, ACTOR);
    await enableTarget(test.store, { companyId: 'acme', target: TARGET, delivery: 'files', settings }, ACTOR);
    const after = (await getCompanyTarget(test.store, 'acme', TARGET))!;
    expect(after).toMatchObject({ settings, settingsVersion: before.settingsVersion + 1, connectionId: before.connectionId });
    expect(await listCompanyTargets(test.store, 'acme')).toEqual([after]);
  });

  it('are refused for a target that is not enabled, and for a company that does not exist', async () => {
    const settings = testSettings();
    await expect(
      editSettings(test.store, { companyId: 'acme', target: 'other', edit: () => settings }, ACTOR),
    ).rejects.toMatchObject({
      code: 'target-not-enabled',
    });
    const nobody = { companyId: 'nobody', target: TARGET, delivery: 'files', settings } as const;
    await expect(enableTarget(test.store, nobody, ACTOR)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave a line with the settings before and after', async () => {
    const { rows } = await listJournal(test.store, { companyId: 'acme', subject: `target/${TARGET}`, limit: 10 });
    expect(rows.map((line) => line.act)).toEqual(['settings.changed', 'target.enabled']);
    expect(rows[0]?.details).toMatchObject({ before: { accounts: {} }, after: { accounts: { income: 'Sales' } } });
  });
});

describe('settings with secrets', () => {
  it('are in the journal without what the caller removes', async () => {
    const settings = { ...testSettings(), password: 'hush' };
    const forJournal = (told: object) => ({ ...told, password: undefined });
    const order = { companyId: 'acme', target: TARGET, settings, forJournal };
    const other: typeof settings = { ...settings, password: 'hush hush' };
    await editSettings(test.store, { ...order, edit: () => order.settings }, ACTOR);
    await editSettings(test.store, { ...order, edit: () => other }, ACTOR);
    const { rows } = await listJournal(test.store, { companyId: 'acme', subject: `target/${TARGET}`, limit: 2 });
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('hush');
  });
});

describe('API keys', () => {
  it('are found by their secret until they are revoked, and stored only as a hash', async () => {
    const { id, secret } = await createKey(test.store, { companyId: 'acme', name: 'Field app', roles: ['source'] }, ACTOR);
    expect(secret).toMatch(new RegExp(`^lp_${id}_`));
    expect(await findKey(test.store, secret)).toMatchObject({ id, companyId: 'acme', roles: ['source'], revokedAt: null });
    const kept = await test.sql`select * from api_keys`;
    expect(JSON.stringify(kept)).not.toContain(secret.slice(-20));
    expect(await findKey(test.store, `${secret}x`)).toBeUndefined();

    expect(await revokeKey(test.store, 'beta', id, ACTOR)).toBe(false);
    expect(await revokeKey(test.store, 'acme', id, ACTOR)).toBe(true);
    expect(await revokeKey(test.store, 'acme', id, ACTOR)).toBe(false);
    expect(await findKey(test.store, secret)).toBeUndefined();
    expect((await listKeys(test.store, 'acme'))[0]?.revokedAt).toBeInstanceOf(Date);
  });

  it('of the installation belong to no company', async () => {
    await createKey(test.store, { companyId: null, name: 'Ops', roles: ['admin'] }, ACTOR);
    expect((await listKeys(test.store, null)).map((key) => key.name)).toEqual(['Ops']);
    expect((await listKeys(test.store, 'acme')).map((key) => key.name)).toEqual(['Field app']);
  });

  it('that an operator brings along are made once, however many processes start', async () => {
    const key = { companyId: null, name: 'Brought', roles: ['admin'] } as const;
    await Promise.all(Array.from({ length: 5 }, () => ensureKey(test.store, 'lp_own_secret', key, ACTOR)));
    expect((await listKeys(test.store, null)).filter((k) => k.name === 'Brought')).toHaveLength(1);
    expect(await findKey(test.store, 'lp_own_secret')).toMatchObject({ name: 'Brought' });
  });
});

describe('the journal', () => {
  it('lists one company’s lines, newest first, page by page', async () => {
    const all = (await listJournal(test.store, { companyId: 'acme', limit: 100 })).rows.map((line) => line.id);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    const paged: number[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listJournal(test.store, { companyId: 'acme', limit: 2, after });
      paged.push(...page.rows.map((line) => line.id));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(paged).toEqual(all);
    expect(
      (await listJournal(test.store, { companyId: null, limit: 100 })).rows.every((line) => line.act.startsWith('key.')),
    ).toBe(true);
  });
});
