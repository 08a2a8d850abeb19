import type { MatchingRow } from '@ledgerpost/store';
import { describe, expect, it } from 'vitest';
import { CSV_HEAD, csvLine, readMatchingCsv } from './matching-csv.ts';

function row(changes: Partial<MatchingRow> = {}): MatchingRow {
  return {
    key: 'c-1',
    name: 'Amy’s Bird Sanctuary',
    documents: 2,
    state: 'similar',
    link: null,
    wanted: null,
    suggestions: [{ externalId: '58', name: 'Amys Birds', reason: 'near-name' }],
    ...changes,
  };
}

const link: NonNullable<MatchingRow['link']> = {
  externalId: '58',
  name: 'Amy',
  nameNow: 'Amys Birds',
  by: 'Dana (k-1)',
  at: new Date(0),
  active: true,
  toConfirm: false,
  shared: [],
};

const FILE = 'kind,key,name,choice\n';

describe('the file of a matching', () => {
  it('has one line for each of ours, with the suggestion and the id that it is linked to', () => {
    expect(csvLine('customer', row())).toBe('customer,c-1,Amy’s Bird Sanctuary,2,similar,,,58,Amys Birds,near-name,\r\n');
    expect(csvLine('item', row({ state: 'linked', link, suggestions: [] }))).toBe(
      'item,c-1,Amy’s Bird Sanctuary,2,linked,58,Amys Birds,,,,58\r\n',
    );
  });

  it('has no choice yet where a person has to give the word', () => {
    for (const one of [
      row({ state: 'broken', link }),
      row({ state: 'linked', link: { ...link, toConfirm: true } }),
      row({ wanted: 'same' }),
    ])
      expect(csvLine('customer', one)).toMatch(/,\r\n$/);
    expect(csvLine('customer', row({ wanted: 'another' }))).toMatch(/,another\r\n$/);
  });

  it.each([
    ['a comma', 'Bird, Amy'],
    ['quotes', 'The "Birds"'],
    ['a line break', 'Amy\nBird'],
    ['a semicolon', 'Amy; Bird'],
    ['a formula', '=HYPERLINK("http://x","y")'],
    ['a sign', '-Amy'],
    ['an at sign', '@amy'],
    ['an apostrophe before a sign', "'=Amy"],
    ['an apostrophe alone', "'Amy"],
    ['letters beyond Latin', 'Żółć 猫'],
  ])('reads back a name and a key with %s as they were', (_what, name) => {
    const line = csvLine('customer', row({ key: `${name}|k`, name, link, state: 'linked' }));
    expect(line.split(',').every((cell) => !/^"?[=+@-]/.test(cell))).toBe(true);
    const { decisions, faults } = readMatchingCsv(`${CSV_HEAD}${line}`);
    expect(faults).toEqual([]);
    expect(decisions).toMatchObject([{ kind: 'customer', key: `${name}|k`, name, decision: { externalId: '58' } }]);
  });

  it('reads an id, or what else a person may choose, and leaves out what has no choice', () => {
    const { decisions, without, faults } = readMatchingCsv(
      `${FILE}customer,a,A,58\ncustomer,b,B,create\ncustomer,c,C,Another\ncustomer,d,D,same: a\nitem,service:1,E,undo\nitem,f,F,\n`,
    );
    expect(faults).toEqual([]);
    expect(without).toBe(1);
    expect(decisions.map(({ line, decision }) => [line, decision])).toEqual([
      [2, { key: 'a', externalId: '58' }],
      [3, { key: 'b', create: true }],
      [4, { key: 'c', another: true }],
      [5, { key: 'd', same: 'a' }],
      [6, { key: 'service:1', undo: true }],
    ]);
  });

  it.each([
    ['semicolons', `${FILE}customer,a,"A, B",58\n`.replaceAll(',', ';').replace('A; B', 'A, B')],
    ['tabs', `${FILE}customer,a,"A, B",58\n`.replaceAll(',', '\t').replace('A\t B', 'A, B')],
    ['Windows’ line breaks', `${FILE}customer,a,"A, B",58\n`.replaceAll('\n', '\r\n')],
    ['columns in another order, and more of them', 'Choice,notes,NAME,key,kind\n58,mine,"A, B",a,customer\n'],
    ['blank lines at the end', `${FILE}customer,a,"A, B",58\n,,,\n\n`],
  ])('reads what a spreadsheet saves: %s', (_what, text) => {
    expect(readMatchingCsv(text)).toMatchObject({
      faults: [],
      decisions: [{ key: 'a', name: 'A, B', decision: { externalId: '58' } }],
    });
  });

  it.each([
    ['is empty', '', 1, 'The file is empty.'],
    ['lacks a column', 'kind,key,choice\ncustomer,a,58\n', 1, 'The column “name” is missing.'],
    ['has a column twice', 'kind,key,name,choice,choice\n', 1, 'The column “choice” is there twice.'],
    ['has a line of another length', `${FILE}customer,a,A,58\ncustomer,b,B\n`, 3, 'The line has 3 cells, and the first line 4.'],
    ['has an unknown kind', `${FILE}vendor,a,A,58\n`, 2, 'The kind is “vendor”.'],
    ['has no key', `${FILE}customer,,A,58\n`, 2, 'The key is missing.'],
    ['has a key twice', `${FILE}customer,a,A,58\ncustomer,a,A,59\n`, 3, 'The customer “a” is on line 2 already.'],
    ['has an open quote', `${FILE}customer,a,"A,58\n`, 2, 'A quote is not where it may be'],
  ])('names the line of a file that %s', (_what, text, line, message) => {
    const { faults } = readMatchingCsv(text);
    expect(faults).toEqual([{ line, message: expect.stringContaining(message) }]);
  });

  it('names every bad line', () => {
    const { faults } = readMatchingCsv(`${FILE}vendor,a,A,1\ncustomer,b,B,2\nitem,,C,3\n`);
    expect(faults.map(({ line }) => line)).toEqual([2, 4]);
  });
});
