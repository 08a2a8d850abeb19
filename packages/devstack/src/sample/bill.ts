import { formatMoney, multiply, parseMoney, type SourceLine, type SourceTax, sum, toMoney } from '@ledgerpost/core';
import { services, taxes } from './books.ts';
import type { Random } from './random.ts';

/** Lines with their tax and total, which agree to the cent. */
export interface Bill {
  readonly lines: readonly SourceLine[];
  readonly tax?: SourceTax | undefined;
  readonly total: string;
}

/** Some services of a department, sometimes with a promotion, and with tax on the taxable lines. */
export function someBill(random: Random, departmentId: string, { taxed }: { readonly taxed: boolean }): Bill {
  const offered = services.filter((service) => service.departmentId === departmentId || service.record.id === 's-visit');
  const lines = random.take(random.int(1, 4), offered).map(({ record, cents, measured }): SourceLine => {
    const price = usd(random.percent(20) ? Math.max(1, cents - random.int(1, 40)) : cents);
    const quantity = measured ? fraction(random) : String(random.percent(80) ? 1 : random.int(2, 6));
    return {
      serviceId: record.id,
      name: record.name,
      description: record.description ?? 'Trip and diagnosis',
      quantity,
      unitPrice: price,
      amount: formatMoney(multiply(quantity, price, 'USD')!, 'USD'),
      taxable: record.taxable ?? false,
    };
  });
  if (random.percent(18)) lines.push(promotion(random, lines));
  return withTotals(lines, taxed ? random.pick(taxes) : undefined);
}

/** The lines with the tax on the taxable ones, and the total. */
export function withTotals(lines: readonly SourceLine[], tax?: { name: string; rate: string; thousandths: number }): Bill {
  const net = sum(lines.map(amountOf))!;
  const taxable = sum(lines.filter((line) => line.taxable).map(amountOf))!;
  if (!tax || taxable <= 0) return { lines, total: formatMoney(net, 'USD') };
  const due = roundHalfUp(taxable * tax.thousandths, 100_000);
  return {
    lines,
    tax: { name: tax.name, rate: tax.rate, amount: usd(due) },
    total: usd(net + due),
  };
}

/** Cents as the decimal string that records use. */
export function usd(cents: number): string {
  return formatMoney(toMoney(cents), 'USD');
}

export function centsOf(amount: string): number {
  return parseMoney(amount, 'USD')!;
}

function promotion(random: Random, lines: readonly SourceLine[]): SourceLine {
  const off = usd(-roundHalfUp(sum(lines.map(amountOf))! * random.pick([5, 10, 15]), 100));
  return {
    name: `Promo ${random.pick(['SPRING10', 'NEIGHBOR', 'FIRST-VISIT'])}`,
    quantity: '1',
    unitPrice: off,
    amount: off,
    taxable: false,
    accountingCategory: 'Marketing Coupons',
  };
}

/** A quantity with up to three decimals, without trailing zeros. */
function fraction(random: Random): string {
  return `${random.int(0, 14)}.${String(random.int(1, 999)).padStart(3, '0')}`.replace(/0+$/, '');
}

function amountOf(line: SourceLine) {
  return parseMoney(line.amount, 'USD')!;
}

function roundHalfUp(value: number, divisor: number): number {
  return Math.floor((2 * value + divisor) / (2 * divisor));
}
