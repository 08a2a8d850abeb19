import { storeSorter } from '@ledgerpost/batching';
import { memorySorter, type Piece } from '@ledgerpost/intake';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from '../../testing/imports.testing.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench?.close());

/** The same numbers at every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

interface Asked {
  readonly record: { readonly id: string };
  readonly details: { readonly candidate: { readonly id: string } };
}

const HEADER = ['Invoice No', 'Customer', 'Invoice Date', 'Product/Service', 'Line Amount', 'Invoice Total'];

/** Invoices of one to three lines, some of which can't be read. */
function rowsOf(seed: number): string[][] {
  const next = chance(seed);
  return Array.from({ length: 40 }, (_, at) => {
    const cents = Array.from({ length: 1 + Math.floor(next() * 3) }, () => 100 + Math.floor(next() * 90_000));
    const money = (n: number) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`;
    const total = money(cents.reduce((a, b) => a + b, 0));
    const day = `2026-11-${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`;
    const broken = next() < 0.1;
    return cents.map((one) => [String(at + 1), `Customer ${at % 7}`, day, 'Work', broken ? 'about 5' : money(one), total]);
  }).flat();
}

const csv = (rows: readonly (readonly string[])[]) => [HEADER, ...rows].map((row) => `${row.join(',')}\r\n`).join('');

describe('whatever the file', () => {
  it.each([1, 2, 3])(
    'check and apply agree record for record, and a second import in another order changes nothing: seed %i',
    async (seed) => {
      const rows = rowsOf(seed);
      const first = await bench.imported({ 'a.csv': csv(rows) });
      for (const [type, counts] of Object.entries<{ new: number }>(first.outcome.types)) {
        expect([type, counts.new]).toEqual([type, first.report.types[type].new.records]);
      }
      expect(first.report.unreadable).toBeGreaterThan(0);
      const stored = await bench.records();
      const again = await bench.imported({ 'b.csv': csv(shuffled(rows, chance(seed + 100))) });
      expect(again.report.types.invoice).toMatchObject({ new: { records: 0 }, changed: { records: 0 }, asked: { records: 0 } });
      expect(await bench.records()).toEqual(stored);
      await bench.undo(first.id);
      expect(await bench.records()).toEqual([]);
    },
  );

  it.each([1, 2])(
    'what the API brought and a file brings again is there once, and after the answer “same” as well: seed %i',
    async (seed) => {
      const next = chance(seed);
      const ways = Array.from({ length: 12 }, (_, at) => ({ number: String(100 + at), api: next() < 0.6, file: next() < 0.7 }));
      const both = ways.filter((one) => one.api && one.file).length;
      await bench.send('records/customer/c-1', { accountingKey: 'Amy' });
      for (const { number } of ways.filter((one) => one.api)) {
        const invoice = { number, customerId: 'c-1', status: 'finalized', date: '2026-11-03', lines: [], total: '12.00' };
        await bench.send(`records/invoice/api-${number}`, invoice);
      }
      const rows = ways.filter(({ file }) => file).map(({ number }) => [number, 'Amy', '2026-11-03', 'Work', '12.00', '12.00']);
      const id = await bench.begin({ 'a.csv': csv(shuffled(rows, next)) });
      const { report } = await bench.check(id);
      expect(report.types.invoice).toMatchObject({ new: { records: rows.length - both }, asked: { records: both } });
      await bench.apply(id);
      const once = async () =>
        (await bench.records())
          .filter((line) => line.startsWith('invoice/'))
          .map((line) => /\d+/.exec(line)![0])
          .sort();
      const expected = ways.filter((one) => one.api || one.file).map(({ number }) => number);
      expect(await once()).toEqual(expected);
      const again = await bench.begin({ 'b.csv': csv(shuffled(rows, next)) });
      await bench.check(again);
      const answers = (await bench.findings(again, 'asked')).map((finding: Asked) => ({
        type: 'invoice',
        id: finding.record.id,
        answer: 'same',
        candidate: finding.details.candidate.id,
      }));
      await bench.post(again, 'decide', { answers });
      expect((await bench.check(again)).report.types.invoice).toMatchObject({ new: { records: 0 }, kept: { records: both } });
      await bench.apply(again);
      expect(await once()).toEqual(expected);
    },
  );

  it.each([
    ['in memory', { pieces: 1_000, letters: 1_000_000 }],
    ['in a table', { pieces: 10, letters: 1_000_000 }],
  ])('the sorter that keeps pieces %s gives the records of the one for tests', async (_, most) => {
    const next = chance(7);
    const pieces = Array.from({ length: 200 }, (_, row): Piece => {
      const key = `document/${Math.floor(next() * 60)}`;
      const fields = { number: key, ...(next() < 0.5 ? { note: `a "quoted", note ${row}` } : {}), last: '' };
      return { key, record: next() < 0.3 ? -1 : 0, role: next() < 0.5 ? 'items' : 'invoices', file: 'a.csv', row, fields };
    });
    const groupsOf = async (sorter: ReturnType<typeof memorySorter>) => {
      for (const piece of pieces) await sorter.add(piece);
      const groups: (readonly Piece[])[] = [];
      for await (const batch of sorter.groups()) groups.push(...batch);
      return groups.toSorted((a, b) => (a[0]!.key < b[0]!.key ? -1 : 1));
    };
    const sorter = storeSorter(bench.api.store, '00000000-0000-4000-8000-000000000000', most);
    expect(await groupsOf(sorter)).toEqual(await groupsOf(memorySorter()));
    await sorter.close();
    const [left] = await bench.api.store.sql<{ n: number }[]>`select count(*)::int as n from import_pieces`;
    expect(left!.n).toBe(0);
  });
});
