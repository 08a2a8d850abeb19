import type { SourceRecord } from '@ledgerpost/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listJournal } from '../access/journal.ts';
import { rowsOf } from '../database/rows-of.ts';
import { createImport, newestRevision } from '../imports/imports.ts';
import { putImported, writeImported, wroteBefore } from '../imports/put-imported.ts';
import { type UndoPlace, undoability, undoImported, undoneBefore } from '../imports/undo-import.ts';
import { ACTOR, creditMemo, invoice, openTestStore, payment, refund, TARGET, type TestStore } from '../test-store.ts';
import { getRecord } from './get-record.ts';
import { newestRevisionOf } from './newest-revision.ts';
import { prepareRecords } from './prepare-records.ts';
import { itsRecord } from './refs.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.sql`truncate records, allocations, open_records, postings`;
});

describe('putRecords', () => {
  it('stores what is new and leaves what is the same', async () => {
    expect(await test.put(invoice('i-1'), payment('p-1'))).toEqual(['taken', 'taken']);
    const before = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(await test.put(invoice('i-1'), payment('p-1'), payment('p-2'))).toEqual(['unchanged', 'unchanged', 'taken']);
    const after = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(after?.revision).toBe(before?.revision);
  });

  it('counts another spelling of the same amount as the same', async () => {
    await test.put(invoice('i-1', { total: '100.00' }));
    expect(await test.put({ ...invoice('i-1'), total: '100' })).toEqual(['unchanged']);
  });

  it('lets the last of two records with one reference win', async () => {
    await test.put(invoice('i-1', { memo: 'first' }), invoice('i-1', { memo: 'last' }));
    const stored = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(stored?.record).toMatchObject({ memo: 'last' });
  });

  it('takes new records once that come twice at the same time', async () => {
    const records = Array.from({ length: 50 }, (_, at) => invoice(`i-${at}`));
    const outcomes = await Promise.all([test.put(...records), test.put(...records), test.put(invoice('i-0', { memo: 'other' }))]);
    const taken = outcomes.flat().filter((outcome) => outcome === 'taken').length;
    // The memo makes one or two of them again.
    expect([51, 52]).toContain(taken);
    const [{ n }] = (await test.sql`select count(*)::int as n from records`) as unknown as [{ n: number }];
    expect(n).toBe(50);
  });

  it('raises the revision with every change', async () => {
    const revisions: number[] = [];
    for (const memo of ['a', 'b', 'c']) {
      await test.put(invoice('i-1', { memo }));
      revisions.push((await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' }))!.revision);
    }
    expect(revisions[0]).toBeLessThan(revisions[1]!);
    expect(revisions[1]).toBeLessThan(revisions[2]!);
  });

  it('takes a new record also where a claimed row of open records outlived a former one', async () => {
    await test.put(invoice('i-1'), invoice('i-2'));
    const batchId = '01890000-0000-7000-8000-000000000001';
    await test.sql`update open_records set claimed_by = ${batchId} where id = 'i-1'`;
    await test.sql`delete from records`;
    expect(await test.put(invoice('i-1', { total: '120.00' }), invoice('i-3'))).toEqual(['taken', 'taken']);
    const revisionOf = async (id: string) => (await getRecord(test.store, 'acme', { type: 'invoice', id }))!.revision;
    expect(
      await test.sql`select id, amount::int as amount, revision::int as revision, claimed_by from open_records order by id`,
    ).toEqual([
      { id: 'i-1', amount: 12_000, revision: await revisionOf('i-1'), claimed_by: batchId },
      expect.objectContaining({ id: 'i-2' }),
      { id: 'i-3', amount: 10_000, revision: await revisionOf('i-3'), claimed_by: null },
    ]);
  });

  it.each([
    ['department', invoice('x'), invoice('x', { departmentId: 'd-2' })],
    ['job', invoice('x'), invoice('x', { jobId: 'j-2' })],
    ['status', invoice('x'), invoice('x', { status: 'draft' })],
    ['job of a payment', payment('x'), payment('x', {}, { jobId: 'j-2' })],
    ['allocation', payment('x'), payment('x', { 'i-1': '10.00' })],
    ['reason of a refund', refund('x', 'p-1', '1.00'), refund('x', 'p-1', '1.00', { reason: 'goodwill' })],
    ['invoice of a credit memo', creditMemo('x'), creditMemo('x', { invoiceId: 'i-1' })],
    ['job of a credit memo', creditMemo('x'), creditMemo('x', { jobId: 'j-1' })],
  ])('takes a record in which only the %s changed', async (_what, before, after) => {
    await test.put(before);
    expect(await test.put(after)).toEqual(['taken']);
  });

  it('keeps allocations in step, and adds up two on one invoice', async () => {
    const twice = [
      { invoiceId: 'i-1', amount: '10.00' },
      { invoiceId: 'i-1', amount: '5.50' },
    ];
    await test.put(payment('p-1', {}, { allocations: twice }), payment('p-2', { 'i-2': '1.00' }));
    const allocations = () => test.sql`select payment_id, invoice_id, amount from allocations order by 1, 2`.values();
    expect([...(await allocations())]).toEqual([
      ['p-1', 'i-1', 1550],
      ['p-2', 'i-2', 100],
    ]);
    await test.put(payment('p-1', { 'i-3': '100.00' }));
    expect([...(await allocations())]).toEqual([
      ['p-1', 'i-3', 10000],
      ['p-2', 'i-2', 100],
    ]);
  });

  it('writes one line to the journal per call, and none when nothing changed', async () => {
    const lines = async () => (await listJournal(test.store, { companyId: 'acme', subject: 'records', limit: 100 })).rows;
    const before = (await lines()).length;
    await test.put(invoice('i-1'), invoice('i-2'), payment('p-1'));
    await test.put(invoice('i-1'));
    const after = await lines();
    expect(after.length - before).toBe(1);
    expect(after[0]?.details).toEqual({ taken: { invoice: 2, payment: 1 }, unchanged: 0 });
  });

  it('returns text unchanged to the character', async () => {
    const memo = 'Ö"\\{},\n\t😀 \'; drop table records; --';
    await test.put(invoice('i-1', { memo, number: '{"a",\\}' }));
    const stored = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(stored?.record).toEqual(invoice('i-1', { memo, number: '{"a",\\}' }));
  });

  it('never loses a refund that arrives at the same time as its payment', async () => {
    for (let round = 0; round < 10; round++) {
      const id = `p-${round}`;
      await Promise.all([test.put(payment(id)), test.put(refund(`r-${round}`, id, '100.00'))]);
    }
    expect(await test.open()).toEqual([]);
  });
});

describe('an import that brings only what is new', () => {
  it('never overwrites what the API brings while it is applied, and keeps what it added for its undo', async () => {
    const { store, sql, company } = test;
    const { id: importId } = await createImport(store, { companyId: company.id, actor: ACTOR });
    const since = await newestRevision(sql, company.id);
    const chunk = (untouchedAt: number | undefined, ...ids: string[]) => {
      const made = prepareRecords(ids.map((id) => invoice(id, { memo: 'of the file' })));
      const records = made.map((one) => ({ ...one, way: 'a-file', sourceHash: 's', mappingHash: 'm' }));
      return sql.begin((tx) => writeImported(tx, company, { importId, since, records, untouchedAt }));
    };
    const first = await chunk(since, 'i-1', 'i-2');
    expect(first).toEqual({ outcomes: ['new', 'new'], untouchedAt: await newestRevision(sql, company.id) });
    await test.put(invoice('i-5', { memo: 'of the API' }));
    const second = await chunk(first.untouchedAt, 'i-3');
    expect(second).toEqual({ outcomes: ['new'], untouchedAt: undefined });
    expect((await chunk(second.untouchedAt, 'i-4', 'i-5')).outcomes).toEqual(['new', 'kept']);
    const stored = await getRecord(store, company.id, { type: 'invoice', id: 'i-5' });
    expect(stored?.record).toMatchObject({ memo: 'of the API' });
    expect(await notedBy(importId)).toEqual(['i-1', 'i-2', 'i-3', 'i-4']);
  });
});

describe('a chunk of an import that stands in line', () => {
  it('is written after the one before it, with what that one left, and not at all if that one failed', async () => {
    const { store, sql, company } = test;
    const { id: importId } = await createImport(store, { companyId: company.id, actor: ACTOR });
    const [{ run }] = (await sql`
      update imports set state = 'applying' where id = ${importId} returning run`) as unknown as [{ run: number }];
    const since = await newestRevision(sql, company.id);
    const at = new Date().toISOString();
    const progress = { phase: 'write' as const, done: 0, of: 0, began: at, at };
    const put = (id: string, before: Promise<unknown>, untouchedAt: () => number | undefined, locked = () => {}) => {
      const made = prepareRecords([invoice(id)]).map((one) => ({ ...one, way: 'a-file', sourceHash: 's', mappingHash: 'm' }));
      return putImported(store, company, { importId, run, since, records: made, progress }, { before, untouchedAt, locked });
    };
    const held = Promise.withResolvers<void>();
    let newest: number | undefined;
    const first = put(
      'i-1',
      Promise.resolve(),
      () => since,
      () => held.resolve(),
    ).then((chunk) => {
      newest = chunk.untouchedAt;
    });
    await held.promise;
    expect(await put('i-2', first, () => newest), 'nobody else wrote, and that is known').toEqual({
      outcomes: ['new'],
      untouchedAt: await newestRevision(sql, company.id),
    });
    const lost = Promise.reject(new Error('lost'));
    lost.catch(() => {});
    await expect(put('i-3', lost, () => newest)).rejects.toThrow('lost');
    expect((await sql`select id from records order by id`).map(({ id }) => id)).toEqual(['i-1', 'i-2']);
    await sql`update imports set state = 'applied' where id = ${importId}`;
  });
});

describe('an import that wrote before', () => {
  it('notes a record again that it brings after it was deleted', async () => {
    const { store, sql, company } = test;
    const { id: importId } = await createImport(store, { companyId: company.id, actor: ACTOR });
    const since = await newestRevision(sql, company.id);
    const records = prepareRecords([invoice('i-1')]).map((one) => ({ ...one, way: 'a-file', sourceHash: 's', mappingHash: 'm' }));
    const write = () => sql.begin((tx) => writeImported(tx, company, { importId, since, records }));
    expect(await wroteBefore(sql, importId)).toBe(false);
    await write();
    expect(await wroteBefore(sql, importId)).toBe(true);
    await sql`truncate records, open_records`;
    expect((await write()).outcomes).toEqual(['new']);
    expect(await undoAll(importId)).toMatchObject({ removed: 1 });
    expect(await sql`select id from records`).toEqual([]);
  });
});

const made = (...records: SourceRecord[]) =>
  prepareRecords(records).map((one) => ({ ...one, way: 'a-file', sourceHash: 's', mappingHash: 'm' }));

/** Adds or changes these as an import does, in one chunk. */
async function imported(importId: string, since: number, ...records: SourceRecord[]) {
  const { sql, company } = test;
  return (await sql.begin((tx) => writeImported(tx, company, { importId, since, records: made(...records) }))).outcomes;
}

/** What an import noted for its undo, in the order of ids. */
async function notedBy(importId: string) {
  const rows = await test.sql<{ id: string }[]>`
    select id from import_changes where import_id = ${importId}
    union all select unnest(ids) from import_additions where import_id = ${importId} order by id`;
  return rows.map(({ id }) => id);
}

async function undoing(importId: string): Promise<number> {
  await test.sql`update imports set state = 'applied' where state in ('undoing', 'applying')`;
  const [row] = await test.sql<{ run: number }[]>`update imports set state = 'undoing' where id = ${importId} returning run`;
  return row!.run;
}

/** Undoes an import from its beginning, and counts. */
async function undoAll(importId: string, most = Number.POSITIVE_INFINITY) {
  const { store, company } = test;
  const run = await undoing(importId);
  const at = new Date().toISOString();
  const progress = { phase: 'undo' as const, done: 0, of: 0, began: at, at };
  const all = { restored: 0, removed: 0, left: [] as string[] };
  let after: UndoPlace | undefined;
  for (let chunks = 0; chunks < most; chunks += 1) {
    const chunk = await undoImported(store, company, { importId, run, after, progress });
    all.restored += chunk.restored;
    all.removed += chunk.removed;
    all.left.push(...chunk.left.map(({ id, why }) => `${id} ${why}`));
    after = chunk.after;
    if (after === undefined) break;
  }
  return all;
}

describe('the undo of an import', () => {
  const begun = async () => {
    const { id } = await createImport(test.store, { companyId: test.company.id, actor: ACTOR });
    return { id, since: await newestRevision(test.sql, test.company.id) };
  };

  it('removes what was added, returns what was changed, and leaves what somebody changed since', async () => {
    const { sql } = test;
    await imported((await begun()).id, 0, invoice('i-4', { memo: 'before' }));
    const { id, since } = await begun();
    expect(await imported(id, since, invoice('i-1'), invoice('i-2'), payment('p-1', { 'i-1': '100.00' }))).toEqual([
      'new',
      'new',
      'new',
    ]);
    expect(await imported(id, since, invoice('i-3'))).toEqual(['new']);
    // Once more, as a choice about absent records does, beside a record that was there before.
    const again = [invoice('i-3', { memo: 'again' }), invoice('i-4', { memo: 'again' })];
    expect(await imported(id, since, ...again)).toEqual(['changed', 'changed']);
    expect(await imported(id, since, ...again), 'the same chunk again').toEqual(['unchanged', 'unchanged']);
    // As a release before noted what it added.
    await sql`insert into import_changes (import_id, company_id, type, id, revision) values (${id}, 'acme', 'invoice', 'i-0', 0)`;
    await imported((await begun()).id, since, invoice('i-0'));
    await sql`update import_changes set revision = (select revision from records where id = 'i-0') where id = 'i-0'`;
    await test.put(invoice('i-2', { memo: 'of the API' }));

    expect(await undoability(sql, id)).toMatchObject({ records: 6, inBatches: 0 });
    expect(await undoAll(id)).toEqual({ restored: 1, removed: 4, left: ['i-2 changed'] });
    const stored = await sql`select id, content->>'memo' as memo from records order by id`;
    expect(stored.map(({ id, memo }) => `${id} ${memo}`)).toEqual(['i-2 of the API', 'i-4 before']);
    await sql`update imports set state = 'undone' where id = ${id}`;
  });

  it('leaves a record that another import changed, also if this one changed it again', async () => {
    const { sql } = test;
    const { id, since } = await begun();
    await imported(id, since, invoice('i-1', { memo: 'added' }));
    await imported((await begun()).id, await newestRevision(sql, 'acme'), invoice('i-1', { memo: 'by another' }));
    expect(await imported(id, since, invoice('i-1', { memo: 'again' })), 'it is newer than the check').toEqual(['left']);
    // A later check of the same import, half of which was applied, saw the other one's content.
    expect(await imported(id, await newestRevision(sql, 'acme'), invoice('i-1', { memo: 'again' }))).toEqual(['changed']);
    expect(await undoAll(id)).toEqual({ restored: 1, removed: 0, left: [] });
    const [stored] = await sql`select content->>'memo' as memo from records`;
    expect(stored?.memo).toBe('by another');
  });

  it('that was interrupted goes on where it was, and is not over before all of it is', async () => {
    const { sql } = test;
    const { id, since } = await begun();
    for (const n of [1, 2, 3]) await imported(id, since, invoice(`i-${n}`), invoice(`j-${n}`));
    await test.put(invoice('j-1', { memo: 'of the API' }));
    expect(await undoAll(id, 2)).toEqual({ restored: 0, removed: 3, left: ['j-1 changed'] });
    expect(await undoneBefore(sql, id)).toEqual({ removed: 3, left: 1 });
    await expect(sql`update imports set state = 'undone' where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'imports_undone_whole',
    });
    expect(await undoAll(id)).toEqual({ restored: 0, removed: 2, left: [] });
    expect((await sql`select id from records`).map(({ id }) => id)).toEqual(['j-1']);
    await sql`update imports set state = 'undone' where id = ${id}`;
  });

  it('is refused once one of the records that it added is or was in the books', async () => {
    const { id, since } = await begun();
    await imported(id, since, invoice('i-1'), invoice('i-2'));
    await test.post({ type: 'invoice', id: 'i-2' }, 'invoice.insert');
    expect(await undoability(test.sql, id)).toEqual({ records: 2, inBatches: 1, example: 'invoice/i-2' });
    expect(await undoAll(id)).toEqual({ restored: 0, removed: 1, left: ['i-2 in-batch'] });
  });
});

it('a record of a company that the statistics don’t know is looked up by its id, and its newest revision by that index', async () => {
  const { sql } = test;
  await sql`
    insert into records (company_id, type, id, content, record_hash, content_hash)
    select 'other', 'invoice', 'i-' || i, '{}', '', '' from generate_series(1, 2000) i`;
  await sql`analyze records`;
  const refs = rowsOf(sql, [{ type: 'invoice', id: 'i-1' }], { type: 'many-texts', id: 'many-texts' });
  const plan = await sql`explain select r.way from ${refs} n ${itsRecord(sql, 'new')}`;
  expect(JSON.stringify(plan)).toContain('Index Scan using records_company_id_type_id_pk');
  const newest = await sql`explain select ${newestRevisionOf(sql, 'other')}`;
  expect(JSON.stringify(newest), 'the newest revision is the last of its index').toContain('using records_by_revision');
});

describe('getRecord', () => {
  it('returns the record’s standing at each target', async () => {
    await test.put(invoice('i-1'));
    const stored = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(stored?.standings).toEqual([
      {
        target: TARGET,
        posted: undefined,
        open: { readiness: 'ready', operation: 'invoice.insert', reason: null, amount: 10000, claimedBy: null },
      },
    ]);
    await test.post({ type: 'invoice', id: 'i-1' }, 'invoice.insert');
    const posted = await getRecord(test.store, 'acme', { type: 'invoice', id: 'i-1' });
    expect(posted?.standings[0]).toMatchObject({ posted: { kind: 'invoice', amount: 10000 }, open: undefined });
  });

  it('knows nothing of a record of another company', async () => {
    await test.put(invoice('i-1'));
    expect(await getRecord(test.store, 'other', { type: 'invoice', id: 'i-1' })).toBeUndefined();
  });
});
