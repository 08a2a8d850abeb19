import type { BatchedRef, Document, PaymentRecord, PostedFacts, Selection, SourceRecord } from '@ledgerpost/core';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putCompany } from '../companies/companies.ts';
import { enableTarget, getCompanyTarget } from '../companies/company-targets.ts';
import { chunksOf, heavy, readWhole, watchedDatabase } from '../database/watched-store.testing.ts';
import { saveDrifts, standingAmong, standingOfKinds } from '../drift/index.ts';
import { matchingOfBatch } from '../links/matching-of-batch.ts';
import { appliedThere, linkedIds, movedInBatch, movesOf } from '../links/same-customer.ts';
import { classesInUse } from '../records/classes-in-use.ts';
import { ContextCache, loadBuildContext } from '../records/load-context.ts';
import { putRecords } from '../records/put-records.ts';
import { refreshStanding } from '../standing/refresh-standing.ts';
import {
  changedSince,
  paymentsWithoutInvoices,
  selectionCounts,
  selectionDigest,
  selectionSql,
  selectsAny,
} from '../standing/selection.ts';
import { listUnbatched, unbatchedTotals } from '../standing/unbatched.ts';
import { checkedByBatch, clearedVerdicts, dropOldVerdicts, newVerdicts, storeVerdicts } from '../standing/verdicts.ts';
import { ACTOR, invoice, payment, TARGET, testSettings } from '../test-store.ts';
import * as batches from './index.ts';

/*
 * Every statement of a batch's life over 10,000 documents, on a database whose statistics know nothing of them and on one
 * that was analyzed before. Postgres reports each plan with the rows that it read. A plan that reads a whole batch for
 * each of its items shows as millions of rows, on any machine; no clock is involved.
 */

const DOCUMENTS = 10_000;
const CHUNK = 2_000;

const INVOICES = DOCUMENTS * 0.6;
const name = (i: number) => String(i).padStart(5, '0');
const company = { id: 'acme', name: 'Acme', timeZone: 'America/Los_Angeles', currency: 'USD' };
const scope = { companyId: company.id, target: TARGET, delivery: 'push', settings: testSettings(), currency: 'USD' } as const;
const customers: SourceRecord[] = Array.from({ length: 2_000 }, (_, i) => ({
  type: 'customer',
  id: `c-${name(i)}`,
  accountingKey: `Customer ${i}`,
}));
const records = [
  ...Array.from({ length: INVOICES }, (_, i) => invoice(`i-${name(i)}`, { customerId: `c-${name(i % 2_000)}` })),
  ...Array.from({ length: DOCUMENTS - INVOICES }, (_, i) =>
    payment(`p-${name(i)}`, { [`i-${name(i)}`]: '100.00' }, { customerId: `c-${name(i % 2_000)}` }),
  ),
];
const everything: Selection = {};
const byId: Selection = {
  invoices: { choose: 'ids', ids: refsOf('invoice') },
  payments: { choose: 'ids', ids: refsOf('payment') },
};
const onlyPayments: Selection = { payments: { choose: 'all', except: refsOf('payment').slice(0, 2_000) } };

function refsOf(type: 'invoice' | 'payment'): BatchedRef[] {
  return records.filter((record) => record.type === type).map(({ id }) => ({ type, id }));
}

function documentOf(ref: BatchedRef, record: (typeof records)[number]): Document {
  const { customerId } = record as { readonly customerId: string };
  const common = {
    record: ref,
    number: `N-${ref.id}`,
    date: '2026-10-03',
    customer: { id: customerId, name: `Customer ${customerId}` },
  };
  const line = { item: { name: 'Work', account: 'Services' }, amount: 10_000 };
  const applied = ((record as PaymentRecord).allocations ?? []).map(({ invoiceId }) => ({ invoiceId, amount: 10_000 }));
  return (ref.type === 'invoice'
    ? { ...common, kind: 'invoice', operation: 'invoice.insert', lines: [line, line, line], total: 30_000, tax: { amount: 0 } }
    : { ...common, kind: 'payment', operation: 'payment.insert', amount: 10_000, applied }) as unknown as Document;
}

function factsOf(document: Document, contentHash: string): PostedFacts {
  const { kind, operation, number } = document as { kind: string; operation: string; number: string };
  return { kind, operation, contentHash, amount: 10_000, number } as PostedFacts;
}

describe.each([
  ['without statistics', false],
  ['with statistics from before the batch', true],
])('on a database %s, no statement of a batch', (_title, analyzed) => {
  let watched: Awaited<ReturnType<typeof watchedDatabase>>;
  beforeAll(async () => {
    watched = await watchedDatabase();
  }, 300_000);
  afterAll(() => watched.drop());

  it('reads more rows than its documents account for', { timeout: 900_000 }, async () => {
    const { store, read, scans } = watched;
    const { sql } = store;
    const inTransaction = <T>(work: (sql: Parameters<typeof batches.savePlan>[0]) => Promise<T>) => sql.begin(work) as Promise<T>;
    await putCompany(store, company, ACTOR);
    await enableTarget(store, { ...scope, settings: testSettings() }, ACTOR);
    for (const part of chunksOf([...customers, ...records])) await putRecords(store, company, part, ACTOR);
    if (analyzed) await sql`analyze`;
    read.clear();

    // What is unbatched, and what is chosen of it.
    await listUnbatched(store, { companyId: company.id, target: TARGET, list: 'invoices', filter: {}, sort: 'date', limit: 500 });
    await unbatchedTotals(store, { companyId: company.id, target: TARGET, list: 'payments', filter: { search: 'Customer 1' } });
    await classesInUse(sql, company.id, TARGET, 100);
    const digest = await selectionDigest(sql, company.id, TARGET, everything);
    for (const selection of [everything, byId, onlyPayments]) {
      await selectionCounts(sql, company.id, TARGET, selection);
      expect(await selectsAny(sql, company.id, TARGET, selection, ['creditMemo.update'])).toBe(false);
      await paymentsWithoutInvoices(sql, company.id, TARGET, selection);
    }
    const idDigest = await selectionDigest(sql, company.id, TARGET, byId);
    const edited = customers.map((customer) => ({ ...customer, accountingKey: `${customer.id} renamed` }) as SourceRecord);
    for (const part of chunksOf(edited)) await putRecords(store, company, part, ACTOR);
    for (const part of chunksOf(records.slice(0, 4_000).map((record) => ({ ...record, memo: 'edited' }) as SourceRecord)))
      await putRecords(store, company, part, ACTOR);
    expect((await changedSince(sql, company.id, TARGET, everything, digest)).changed).toBe(true);
    expect((await changedSince(sql, company.id, TARGET, byId, idDigest)).changed).toBe(true);

    // Select.
    const id = uuidv7();
    const { settings, settingsVersion, connectionId } = (await getCompanyTarget(store, company.id, TARGET))!;
    const start = { id, companyId: company.id, target: TARGET, name: 'large', selection: byId, acknowledged: [] };
    await inTransaction((sql) =>
      batches.insertBatch(sql, { ...start, settings, settingsVersion, connectionId, startedBy: ACTOR }),
    );
    const stages = [
      { id: 'invoices', name: 'Invoices', operations: ['invoice.insert'] as const },
      { id: 'payments', name: 'Payments', operations: ['payment.insert'] as const },
    ];
    const selected = selectionSql(sql, company.id, TARGET, byId);
    const { plan, claimed } = await inTransaction((sql) =>
      batches.claimItems(sql, { batchId: id, companyId: company.id, target: TARGET, stages, selected, rehearsal: false }),
    );
    expect([plan.items, claimed.documents]).toEqual([DOCUMENTS, DOCUMENTS]);
    await batches.savePlan(sql, id, plan);
    const ranges = Array.from({ length: DOCUMENTS / CHUNK }, (_, i) => ({
      batchId: id,
      fromSeq: i * CHUNK + 1,
      toSeq: (i + 1) * CHUNK,
    }));
    const byKey = new Map(records.map((record) => [record.id, record]));
    const cache = new ContextCache();
    for (const range of ranges) {
      const items = await batches.claimedItems(sql, range);
      const refs = items.map(({ ref }) => ref);
      const order = { company, settings, delivery: 'push', limits: {} as never, target: TARGET, batchId: id, cache } as const;
      await loadBuildContext(sql, { ...order, posted: await batches.postedOfClaimed(sql, range) }, refs);
      await loadBuildContext(sql, order, refs);
      const frozen = new batches.FrozenItems();
      for (const { seq, ref } of items) {
        const document = documentOf(ref, byKey.get(ref.id)!);
        frozen.add({ seq, document, facts: factsOf(document, `hash-${ref.id}`), problems: [] });
      }
      await batches.freezeItems(sql, id, frozen);
    }
    expect(await batches.dropItems(sql, id, [])).toEqual([]);

    // Validate.
    const problem = { code: 'unknown-account', severity: 'warning', message: 'A warning.' } as never;
    for (const range of ranges) {
      const items = await batches.documentsIn(sql, range, 'frozen');
      expect(items).toHaveLength(CHUNK);
      await batches.judgeItems(
        sql,
        range,
        items.map(({ seq }) => ({ seq, rejected: seq % 101 === 0, problems: [problem] })),
      );
      await batches.rememberNames(
        sql,
        id,
        items.map(({ seq }) => ({ kind: 'customer', name: `Customer ${seq}`, account: '' })),
      );
    }
    await batches.rememberNames(sql, id, [
      { kind: 'item', name: 'Work', account: 'Services' },
      { kind: 'item', name: 'Work', account: 'Sales' },
    ]);
    const whole = { batchId: id, fromSeq: 1, toSeq: 2 ** 31 - 1 };
    for (const half of [undefined, 0, 1] as const) await batches.duplicateNumbers(sql, id, half);
    const clashes = await batches.itemsOnTwoAccounts(sql, id, await batches.namesOf(sql, id));
    const unsent = await batches.paymentsOfUnsentInvoices(sql, whole, ['payment.insert', 'payment.update']);
    const parts = await batches.unsentPartsBehind(sql, id, 0, CHUNK);
    await batches.freezeAgain(sql, id, parts);
    await batches.overpaidParts(sql, id);
    const marks = [...clashes.slice(0, 3_000), ...unsent].map(({ seq }) => ({
      seq,
      problem: { ...(problem as object), severity: 'problem' } as never,
    }));
    expect(marks.length).toBeGreaterThan(3_000);
    await batches.markItems(sql, id, 'rejected', marks);
    const by = await checkedByBatch(sql, id);
    const found = await newVerdicts(sql, id, by);
    expect(found.stopped.length).toBeGreaterThan(3_000);
    await storeVerdicts(sql, by, found);
    expect(await newVerdicts(sql, id, by)).toEqual({ stopped: [], cleared: [] });
    const only = { companyId: company.id, target: TARGET, list: 'invoices', filter: {}, attention: true } as const;
    await listUnbatched(store, { ...only, settingsVersion: by.settingsVersion, sort: 'date', limit: 500 });
    await dropOldVerdicts(sql, company.id, TARGET);
    await sql`update batch_items set state = 'ready' where batch_id = ${id} and state in ('rejected', 'blocked')`;
    expect((await newVerdicts(sql, id, by)).cleared).toHaveLength(found.stopped.length);
    expect(await clearedVerdicts(sql, id, by)).toHaveLength(found.stopped.length);
    await batches.saveCounts(sql, id);
    const summed = await batches.totalsOf(sql, id);
    expect(summed).toMatchObject(await batches.countItems(sql, id));
    await batches.saveTotals(sql, id, summed);
    await batches.changeBatch(sql, id);
    for (const range of ranges.slice(1))
      await batches.keepSums(sql, range, {
        documents: CHUNK,
        sums: { tax: 0, accounts: { Kept: 1 }, classes: {}, depositAccounts: {} },
      });
    // Of the first chunk nothing is kept, and of the second one fewer count than did.
    await sql`update batch_items set state = 'blocked' where batch_id = ${id} and seq = ${ranges[1]!.fromSeq}`;
    const { Services } = summed.accounts;
    expect((await batches.totalsOf(sql, id)).accounts).toMatchObject({ Kept: ranges.length - 2 });
    await sql`update batch_items set state = 'ready' where batch_id = ${id} and seq = ${ranges[1]!.fromSeq}`;
    await sql`delete from batch_sums where batch_id = ${id}`;
    expect((await batches.totalsOf(sql, id)).accounts).toEqual({ Services });
    await batches.problemsOf(sql, id, 200);
    await batches.causesOf(sql, id);
    await batches.shownItems(sql, ranges[0]!, ['refused', 'conflict'], ['posted']);
    await batches.namedItems(sql, id, [1, 2, 3]);
    await batches.itemsToRetry(sql, id, { code: 'unknown-account', subject: null });
    for (const sort of ['date', '-customer', 'amount'] as const)
      await batches.listItems(store, { batchId: id, sort, limit: 500 });
    await batches.firstReady(sql, id);
    await batches.getItem(sql, id, 1);
    const { documents } = await batches.countsForFiles(sql, id);
    expect(await batches.countForFiles(sql, id)).toBe(documents);
    await batches.numbersOfTwoKinds(sql, id, new Set(['invoice.insert', 'creditMemo.insert']));
    await batches.customersInTwoSpellings(sql, id, await batches.namesOf(sql, id));
    await batches.operationsIn(sql, id);
    const keys = customers.map((customer) => customer.id);
    await batches.usesOfCustomers(sql, id, keys);
    await batches.usesOfItems(sql, id, ['s-1']);
    await batches.customersInBatch(sql, id);
    await movedInBatch(sql, id);
    await movesOf(
      sql,
      id,
      Array.from({ length: CHUNK }, (_, i) => i + 1),
    );
    await appliedThere(sql, company.id, TARGET, {
      invoiceIds: refsOf('invoice').map((ref) => ref.id),
      paymentIds: refsOf('payment').map((ref) => ref.id),
    });
    await linkedIds(sql, company.id, TARGET, keys);
    await matchingOfBatch(sql, { companyId: company.id, target: TARGET, connectionId }, id);
    await batches.namesIn(sql, id);
    await batches.namesOf(sql, id);
    const named = Array.from({ length: CHUNK }, (_, i) => ({
      kind: 'customer',
      name: `Customer ${i + 1}`,
      externalId: `e-${i}`,
    }));
    await batches.saveNames(sql, id, named);
    await batches.refuseNames(
      sql,
      id,
      named.map(({ kind, name }) => ({ kind, name, reason: problem })),
    );

    // Export, and push.
    for (const range of ranges) {
      const ready = await batches.documentsIn(sql, range, 'ready');
      await batches.writeNumbersOf(sql, range);
      const payloads = ready.map(({ seq }) => ({ seq, payload: '{"a":1}', payloadHash: `h${seq}`, key: `k${seq}` }));
      await batches.storePayloads(sql, range, payloads);
      await batches.itemsForFiles(sql, range);
      await batches.verdictsIn(sql, range);
      expect(await inTransaction((sql) => batches.exportedIn(sql, range, 30))).toHaveLength(30);
      await batches.externalsFor(
        sql,
        id,
        ready.map(({ seq }) => seq),
      );
    }
    for (const [i, range] of ranges.entries()) {
      const seqs = Array.from({ length: CHUNK }, (_, at) => range.fromSeq + at);
      const receipts = seqs.map((seq) => ({
        seq,
        receipt: { externalId: `${seq}`, externalVersion: '0', total: 10_000 as never },
      }));
      await batches.hasOnlyFirsts(sql, range, ['exported']);
      await inTransaction(async (sql) => {
        await batches.postFiled(sql, range, ['exported']);
        throw new Error('as if it had not fitted');
      }).catch(() => {});
      // A push target answers some thirty documents at once; what goes into files is posted by the chunk.
      const touched = await inTransaction((sql) => batches.postItems(sql, range, i === 0 ? receipts : undefined));
      await inTransaction((sql) => refreshStanding(sql, scope, touched));
    }
    await inTransaction((sql) => batches.releaseItems(sql, id));
    await batches.totalsOf(sql, id, null);
    await batches.ledgerOf(sql, id);
    await batches.taxDifferenceOf(sql, id);
    await batches.statedTaxSeen(sql, company.id, TARGET);
    for (const { fromSeq } of ranges)
      await batches.postedForItems(
        sql,
        id,
        Array.from({ length: CHUNK }, (_, i) => fromSeq + i),
      );
    for (const to of ['validating', 'exporting', 'pushing', 'recording', 'posted'] as const)
      await inTransaction((sql) => batches.moveBatch(sql, { batchId: id, to }));

    // Another batch looks whether the books have its numbers already, by one look-up each.
    await batches.knowPostings(store);
    await sql`
      insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number,
        customer_id, amount, content_hash)
      select batch_id, seq + ${DOCUMENTS}, company_id, target, type, record_id || 'b', operation, kind, stage, 'ready', false, number || 'b',
        customer_id, amount, content_hash
      from batch_items where batch_id = ${id} and seq <= ${CHUNK}`;
    for (const operations of [['invoice.insert', 'creditMemo.insert'], ['invoice.insert']])
      expect(await batches.numbersOfTwoKinds(sql, id, new Set(operations))).toEqual([]);
    expect(await batches.duplicateNumbers(sql, id)).toEqual([]);
    await sql`delete from batch_items where batch_id = ${id} and seq > ${DOCUMENTS}`;

    // Read back.
    await inTransaction((sql) => batches.beginVerification(sql, { companyId: company.id, batchId: id, actor: ACTOR }));
    for (const range of ranges) {
      const items = await batches.standingItems(sql, range);
      expect(items).toHaveLength(CHUNK);
      const findings = items.map(({ seq }) => ({ seq, status: 'same', total: 10_000, problem }) as const);
      await inTransaction((sql) => batches.saveFindings(sql, id, 1, findings));
      await batches.standingCount(sql, range);
    }
    await batches.endVerification(sql, { batchId: id, run: 1 });
    await batches.listFindings(store, { batchId: id, run: 1, limit: 500 });
    await batches.listFindings(store, { batchId: id, run: 1, sort: 'document', differing: 'only', limit: 500 });
    await batches.listItems(store, { batchId: id, search: 'customer 1', limit: 500 });
    await batches.listItems(store, { batchId: id, limit: 500 });
    await batches.reportOf(sql, id);
    await batches.reportItems(sql, { batchId: id, run: 1, afterSeq: 0, limit: 1_000 });
    await batches.undoItems(sql, id, undefined, 1_000);
    const books = { companyId: company.id, target: TARGET };
    const standing = await standingOfKinds(sql, books, ['invoice'], undefined, 500);
    await standingAmong(
      sql,
      books,
      Array.from({ length: 500 }, (_, i) => ({ kind: 'invoice', externalId: `${i + 1}` })),
    );
    const seen = standing.map((one) => ({
      ...{ postingId: one.postingId, batchId: one.batchId, seq: one.seq, number: '', decided: false, lastDrift: one.lastDrift },
      ...{ record: one.document.record as BatchedRef, externalVersion: one.externalVersion, status: 'changed', problem },
    }));
    await inTransaction((sql) => saveDrifts(sql, { ...books, by: 'request' }, seen as never));

    // Undo, refuse, retry.
    for (const range of ranges) {
      const touched = await inTransaction((sql) => batches.unpostItems(sql, range, 'all'));
      await inTransaction((sql) => refreshStanding(sql, scope, touched));
    }
    await batches.refuseItems(
      sql,
      id,
      Array.from({ length: CHUNK }, (_, i) => ({ seq: i + 1, state: 'refused', problem })),
    );
    expect(await batches.itemsToRetry(sql, id)).toHaveLength(CHUNK);

    expect(heavy(read, DOCUMENTS)).toEqual([]);
    expect(readWhole(scans, DOCUMENTS, 2)).toEqual([]);
    // Had no plan been seen, none would be heavy.
    expect(read.size).toBeGreaterThan(100);
  });
});
