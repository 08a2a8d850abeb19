import { expect, it } from 'vitest';
import type { Mapping } from './mapping.ts';
import type { Piece } from './pieces.ts';
import { printOf } from './print-of.ts';

const columns = { total: 'Total', number: 'No', due: 'Due', customer: 'Customer', amount: 'Amount' };
const mapping = { files: { lines: { title: 'Lines', known: [], columns } }, records: [] } as unknown as Mapping;
const piece = (fields: Piece['fields']): Piece => ({
  key: 'document/7',
  record: 0,
  role: 'lines',
  file: 'a.csv',
  row: 2,
  fields,
});

it('the print of cells stays as former releases stored it', () => {
  const first = piece({ total: '1.00', number: '7', customer: 'Amy "A"' });
  const second = piece({ number: '7', amount: '2' });
  expect(printOf([first], mapping)).toBe('758f7551a0e720525dc4a4c7');
  expect(printOf([first, second], mapping)).toBe('f63118368a090defa13a1abe');
  expect(printOf([second, first], mapping)).toBe('f63118368a090defa13a1abe');
});
