import { type BatchReport, type BatchView, onOneState, reportItems, reportOf } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, type QboBooks, quickbooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import { customer, invoice } from '../../testing/records.testing.ts';
import { CLASSES, SETTINGS, type Sums, smallBusiness } from '../../testing/small-business.testing.ts';

/*
 * A business with a bit of everything in simulated QuickBooks: the batch's report is compared with the records' own
 * sums, and its books' side against the simulator's trial balance, which knows nothing of batches.
 */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
let co: QboBooks;
let business: ReturnType<typeof smallBusiness>;
let batch: BatchView;

beforeAll(async () => {
  h = await quickbooksHarness([quickbooks]);
  business = smallBusiness(7);
  co = await h.connected(business.records, {
    books: { classes: CLASSES, preferences: { classTracking: 'per-line' } },
    settings: SETTINGS,
  });
  batch = await h.run(co);
  expect(batch.state).toBe('posted');
}, 300_000);
afterAll(() => h?.close());

const report = ({ id }: BatchView) => onOneState(h.store, (sql) => reportOf(sql, id));
const idOf = (entity: string, number: string) =>
  String(held(co, entity).find((row) => (row.DocNumber ?? row.PaymentRefNum) === number)!.Id);

describe('the report of a batch', () => {
  it('has the records’ own sums, and shows that nobody has read the books yet', async () => {
    const told = await report(batch);
    const { sums } = business;
    expect(told).toMatchObject({ verification: undefined, documents: 53, looked: 0, superseded: 0, differing: 0 });
    expect(Object.fromEntries(told.operations.map(({ operation, ours }) => [operation, ours]))).toEqual(sums.operations);
    expect(
      byName(
        told.accounts.filter(({ role }) => role === 'income'),
        ({ account }) => account,
        -1,
      ),
    ).toEqual(sums.income);
    expect(byName(told.classes, (row) => row.class)).toEqual(sums.classes);
    expect(byName(told.deposits, ({ account }) => account)).toEqual(sums.deposits);
    expect(total(told.taxes)).toBe(sums.tax);
    expect(told.taxes.map(({ code }) => code)).toEqual(['California', 'Tucson']);
    expect(total(told.accounts)).toBe(0);
    expect(total(told.departments)).toBe(total(told.operations));
    expect(told.departments.map(({ department, kind }) => `${department} ${kind}`)).toEqual([
      'Field creditMemo',
      'Field invoice',
      'null payment',
    ]);
    expect(everyRow(told).map(({ books }) => books)).toEqual(everyRow(told).map(() => null));
  });

  it('shows the same for the books once they were read, line for line, and to what their own trial balance has', async () => {
    expect((await h.verify(co, batch.id)).counts).toEqual({ same: 53, changed: 0, gone: 0 });
    const told = await report(batch);
    expect(told).toMatchObject({ looked: 53, linesTold: 53, differing: 0, verification: { run: 1, state: 'done' } });
    for (const { ours, books } of everyRow(told)) expect(books).toEqual({ ...ours, of: ours, difference: 0 });
    expect(booksMoves(told)).toEqual(co.balances());
  });

  it('differs by exactly what people changed, voided, deleted and moved there, on the accounts that they touched', async () => {
    const before = co.balances();
    const edited = held(co, 'Invoice').find(({ DocNumber }) => DocNumber === '10002')!;
    const parts = held(co, 'Item').find(({ Name }) => Name === 'Condenser fan')!;
    const line = { Amount: 7.77, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: parts.Id } } };
    const classId = String(held(co, 'Class').find(({ Name }) => Name === 'Office')!.Id);
    const classed = { ...line, Amount: 1, SalesItemLineDetail: { ...line.SalesItemLineDetail, ClassRef: { value: classId } } };
    co.books.act({ act: 'edit', entity: 'Invoice', id: String(edited.Id), changes: { Line: [...edited.Line, line, classed] } });
    co.books.act({ act: 'void', entity: 'Invoice', id: idOf('Invoice', '10020') });
    co.books.act({ act: 'delete', entity: 'Invoice', id: idOf('Invoice', '10031') });
    co.books.act({ act: 'delete', entity: 'CreditMemo', id: idOf('CreditMemo', 'CM-1') });
    const checking = held(co, 'Account').find(({ Name }) => Name === 'Checking')!;
    co.books.act({
      act: 'edit',
      entity: 'Payment',
      id: idOf('Payment', 'CHK-p-dep'),
      changes: { DepositToAccountRef: { value: checking.Id } },
    });
    const after = co.balances();

    // What was read stays what is shown, until somebody reads again.
    expect((await report(batch)).differing).toBe(0);
    expect((await h.verify(co, batch.id)).counts).toEqual({ same: 48, changed: 3, gone: 2 });
    const told = await report(batch);
    expect(told).toMatchObject({ looked: 53, linesTold: 53, differing: 5, verification: { run: 2 } });
    expect(booksMoves(told)).toEqual(after);
    const moved = moves(before, after);
    expect(Object.keys(moved).length).toBeGreaterThan(3);
    expect(byName(told.accounts, nameOf, 1, ({ books }) => books?.difference ?? 0)).toEqual(moved);
    expect(told.classes.find((row) => row.class === null)?.books).toMatchObject({
      documents: 1,
      amount: 777,
      of: { documents: 0 },
      difference: 777,
    });
    expect(told.deposits.map(({ account, books }) => [account, books?.difference])).toEqual([
      ['Checking', 25_000],
      ['Undeposited Funds', -25_000],
    ]);
    const kinds = Object.fromEntries(told.operations.map(({ operation, books }) => [operation, books]));
    expect(kinds['invoice.insert']).toMatchObject({ documents: 39, of: business.sums.operations['invoice.insert'] });
    expect(kinds['creditMemo.insert']).toMatchObject({ documents: 2 });
    expect(kinds['payment.insert']).toMatchObject({ documents: 10, difference: 0 });
    // Receivables move by what invoices and memos were changed by; payments let nothing change there.
    expect(kinds['invoice.insert']!.difference - kinds['creditMemo.insert']!.difference).toBe(moved['Accounts Receivable (A/R)']);
    expect(total(told.departments, ({ books }) => books?.difference ?? 0)).toBe(
      total(told.operations, ({ books }) => books?.difference ?? 0),
    );
    const rows = await reportItems(h.store.sql, { batchId: batch.id, run: 2, only: 'differing', afterSeq: 0, limit: 100 });
    expect(rows.map(({ number, finding, booksTotal }) => [number, finding, booksTotal])).toEqual([
      ['10002', 'changed', rows[0]!.amount + 877],
      ['10031', 'gone', 0],
      ['10020', 'changed', 0],
      ['CHK-p-dep', 'changed', 25_000],
      ['CM-1', 'gone', 0],
    ]);
    expect(rows[0]).toMatchObject({
      customer: 'Customer c-1',
      department: 'Field',
      messages: [expect.stringContaining('changed in QuickBooks')],
    });
  });

  it('counts updates, re-allocations and refunds as they stand, and leaves what a newer batch replaced to that one', async () => {
    const { records, sums } = business.nextChapter();
    await co.put(...records);
    const next = await h.run(co);
    expect((await h.states(next))['payment/p-dep']).toBe('conflict');
    await h.verify(co, next.id);
    const told = await report(next);
    const operations = Object.fromEntries(told.operations.map(({ operation, ours }) => [operation, ours]));
    const { 'payment.update': _, ...posted } = sums.operations;
    expect(operations).toEqual(posted);
    for (const { ours, books } of everyRow(told)) expect(books).toEqual({ ...ours, of: ours, difference: 0 });
    expect(told.accounts.filter(({ role }) => role === 'refund').map(({ account, ours }) => [account, ours.amount])).toEqual([
      ['Checking', -1_500],
    ]);
    expect(told.outcomes.map(({ state, documents }) => [state, documents])).toEqual([
      ['conflict', 1],
      ['posted', 3],
    ]);

    await h.verify(co, batch.id);
    const first = await report(batch);
    expect(first).toMatchObject({ documents: 53, looked: 51, superseded: 2 });
    const invoices = first.operations.find(({ operation }) => operation === 'invoice.insert')!;
    expect([invoices.ours.documents, invoices.books!.of.documents, invoices.books!.documents]).toEqual([40, 38, 37]);
    // Only like is held against like: the two that were replaced are in neither.
    expect(first.differing).toBe(5);
    expect(total(first.accounts, ({ books }) => books?.amount ?? 0)).toBe(0);
  });

  it('has nothing left of a batch that was taken back', async () => {
    const lone = await h.connected([customer('c-1'), invoice('i-1')]);
    const run = await h.run(lone);
    expect(run.state).toBe('posted');
    expect((await report(run)).documents).toBe(1);
    await h.verify(lone, run.id);
    await h.undo(lone, run.id);
    const told = await report(run);
    expect(told).toMatchObject({ documents: 0, looked: 0, outcomes: [{ state: 'undone', documents: 1 }] });
    expect(everyRow(told)).toEqual([]);
  });
});

type Row = BatchReport['operations'][number];

function everyRow(told: BatchReport): Pick<Row, 'ours' | 'books'>[] {
  const { operations, accounts, classes, departments, taxes, deposits } = told;
  return [...operations, ...accounts, ...classes, ...departments, ...taxes, ...deposits];
}

function total<T extends Pick<Row, 'ours' | 'books'>>(
  rows: readonly T[],
  of: (row: T) => number = ({ ours }) => ours.amount,
): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

function byName<T extends Pick<Row, 'ours' | 'books'>>(
  rows: readonly T[],
  name: (row: T) => string | null,
  sign = 1,
  of: (row: T) => number = ({ ours }) => ours.amount,
): Sums {
  const sums: Sums = {};
  for (const row of rows) sums[String(name(row))] = (sums[String(name(row))] ?? 0) + sign * of(row);
  return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0));
}

const OWN: Readonly<Record<string, string>> = { tax: 'Sales Tax Payable', receivable: 'Accounts Receivable (A/R)' };

function nameOf({ role, account }: BatchReport['accounts'][number]): string {
  return account ?? OWN[role] ?? role;
}

/** The books' side by account, as the trial balance names them. */
function booksMoves(told: BatchReport): Sums {
  return byName(told.accounts, nameOf, 1, ({ books }) => books?.amount ?? 0);
}

function moves(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): Sums {
  const accounts = new Set([...Object.keys(before), ...Object.keys(after)]);
  const all = [...accounts].map((account) => [account, (after[account] ?? 0) - (before[account] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, cents]) => cents !== 0));
}
