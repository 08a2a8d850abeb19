import type {
  CreditMemoRecord,
  DepartmentRecord,
  InvoiceRecord,
  PaymentRecord,
  RefundRecord,
  ServiceRecord,
  SourceRecord,
} from '@ledgerpost/core';
import { ACCOUNTS, TAX_PAYABLE } from '../story/world.ts';
import { cents } from './cents.ts';

export type Records = ReadonlyMap<string, SourceRecord>;

/** What a document posts to the ledger: cents by account, debits positive. */
export type Effect = ReadonlyMap<string, number>;

/** What one operation posts for a record, computed from the record alone in the simplest way. */
export interface Expected {
  /** The document's amount in cents, by the record. */
  readonly amount: number;
  /** The amount that the books hold, where they compute the tax. Absent: the same. */
  readonly held?: number;
  readonly effect: Effect;
  /** The record of the customer on Accounts Receivable, by its id. */
  readonly customer: string | undefined;
}

/** @param posted what was in the books before: a voiding credit memo balances it, a new allocation leaves it unchanged */
export function expectedOf(
  operation: string,
  record: SourceRecord,
  records: Records,
  posted: Expected | undefined,
  taxPercent?: number,
): Expected | undefined {
  switch (record.type) {
    case 'invoice': {
      if (operation === 'creditMemo.insert') {
        return (
          posted && {
            ...(posted.held === undefined ? {} : { held: posted.held }),
            amount: posted.amount,
            customer: posted.customer,
            effect: new Map([...posted.effect].map(([account, sum]) => [account, -sum])),
          }
        );
      }
      const ended = operation === 'invoice.void' || record.status === 'void';
      return sale(record, records, ended ? 0 : 1, taxPercent);
    }
    case 'creditMemo':
      return sale(record, records, -1, taxPercent);
    case 'payment': {
      if (operation === 'payment.update') return posted && { ...posted, customer: record.customerId };
      const refunds = [...records.values()].filter(
        (one): one is RefundRecord => one.type === 'refund' && one.paymentId === record.id,
      );
      const amount = refunds.reduce(
        (sum, refund) => (refund.status === 'removed' ? sum : sum - cents(refund.amount)),
        cents(record.amount),
      );
      return {
        amount,
        customer: record.customerId,
        effect: effect([
          [ACCOUNTS.depositTo, amount],
          [ACCOUNTS.receivable, -amount],
        ]),
      };
    }
    case 'refund': {
      const amount = cents(record.amount);
      const payment = records.get(`payment/${record.paymentId}`) as PaymentRecord | undefined;
      return {
        amount,
        customer: payment?.customerId,
        effect: effect([
          [ACCOUNTS.receivable, amount],
          [ACCOUNTS.refund, -amount],
        ]),
      };
    }
    default:
      return undefined;
  }
}

function sale(
  record: InvoiceRecord | CreditMemoRecord,
  records: Records,
  sign: -1 | 0 | 1,
  taxPercent: number | undefined,
): Expected {
  const department = records.get(`department/${record.departmentId}`) as DepartmentRecord | undefined;
  const parts: [string, number][] = record.lines.map((line) => {
    const service = records.get(`service/${line.serviceId}`) as ServiceRecord | undefined;
    const amount = cents(line.amount);
    const category = line.accountingCategory ?? service?.accountingCategory;
    return [category ?? (amount < 0 ? ACCOUNTS.discount : (department?.accountingCategory ?? ACCOUNTS.income)), -amount];
  });
  const ours = cents(record.tax?.amount ?? '0');
  const tax = taxPercent === undefined ? ours : computedTax(record, records, taxPercent);
  const total = cents(record.total);
  parts.push([TAX_PAYABLE, -tax], [ACCOUNTS.receivable, total - ours + tax]);
  return {
    amount: sign === 0 ? 0 : total,
    ...(taxPercent === undefined ? {} : { held: sign === 0 ? 0 : total - ours + tax }),
    customer: record.customerId,
    effect: effect(parts.map(([account, sum]) => [account, sign * sum])),
  };
}

/** The tax of the taxable lines. What a line leaves open follows its service, else the record: taxed if it charges tax. */
function computedTax({ lines, tax }: InvoiceRecord | CreditMemoRecord, records: Records, percent: number): number {
  const charges = cents(tax?.amount ?? '0') !== 0;
  let base = 0;
  for (const { taxable, serviceId, amount } of lines) {
    const service = records.get(`service/${serviceId}`) as ServiceRecord | undefined;
    if (taxable ?? service?.taxable ?? charges) base += cents(amount);
  }
  return Math.round((base * percent) / 100);
}

/** Sums by account, without zeros. */
export function effect(parts: readonly (readonly [string, number])[]): Effect {
  const sums = new Map<string, number>();
  for (const [account, sum] of parts) sums.set(account, (sums.get(account) ?? 0) + sum);
  return new Map([...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `Services -100, Checking 100`. */
export function describeEffect(sums: Effect): string {
  return [...sums].map(([account, sum]) => `${account} ${sum}`).join(', ') || 'nothing';
}

/** Whether both do the same to the ledger. */
export function sameEffect(a: Effect, b: Effect): boolean {
  return a.size === b.size && [...a].every(([account, sum]) => b.get(account) === sum);
}
