import type { BooksSettings } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { readWithOpenpyxl, type SeenSheet } from '@ledgerpost/saasant-plugin/testing';
import { type BatchView, enableTarget, getCompanyTarget, ledgerOf, listFiles, readFile } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, minor, type QboBooks, quickbooks, quickbooksHarness } from '../../quickbooks/quickbooks.testing.ts';
import type { Books } from '../../testing/harness.testing.ts';
import { CLASSES, type Expected, SETTINGS, type Sums, smallBusiness } from '../../testing/small-business.testing.ts';

/*
 * One company, put into both sets of books: as files for SaasAnt and straight into QuickBooks. What comes out at the far
 * ends (the cells of the files, the simulator's ledger) is held against each other and against the records' own sums.
 */

type Harness = Awaited<ReturnType<typeof quickbooksHarness>>;
let h: Harness;
let co: QboBooks;
let asFiles: Books;
let business: ReturnType<typeof smallBusiness>;
let files: BatchView;
let pushed: BatchView;
let sheets: ReadonlyMap<string, SeenSheet>;

beforeAll(async () => {
  h = await quickbooksHarness([quickbooks, saasant]);
  business = smallBusiness(7);
  co = await h.connected(business.records, {
    books: { classes: CLASSES, preferences: { classTracking: 'per-line' } },
    settings: SETTINGS,
  });
  asFiles = await alsoFiles(co);
  [files, pushed] = await Promise.all([h.run(asFiles), h.run(co)]);
  sheets = await readWithOpenpyxl(await download(files));
}, 300_000);
afterAll(() => h?.close());

describe('case 85: one company batched to both targets', () => {
  it('is posted whole to both, record for record with the same operation, number and amount', async () => {
    expect([files.state, pushed.state]).toEqual(['posted', 'posted']);
    const [ours, theirs] = [await facts(files), await facts(pushed)];
    expect(theirs).toEqual(ours);
    expect(Object.keys(ours)).toHaveLength(40 + 10 + 3);
  });

  it('has the same totals by kind, account, class, tax and deposit account, and they are those of the records', () => {
    const { sums } = business;
    for (const { totals } of [files, pushed]) {
      expect(totals).toMatchObject({
        operations: sums.operations,
        accounts: sums.income,
        classes: sums.classes,
        tax: sums.tax,
        depositAccounts: sums.deposits,
      });
    }
  });

  it('moves QuickBooks’ ledger by these totals to the cent; Undeposited Funds holds all that was received', async () => {
    const expected = movesOf(business.sums);
    expect(co.balances()).toEqual(expected);
    expect(co.books.balanceOf('Undeposited Funds')).toBe(
      co.books.records('Payment').reduce((sum, one) => sum + minor(one.TotalAmt), 0) / 100,
    );
    expect(await ledgerMoves(pushed)).toEqual(expected);
    expect(await ledgerOf(h.store.sql, files.id)).toEqual(await ledgerOf(h.store.sql, pushed.id));
  });

  it('has in QuickBooks, class for class, what the records say', () => {
    const classes: Sums = {};
    for (const [entity, sign] of [
      ['Invoice', 1],
      ['CreditMemo', -1],
    ] as const) {
      for (const { Line } of held(co, entity)) {
        for (const { Amount, SalesItemLineDetail: detail } of Line) {
          if (detail === undefined) continue;
          classes[detail.ClassRef.name] = (classes[detail.ClassRef.name] ?? 0) + sign * minor(Amount);
        }
      }
    }
    expect(classes).toEqual(business.sums.classes);
  });

  it.each([
    ['invoices', '1 Invoice Inserts', 'Invoice No', 'Invoice', 40],
    ['credit memos', '6 Credit Memos', 'Credit Memo No', 'CreditMemo', 3],
  ])('the files and QuickBooks hold the same %s, line for line', (_, file, header, entity, documents) => {
    const inFiles: Record<string, unknown> = {};
    for (const [number, rows] of byNumber(file, header)) {
      const tax = rows.reduce((sum, row) => sum + minor(row['Sales Tax Amount'] ?? 0), 0);
      inFiles[number] = {
        customer: rows[0]!.Customer,
        date: rows[0]![entity === 'Invoice' ? 'Invoice Date' : 'Credit Memo Date'],
        tax,
        lines: rows.map((row) => [
          row['Product/Service'],
          minor(row['Product/Service Amount']),
          row['Product/Service Class'],
          // If nothing is charged, the payload has NON, or QuickBooks might calculate a tax by itself.
          row['Product/Service Taxable'] === true && tax !== 0,
        ]),
      };
    }
    const inBooks: Record<string, unknown> = {};
    for (const one of held(co, entity)) {
      inBooks[one.DocNumber] = {
        customer: customerOf(one),
        date: american(one.TxnDate),
        tax: minor(one.TxnTaxDetail?.TotalTax ?? 0),
        lines: one.Line.flatMap(({ Amount, SalesItemLineDetail: detail }: Line) =>
          detail === undefined
            ? []
            : [[detail.ItemRef.name, minor(Amount), detail.ClassRef.name, detail.TaxCodeRef.value === 'TAX']],
        ),
      };
    }
    expect(Object.keys(inFiles)).toHaveLength(documents);
    expect(inBooks).toEqual(inFiles);
  });

  it('the files and QuickBooks hold the same payments, applied to the same invoices', () => {
    const inFiles: Record<string, unknown> = {};
    for (const [number, rows] of byNumber('3 Payment Inserts', 'Ref No')) {
      inFiles[number] = {
        customer: rows[0]!.Customer,
        amount: rows.reduce((sum, row) => sum + minor(row.Amount), 0),
        applied: Object.fromEntries(rows.flatMap((row) => (row['Invoice No'] ? [[row['Invoice No'], minor(row.Amount)]] : []))),
      };
    }
    const numbers = new Map(held(co, 'Invoice').map((one) => [one.Id, one.DocNumber]));
    const inBooks: Record<string, unknown> = {};
    for (const one of held(co, 'Payment')) {
      inBooks[one.PaymentRefNum] = {
        customer: customerOf(one),
        amount: minor(one.TotalAmt),
        applied: Object.fromEntries(
          one.Line.map(({ Amount, LinkedTxn }: Line) => [numbers.get(LinkedTxn[0].TxnId), minor(Amount)]),
        ),
      };
    }
    expect(Object.keys(inFiles)).toHaveLength(10);
    expect(inBooks).toEqual(inFiles);
  });
});

describe('case 85: what comes after it, batched to both', () => {
  it('has the same totals again, and moves QuickBooks’ ledger by what changed', async () => {
    const { records, sums } = business.nextChapter();
    await co.put(...records);
    const before = co.balances();
    const [byFiles, byPush] = await Promise.all([h.run(asFiles), h.run(co)]);
    expect([byFiles.state, byPush.state]).toEqual(['posted', 'posted']);
    expect(byFiles.totals).toEqual(byPush.totals);
    expect(byPush.totals?.operations).toEqual(sums.operations);
    expect(await facts(byPush)).toEqual(await facts(byFiles));
    const after = co.balances();
    const moved = Object.keys(after).map((account) => [account, (after[account] ?? 0) - (before[account] ?? 0)] as const);
    expect(Object.fromEntries(moved.filter(([, cents]) => cents !== 0))).toEqual(movesOf(sums));
    expect(await ledgerMoves(byPush)).toEqual(movesOf(sums));
    // After the undo both sets of books are as before, and the first batch is still posted.
    expect((await h.undo(asFiles, byFiles.id)).state).toBe('undone');
    expect((await h.undo(co, byPush.id)).state).toBe('undone');
    expect(co.balances()).toEqual(before);
  });
});

/** What the records' sums mean in the simulator's chart: debits above zero. */
function movesOf(sums: Expected): Sums {
  const credits = Object.entries(sums.income).map(([account, cents]) => [account, -cents] as const);
  const moves = {
    ...Object.fromEntries(credits),
    ...sums.deposits,
    Checking: -sums.refunded,
    'Sales Tax Payable': -sums.tax,
    'Accounts Receivable (A/R)': sums.receivable,
  };
  return Object.fromEntries(Object.entries(moves).filter(([, cents]) => cents !== 0));
}

/** The same, as the batch reports it. */
async function ledgerMoves(batch: BatchView): Promise<Sums> {
  const moves: Sums = {};
  for (const { role, account, amount } of await ledgerOf(h.store.sql, batch.id)) {
    const name = role === 'tax' ? 'Sales Tax Payable' : role === 'receivable' ? 'Accounts Receivable (A/R)' : account!;
    moves[name] = (moves[name] ?? 0) + amount;
  }
  return moves;
}

/** The state of each item, by record. */
async function facts(batch: BatchView): Promise<Readonly<Record<string, string>>> {
  const items = await h.items(batch);
  return Object.fromEntries(
    items.map(({ record, operation, number, amount }) => [`${record.type}/${record.id}`, `${operation} ${number} ${amount}`]),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: lines of many shapes
type Line = any;

/** The rows of a file by the number of their document, each by header. */
function byNumber(file: string, header: string): ReadonlyMap<string, Record<string, string | number | boolean | null>[]> {
  const rows = [...sheets]
    .filter(([name]) => name.startsWith(file))
    .flatMap(([, sheet]) => {
      const [headers = [], ...body] = sheet.rows;
      return body.map((row) => Object.fromEntries(headers.map((name, at) => [String(name), row[at] ?? null])));
    });
  return Map.groupBy(rows, (row) => String(row[header]));
}

function customerOf(one: Record<string, Line>): string {
  return held(co, 'Customer').find(({ Id }) => Id === one.CustomerRef.value)!.FullyQualifiedName;
}

function american(date: string): string {
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year}`;
}

/** The same company, for files too. */
async function alsoFiles(books: QboBooks): Promise<Books> {
  const { company } = books;
  await enableTarget(
    h.store,
    { companyId: company.id, target: saasant.id, delivery: 'files', settings: saasant.settings.parse(SETTINGS) as BooksSettings },
    'ada',
  );
  const companyTarget = (await getCompanyTarget(h.store, company.id, saasant.id))!;
  return { ...books, target: saasant, request: (selection = {}) => ({ ...books.request(selection), companyTarget }) };
}

async function download(batch: BatchView): Promise<Uint8Array> {
  const file = (await listFiles(h.store.sql, batch.id)).find((one) => one.download)!;
  const chunks: Uint8Array[] = [];
  for await (const chunk of readFile(h.store, batch.id, file.ordinal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
