import type { CustomerRecord } from '../records/records.ts';
import { parseMoney, ZERO } from '../values/money.ts';
import type { BuildContext } from './build-context.ts';
import type { PayableInvoice, Payer } from './divide-payment.ts';
import { nonBlank } from './parts.ts';

/** A customer whose name in the books is known. */
export function payerOf(customer: CustomerRecord | undefined): Payer | undefined {
  const name = nonBlank(customer?.accountingKey);
  return customer === undefined || name === undefined ? undefined : { id: customer.id, name };
}

/** An invoice as it is in the books, or will be after this batch. */
export function payable(id: string, context: BuildContext): PayableInvoice | undefined {
  const posted = context.posted({ type: 'invoice', id });
  const record = context.invoice(id);
  const inBatch = context.inBatch(id);
  if (!inBatch && posted?.kind !== 'invoice') return undefined;
  const owner = nonBlank(record?.customerId);
  const own = owner === undefined ? undefined : payerOf(context.customer(owner));
  const customer = inBatch ? own : (posted?.customer ?? own);
  if (record?.status === 'void') return { total: ZERO, customer };
  const total = record && parseMoney(record.total, context.company.currency);
  return { total: (inBatch ? (total ?? posted?.amount) : posted?.amount) ?? ZERO, customer };
}
