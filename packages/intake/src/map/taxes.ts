import type { Mapping, TaxRule } from './mapping.ts';
import type { Piece } from './pieces.ts';
import { type Cells, cellsOf, type Readings } from './read-cell.ts';
import { add, isSame } from './sums.ts';

/**
 * The tax of a document whose rows are its lines: each row repeats it, or has its own part. The stated total shows which.
 * @returns undefined where the first row has it
 */
export function taxOfRows(
  rule: TaxRule,
  rows: readonly Piece[],
  mapping: Mapping,
  readings: Readings,
  members: Readonly<Record<string, unknown>>,
): string | 'unclear' | undefined {
  if (rows.length < 2 || rows[0]!.record < 0) return undefined;
  const taxes = rows.flatMap((row) => {
    const tax = cellsOf(row, mapping, readings).read(rule.amount, 'money', { negate: rule.negate });
    return tax === undefined ? [] : [String(tax)];
  });
  if (taxes.length < 2) return undefined;
  const sum = add(taxes);
  if (members.total !== undefined && isSame(totalOf({ ...members, tax: { amount: sum } }), String(members.total))) return sum;
  return taxes.every((tax) => isSame(tax, taxes[0]!)) ? undefined : 'unclear';
}

export function taxOf(rule: TaxRule, cells: Cells, mapping: Mapping, known?: string): unknown {
  const amount = known ?? cells.read(rule.amount, 'money', { negate: rule.negate });
  if (amount === undefined || amount === '0' || !/[1-9]/.test(String(amount))) return undefined;
  const name = (rule.name === undefined ? undefined : cells.text(rule.name)) ?? mapping.constants?.taxName ?? 'Sales tax';
  const rate = rule.rate === undefined ? undefined : cells.read(rule.rate, 'decimal', {});
  return rate === undefined ? { name, amount } : { name, rate, amount };
}

/** What the lines and the tax come to, where the file states no total. */
export function totalOf(members: Readonly<Record<string, unknown>>): string {
  const lines = members.lines as readonly { readonly amount: string }[];
  const tax = members.tax as { readonly amount: string } | undefined;
  return add([...lines.map(({ amount }) => amount), ...(tax === undefined ? [] : [tax.amount])]);
}
