import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../test-store.ts';
import { probe, probeOrNull } from './probe.ts';
import { jsonTexts, rowsOf, SpelledTexts } from './rows-of.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

interface Item {
  readonly seq: number;
  readonly recordId: string | null;
  readonly amount?: number;
  readonly rejected: boolean;
  readonly date?: string;
  readonly problem?: unknown;
}

describe('rowsOf', () => {
  it('makes a row of each object, with members by their type and a null for those that are missing', async () => {
    const { sql } = test;
    const items: Item[] = [
      {
        seq: 1,
        recordId: `a "b", {c}\\`,
        amount: Number.MAX_SAFE_INTEGER,
        rejected: true,
        date: '2026-10-03',
        problem: { code: 'x' },
      },
      { seq: 2, recordId: null, rejected: false, problem: ['text', null] },
    ];
    const rows = await sql`
      select * from ${rowsOf(sql, items, { seq: 'int', recordId: 'text', amount: 'bigint', rejected: 'bool', date: 'date', problem: 'jsonb' })} n`;
    expect(rows).toEqual([
      {
        seq: 1,
        record_id: `a "b", {c}\\`,
        amount: Number.MAX_SAFE_INTEGER,
        rejected: true,
        date: '2026-10-03',
        problem: { code: 'x' },
      },
      { seq: 2, record_id: null, amount: null, rejected: false, date: null, problem: ['text', null] },
    ]);
  });

  it('makes the same rows of many texts, also where one of them has the mark between them or is empty', async () => {
    const { sql } = test;
    const many = { seq: 'int', recordId: 'many-texts' } as const;
    const told = async (...texts: (string | null)[]) => {
      const items = texts.map((recordId, seq) => ({ seq, recordId }));
      const rows = await sql<{ recordId: string }[]>`
        select seq, record_id as "recordId" from ${rowsOf(sql, items, many)} n order by seq`;
      return rows.map(({ recordId }) => recordId);
    };
    for (const texts of [
      ['a', null, 'ü "b", {c}\\ \n'],
      ['a\u0001b', 'c'],
      ['', 'a', null],
      [null, null],
    ])
      expect(await told(...texts)).toEqual(texts);
  });

  it('makes the same rows where JSON is large, also of one that has none', async () => {
    const { sql } = test;
    const large = { seq: 'int', problem: 'large-jsonb' } as const;
    const rowsWith = (items: readonly Partial<Item>[]) => sql`select * from ${rowsOf(sql, items, large)} n order by seq`;
    expect(await rowsWith([{ seq: 1, problem: { code: 'x' } }, { seq: 2 }])).toEqual([
      { seq: 1, problem: { code: 'x' } },
      { seq: 2, problem: null },
    ]);
    expect([...(await rowsWith([{ seq: 3 }])), ...(await rowsWith([]))]).toEqual([{ seq: 3, problem: null }]);
  });

  it('makes no row of no object', async () => {
    const { sql } = test;
    expect(await sql`select * from ${rowsOf(sql, [] as Item[], { seq: 'int', problem: 'jsonb' })} n`).toEqual([]);
  });
});

describe('jsonTexts', () => {
  it('gives each value back as it was, whatever characters are in it', async () => {
    const { sql } = test;
    const values = [{ text: 'a "b", {c}\\ \u0001\n\t’' }, ['\u0001', null, 1.5], 'plain', true];
    const rows =
      await sql`select n.value::jsonb as value from rows from (unnest(${[1, 2, 3, 4]}::int[]), ${jsonTexts(sql, values)}) n (seq, value) order by n.seq`;
    expect(rows.map(({ value }) => value)).toEqual(values);
  });
});

describe('spelled texts', () => {
  it.each([8, 100_000])('are the same values in the same order, with room for %i bytes at first', async (expected) => {
    const { sql } = test;
    const values = Array.from({ length: 500 }, (_, i) => ({ i, text: 'ü€😀"\\\u0001\n'.repeat(i % 7) }));
    const texts = new SpelledTexts(expected);
    for (const value of values) texts.add(JSON.stringify(value));
    const rows =
      await sql`select n.value::jsonb as value from rows from (unnest(${values.map(({ i }) => i)}::int[]), ${texts.rows(sql)}) n (seq, value) order by n.seq`;
    expect(rows.map(({ value }) => value)).toEqual(values);
  });
});

describe('probe', () => {
  it('joins what a query finds for each row; probeOrNull keeps the rows for which it finds nothing', async () => {
    const { sql } = test;
    const items = rowsOf(sql, [{ id: 'acme' }, { id: 'nobody' }], { id: 'text' });
    const company = sql`select name from companies where id = n.id`;
    expect(await sql`select n.id, c.name from ${items} n ${probe(sql, 'c', company)}`).toEqual([{ id: 'acme', name: 'Acme' }]);
    expect(await sql`select n.id, c.name from ${items} n ${probeOrNull(sql, 'c', company)} order by n.id`).toEqual([
      { id: 'acme', name: 'Acme' },
      { id: 'nobody', name: null },
    ]);
  });
});
