import type { Candidate, SourceRecord } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listJournal } from './access/journal.ts';
import * as batches from './batches/index.ts';
import { putCompany } from './companies/companies.ts';
import { enableTarget } from './companies/company-targets.ts';
import { homeNumbers } from './companies/dashboard.ts';
import { storeConnection } from './connections/connections.ts';
import { chunksOf, heavy, watchedDatabase } from './database/watched-store.testing.ts';
import { countDrifts, listDrifts } from './drift/index.ts';
import * as imports from './imports/index.ts';
import * as links from './links/index.ts';
import { prepareRecords } from './records/prepare-records.ts';
import { putRecords } from './records/put-records.ts';
import { checkBegins, checkEnded, checkedUpTo } from './standing/checks.ts';
import { listUnbatched, unbatchedTotals } from './standing/unbatched.ts';
import { ACTOR, invoice, payment, TARGET, testSettings } from './test-store.ts';

/*
 * What is not of a batch's life: imports, who is who, lists and numbers of a company, and what is handed to Temporal. As in the
 * test of batches: each statement over 10,000 of what it is about, with statistics and without.
 */

const MANY = 10_000;
const AT = new Date('2026-11-20T10:00:00Z');
const name = (i: number) => String(i).padStart(5, '0');
const company = { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' };
const customers: SourceRecord[] = Array.from({ length: MANY }, (_, i) => ({
  type: 'customer',
  id: `c-${name(i)}`,
  accountingKey: `Customer ${name(i)}`,
  phone: `650-55${name(i)}`,
}));
const invoices = Array.from({ length: MANY }, (_, i) => invoice(`i-${name(i)}`, { customerId: `c-${name(i)}` }));
const payments = Array.from({ length: MANY / 2 }, (_, i) =>
  payment(`p-${name(i)}`, { [`i-${name(i)}`]: '100.00' }, { customerId: `c-${name(i)}` }),
);
/** Half are called as ours. */
const there: Candidate[] = Array.from({ length: MANY }, (_, i) => ({
  externalId: `${i}`,
  name: i % 2 === 0 ? `Customer ${name(i)}` : `Somebody ${name(i)}`,
  active: true,
}));

describe.each([
  ['without statistics', false],
  ['with statistics from before', true],
])('on a database %s, no statement', (_title, analyzed) => {
  let watched: Awaited<ReturnType<typeof watchedDatabase>>;
  beforeAll(async () => {
    watched = await watchedDatabase();
    await putCompany(watched.store, company, ACTOR);
    await enableTarget(
      watched.store,
      { companyId: company.id, target: TARGET, delivery: 'push', settings: testSettings() },
      ACTOR,
    );
  }, 300_000);
  afterAll(() => watched.drop());

  it('of an import, or of who is who, reads more rows than it is about', { timeout: 900_000 }, async () => {
    const { store, read } = watched;
    const { sql } = store;
    const begun = <T>(work: (sql: Parameters<typeof links.decideMatching>[0]) => Promise<T>) => sql.begin(work) as Promise<T>;
    if (analyzed) await sql`analyze`;
    read.clear();

    // An import: its pieces, its findings, its records, once more with other contents, and back.
    const { id: importId } = await imports.createImport(store, { companyId: company.id, actor: ACTOR });
    const run = uuidv7();
    const pieces = invoices.map(({ id }, i) => ({ key: `${i % 100}/${id}`, piece: '{"a":1}' }));
    for (const part of chunksOf(pieces)) await imports.stagePieces(sql, { importId, run }, part);
    let staged = 0;
    for await (const some of imports.stagedPieces(store, run)) staged += some.length;
    expect(staged).toBe(MANY);
    await imports.dropPieces(sql, importId);
    for (const part of chunksOf(pieces)) {
      const findings = part.map((_, row) => ({
        kind: 'unreadable',
        code: 'bad-amount',
        file: 'a.csv',
        row,
        message: 'No amount.',
      }));
      await imports.addFindings(sql, importId, findings as never);
    }
    await imports.listImportFindings(sql, { importId, limit: 500 });
    await imports.listImportFindings(sql, { importId, sort: 'place', limit: 500 });
    await imports.dropFindings(sql, importId);
    const made = (records: readonly SourceRecord[]) =>
      prepareRecords(records).map((one) => ({ ...one, way: 'a file', sourceHash: 's', mappingHash: 'm' }));
    for (const memo of ['first', 'second']) {
      const all = [...customers, ...invoices, ...payments].map((record) => ({ ...record, memo }) as SourceRecord);
      for (const part of chunksOf(all)) {
        const records = made(part);
        await imports.loadImported(sql, company.id, records);
        await begun((sql) => imports.writeImported(sql, company, { importId, since: Number.MAX_SAFE_INTEGER, records }));
      }
    }
    expect((await imports.undoability(sql, importId)).records).toBe(MANY * 2.5);
    expect(await imports.wroteBefore(sql, importId)).toBe(true);
    // Where nobody wrote since the check, nothing is looked for. Then back.
    const { id: other } = await imports.createImport(store, { companyId: company.id, actor: ACTOR });
    for (const part of chunksOf(invoices.map((record) => ({ ...record, id: `new-${record.id}` })))) {
      const records = made(part);
      const untouchedAt = await imports.newestRevision(sql, company.id);
      await begun((sql) => imports.writeImported(sql, company, { importId: other, since: untouchedAt, records, untouchedAt }));
    }
    await sql`update imports set state = 'undoing' where id = ${other}`;
    expect((await imports.undoability(sql, other)).records).toBe(MANY);
    const progress = { phase: 'undo' as const, done: 0, of: 0, began: AT.toISOString(), at: AT.toISOString() };
    let [after, removed]: [imports.UndoPlace | undefined, number] = [undefined, 0];
    do {
      const undone = await imports.undoImported(store, company, { importId: other, run: 0, after, progress });
      removed += undone.removed;
      after = undone.after;
    } while (after !== undefined);
    expect(removed).toBe(MANY);
    await imports.listTwins(sql, company.id);
    await imports.listImports(store, { companyId: company.id, limit: 50 });
    await imports.unhandedImports(sql, 50);
    await imports.handedOverImports(sql, 60, 50);

    // Who is who.
    const [row] = await sql<{ id: string }[]>`select connection_id as id from company_targets`;
    const scope = { companyId: company.id, target: TARGET, connectionId: row!.id };
    const grant = {
      ...{ sealed: new Uint8Array(), formerSealed: null, keyId: 'k' },
      ...{ accessExpiresAt: AT, refreshExpiresAt: AT, grantEndsAt: null, renewedAt: AT },
    };
    const connected = { account: 'realm-1', environment: 'sandbox', connectedBy: ACTOR, grant };
    await storeConnection(sql, { id: scope.connectionId, companyId: company.id, target: TARGET, ...connected });
    for (let again = 0; again < 2; again++)
      for (const part of chunksOf(there)) await begun((sql) => links.saveBookNames(sql, scope, 'customer', part, AT));
    await begun((sql) => links.sealBookNames(sql, scope, ['customer'], AT));
    const kind = { ...scope, kind: 'customer' as const };
    await links.matchingCounts(sql, kind);
    await links.matchingPage(sql, { ...kind, q: 'customer 00', limit: 50 });
    await links.matchingPage(sql, { ...kind, sort: '-documents', limit: 50 });
    await links.bookNames(sql, { ...kind, sort: 'contact', limit: 50 });
    expect(await begun((sql) => links.acceptSameNames(sql, { ...kind, actor: ACTOR }))).toEqual({ linked: MANY / 2 });
    const books = await links.booksOf(sql, scope);
    const others = Array.from({ length: 1_000 }, (_, i) => ({ key: `c-${name(2 * i + 1)}`, link: `${2 * i + 1}` }));
    await begun((sql) => links.decideMatching(sql, { ...kind, actor: ACTOR }, others as never));
    const keys = customers.slice(0, 2_000).map(({ id }) => id);
    const ids = there.slice(0, 2_000).map(({ externalId }) => externalId);
    await links.linksOf(sql, books, 'customer', keys);
    await links.linksTo(sql, books, 'customer', ids);
    await links.intentsOf(sql, books, 'customer', keys);
    await links.mergesOf(sql, books, 'customer');
    await links.bookNames(sql, { ...kind, q: 'some', unlinked: true, limit: 50 });
    await links.markBroken(sql, books, 'customer', keys);
    await links.shareLinks(sql, books, 'customer', ids);
    const renamed = keys.map((key) => ({ key, name: `${key} renamed` }));
    await begun((sql) => links.renameLinks(sql, books, 'customer', renamed));
    const edited = customers.map((customer) => ({ ...customer, accountingKey: `${customer.id} renamed` }) as SourceRecord);
    for (const part of chunksOf(edited)) await putRecords(store, company, part, ACTOR);
    await links.otherNames(sql, scope, 50);

    // A check of all that is unbatched, of which links and names of before are causes.
    const by = { companyId: company.id, target: TARGET, settingsVersion: 1 };
    await checkEnded(sql, by, await checkBegins(sql, by), 1);
    expect(await checkedUpTo(sql, by)).toBeGreaterThan(MANY);
    await checkBegins(sql, by);
    for (const list of ['invoices', 'payments'] as const)
      await listUnbatched(store, {
        ...{ companyId: company.id, target: TARGET, list, filter: {} },
        checkedUpTo: 1,
        sort: 'date',
        limit: 500,
      });

    // What screens show of a company, and what waits for Temporal.
    await homeNumbers(sql, [company.id], 12);
    await unbatchedTotals(store, { companyId: company.id, target: TARGET, list: 'invoices', filter: {} });
    await listJournal(store, { companyId: company.id, limit: 50 });
    await batches.listBatches(store, { companyId: company.id, limit: 50 });
    await listDrifts(store, { companyId: company.id, target: TARGET, limit: 50 });
    await countDrifts(sql, company.id);
    await batches.batchesInDoubt(sql, company.id, TARGET);
    await batches.unhanded(sql, 50);
    await batches.handedOverBatches(sql, 60, 50);
    await batches.batchesWithOrders(sql, true);
    await batches.unhandedVerifications(sql, 50);
    await batches.handedOverVerifications(sql, 60, 50);

    expect(heavy(read, MANY)).toEqual([]);
    // Had no plan been seen, none would be heavy.
    expect(read.size).toBeGreaterThan(60);
  });
});
