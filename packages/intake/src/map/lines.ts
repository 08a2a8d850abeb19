import { compact } from '@ledgerpost/core';
import type { LinesRule, Mapping } from './mapping.ts';
import type { Cells } from './read-cell.ts';
import { readNumber } from './read-number.ts';
import { add, compareAmounts, isSame, negated, subtract, times } from './sums.ts';

export interface MadeLine {
  readonly serviceId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly taxable?: boolean;
  readonly accountingCategory?: string;
}

interface MadeLines {
  readonly lines: readonly MadeLine[];
  readonly note?: { readonly code: 'lines-not-split'; readonly message: string };
}

/** The lines of an invoice or credit memo, by the mapping's rule. */
export function linesOf(rule: LinesRule, head: Cells, rows: readonly Cells[], mapping: Mapping): MadeLines {
  switch (rule.by) {
    case 'rows':
      return { lines: rows.map((cells) => lineOf(rule, cells, mapping)).sort(largestFirst) };
    case 'cell':
      return split(rule, head, mapping);
    case 'total': {
      const whole = head.required(rule.field, 'money');
      const less = rule.less === undefined ? undefined : head.read(rule.less, 'money', {});
      const amount = less === undefined ? whole : subtract(whole, String(less));
      return { lines: [single(mapping.constants?.[rule.name] ?? rule.name, amount)] };
    }
    default:
      return rule satisfies never;
  }
}

/**
 * Exports sort their rows as people sorted the screen, and another order must not look like a change. So lines have an order of their
 * own: the largest first, discounts last.
 */
function largestFirst(a: MadeLine, b: MadeLine): number {
  const byAmount = compareAmounts(b.amount, a.amount);
  if (byAmount !== 0) return byAmount;
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function lineOf(rule: Extract<LinesRule, { by: 'rows' }>, cells: Cells, mapping: Mapping): MadeLine {
  // Where no column has the amount, it follows the quantity.
  const turned = rule.amount ?? rule.quantity;
  const number = (field: string | undefined, as: 'money' | 'decimal') =>
    field === undefined ? undefined : (cells.read(field, as, { negate: rule.negate && field === turned }) as string | undefined);
  const quantity = number(rule.quantity, 'decimal');
  const price = number(rule.unitPrice, 'decimal');
  const stated = number(rule.amount, 'money');
  const service = rule.service === undefined ? undefined : cells.text(rule.service);
  return compact<MadeLine>({
    serviceId: service === undefined ? undefined : `${mapping.source}:service:${service}`.slice(0, 64),
    name: cells.text(rule.name),
    description: rule.description === undefined ? undefined : cells.text(rule.description),
    ...priced(quantity, price, stated, cells.currency),
    taxable: rule.taxable === undefined ? undefined : (cells.read(rule.taxable, 'boolean', {}) as boolean | undefined),
    accountingCategory: rule.category === undefined ? undefined : cells.text(rule.category),
  });
}

/** Quantity, price and amount that agree. The amount counts: where a price can't be exact, the line is one piece of it. */
function priced(
  quantity: string | undefined,
  price: string | undefined,
  amount: string | undefined,
  currency: string,
): { quantity: string; unitPrice: string; amount: string } {
  if (amount === undefined) {
    const product = times(quantity ?? '1', price ?? '0', currency) ?? '0';
    return { quantity: quantity ?? '1', unitPrice: price ?? '0', amount: product };
  }
  if (price !== undefined) {
    const product = times(quantity ?? '1', price, currency);
    if (product !== undefined && isSame(product, amount)) return { quantity: quantity ?? '1', unitPrice: price, amount };
  }
  const each = quantity === undefined ? undefined : divided(amount, quantity, currency);
  return each === undefined ? { quantity: '1', unitPrice: amount, amount } : { quantity: quantity!, unitPrice: each, amount };
}

/** amount ÷ quantity with at most five fraction digits, if that gives the very amount again. */
function divided(amount: string, quantity: string, currency: string): string | undefined {
  if (!/[1-9]/.test(quantity)) return undefined;
  const scale = 100_000n;
  const [a, q] = [scaled(amount), scaled(quantity)];
  const each = (a * scale) / q;
  if ((a * scale) % q !== 0n) return undefined;
  const magnitude = each < 0n ? -each : each;
  const text = `${each < 0n ? '-' : ''}${magnitude / scale}.${String(magnitude % scale).padStart(5, '0')}`.replace(/\.?0+$/, '');
  const product = times(quantity, text, currency);
  return product !== undefined && isSame(product, amount) ? text : undefined;
}

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(5, '0').slice(0, 5));
  return text.startsWith('-') ? -value : value;
}

/**
 * `Furnace tune-up (1, $129), Filter (2, $18.5)`: whether `$` is the price of one or of all, readers of such files disagree, so
 * both are tried against the sum that the file states. If neither gives it, the invoice is one line.
 */
function split(rule: Extract<LinesRule, { by: 'cell' }>, head: Cells, mapping: Mapping): MadeLines {
  const sum = head.required(rule.sum, 'money');
  const text = head.text(rule.field) ?? '';
  const lines = byPrice(partsOf(text), sum, head.currency);
  const discount = rule.discount === undefined ? undefined : (head.read(rule.discount, 'money', {}) as string | undefined);
  const less = discount === undefined || !/[1-9]/.test(discount) ? [] : [single('Discount', negated(discount))];
  const tip = tipOf(rule, head, mapping);
  const more = [...less, ...(tip === undefined ? [] : [single(mapping.constants!.tipLine!, tip)])];
  if (lines !== undefined) return { lines: [...lines, ...more] };
  const whole = single(head.text(rule.otherwise) ?? 'Sales', sum);
  const description = text === '' ? {} : { description: text.slice(0, 4_000) };
  return {
    lines: [{ ...whole, ...description }, ...more],
    note: {
      code: 'lines-not-split',
      message: `The line items don't add up to ${sum}, so the invoice comes in as one line of that amount.`,
    },
  };
}

/** A tip that is a line of the invoice, and belongs to its total then; undefined where there is none. */
export function tipOf(rule: LinesRule, head: Cells, { constants }: Mapping): string | undefined {
  if (rule.by !== 'cell' || rule.tip === undefined || constants?.tipLine === undefined) return undefined;
  const tip = head.read(rule.tip, 'money', {}) as string | undefined;
  return tip === undefined || !/[1-9]/.test(tip) ? undefined : tip;
}

interface Part {
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
}

function byPrice(parts: readonly Part[] | undefined, sum: string, currency: string): readonly MadeLine[] | undefined {
  if (parts === undefined || parts.length === 0) return undefined;
  const asPrice = parts.flatMap(({ name, quantity, price }): MadeLine[] => {
    const amount = times(quantity, price, currency);
    return amount === undefined ? [] : [{ name, quantity, unitPrice: price, amount }];
  });
  if (asPrice.length === parts.length && isSame(add(asPrice.map(({ amount }) => amount)), sum)) return asPrice;
  if (parts.some(({ price }) => (price.split('.')[1] ?? '').length > 3)) return undefined;
  const asAmount = parts.map(({ name, quantity, price }) => ({ name, ...priced(quantity, undefined, price, currency) }));
  return isSame(add(asAmount.map(({ amount }) => amount)), sum) ? asAmount : undefined;
}

/** Names may hold brackets and commas; a part ends with `(quantity, $price)`. Undefined if something is left over. */
function partsOf(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  const pattern = /\s*(.*?)\s*\((-?[\d.,]+), (-?\$?-?[\d.,]+)\)(?:,|$)/gsy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const quantity = readNumber(match[2]!, 'point');
    const price = readNumber(match[3]!, 'point');
    if (typeof quantity !== 'string' || typeof price !== 'string') return undefined;
    parts.push({ name: match[1]!, quantity, price });
  }
  return parts;
}

function single(name: string, amount: string): MadeLine {
  return { name, quantity: '1', unitPrice: amount, amount };
}
