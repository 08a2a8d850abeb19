import type { PaymentRecord, RecordType, RefundRecord, SourceRecord } from '@ledgerpost/core';
import type { Sql } from '../database/open-store.ts';
import { probe } from '../database/probe.ts';
import { rowsOf } from '../database/rows-of.ts';
import { idsSql } from './refs.ts';

/** A record that came another way and may be the same thing. */
export interface TwinCandidate {
  readonly type: RecordType;
  /** The record that is asked about. */
  readonly id: string;
  readonly twinId: string;
  readonly twinWay: string;
  readonly twin: SourceRecord;
}

/** Names of what records refer to, by id: an invoice's number, a customer's accounting key. Ids differ from way to way; names don't. */
export interface Names {
  invoice(id: string): string | undefined;
  customer(id: string): string | undefined;
  /** Of a refund's payment. */
  payment(id: string): PaymentRecord | undefined;
}

/** Invoices and credit memos of other ways that have the number of one of these. */
export async function sameNumber(
  sql: Sql,
  companyId: string,
  way: string,
  records: readonly SourceRecord[],
): Promise<readonly TwinCandidate[]> {
  const wanted = records.flatMap((record) =>
    (record.type === 'invoice' || record.type === 'creditMemo') && record.number !== undefined && record.number !== ''
      ? [{ type: record.type, id: record.id, number: record.number.toLowerCase() }]
      : [],
  );
  if (wanted.length === 0) return [];
  return sql<TwinCandidate[]>`
    select n.type, n.id, t.id as "twinId", t.way as "twinWay", t.content as twin
    from ${rowsOf(sql, wanted, { type: 'text', id: 'text', number: 'text' })} n
    ${probe(
      sql,
      't',
      sql`select id, way, content from records
        where company_id = ${companyId} and type = n.type and type in ('invoice', 'creditMemo')
          and lower(content ->> 'number') = n.number`,
    )}
    where t.way <> ${way} and t.id <> n.id`;
}

/** Records with the type, day and amount of one of these: of other ways, or of the same way if that is asked for. */
export async function sameAmount(
  sql: Sql,
  companyId: string,
  way: { readonly not: string } | { readonly is: string },
  records: readonly SourceRecord[],
): Promise<readonly TwinCandidate[]> {
  const wanted = records.flatMap((record) => {
    const amount = 'total' in record ? record.total : 'amount' in record ? record.amount : undefined;
    return amount === undefined || !('date' in record) ? [] : [{ type: record.type, id: record.id, date: record.date, amount }];
  });
  if (wanted.length === 0) return [];
  const rows = await sql<TwinCandidate[]>`
    select n.type, n.id, t.id as "twinId", t.way as "twinWay", t.content as twin
    from ${rowsOf(sql, wanted, { type: 'text', id: 'text', date: 'text', amount: 'text' })} n
    ${probe(
      sql,
      't',
      sql`select id, way, content from records
        where company_id = ${companyId} and type = n.type and type in ('invoice', 'creditMemo', 'payment', 'refund')
          and content ->> 'date' = n.date
          and trim_scale(coalesce(content ->> 'total', content ->> 'amount')::numeric) = trim_scale(n.amount::numeric)`,
    )}
    where t.id <> n.id`;
  return rows.filter(({ twinWay }) => ('not' in way ? twinWay !== way.not : twinWay === way.is));
}

/** Whether a payment or refund is probably the same as one that came another way: same method, and same invoice or customer. */
export function isProbablySame(one: SourceRecord, other: SourceRecord, names: Names): boolean {
  if (one.type === 'payment' && other.type === 'payment') return samePayment(one, other, names);
  if (one.type === 'refund' && other.type === 'refund') return sameRefund(one, other, names);
  return false;
}

function samePayment(one: PaymentRecord, other: PaymentRecord, names: Names): boolean {
  if (one.status !== 'received' || other.status !== 'received') return false;
  return sameMethod(one.method, other.method) && sameOrigin(one, other, names);
}

function sameRefund(one: RefundRecord, other: RefundRecord, names: Names): boolean {
  if (one.status === 'removed' || other.status === 'removed' || !sameMethod(one.method, other.method)) return false;
  if (one.paymentId === other.paymentId) return true;
  const [mine, theirs] = [names.payment(one.paymentId), names.payment(other.paymentId)];
  return mine !== undefined && theirs !== undefined && sameOrigin(mine, theirs, names);
}

/** A way that knows no method doesn't make two payments of one. */
function sameMethod(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.trim().toLowerCase() === other.trim().toLowerCase();
}

function sameOrigin(one: PaymentRecord, other: PaymentRecord, names: Names): boolean {
  const invoices = (payment: PaymentRecord) =>
    new Set(
      (payment.allocations ?? []).flatMap(({ invoiceId }) => [`id/${invoiceId}`, ...named('number', names.invoice(invoiceId))]),
    );
  const mine = invoices(one);
  if ([...invoices(other)].some((invoice) => mine.has(invoice))) return true;
  if (one.customerId === undefined || other.customerId === undefined) return false;
  if (one.customerId === other.customerId) return true;
  const [a, b] = [names.customer(one.customerId), names.customer(other.customerId)];
  return a !== undefined && b !== undefined && plain(a) === plain(b);
}

function named(kind: string, name: string | undefined): readonly string[] {
  return name === undefined ? [] : [`${kind}/${plain(name)}`];
}

function plain(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** The names that these records need, as stored. */
export async function storedNames(sql: Sql, companyId: string, records: readonly SourceRecord[]): Promise<Names> {
  const refunds = records.flatMap((record) => (record.type === 'refund' ? [record.paymentId] : []));
  const stored = await contentOf<PaymentRecord>(sql, companyId, 'payment', refunds);
  const payments = [...records.filter((record) => record.type === 'payment'), ...stored.values()];
  const invoices = await contentOf<{ number?: string }>(
    sql,
    companyId,
    'invoice',
    payments.flatMap(({ allocations = [] }) => allocations.map(({ invoiceId }) => invoiceId)),
  );
  const customers = await contentOf<{ accountingKey?: string; name?: string }>(
    sql,
    companyId,
    'customer',
    payments.flatMap(({ customerId }) => (customerId === undefined ? [] : [customerId])),
  );
  return {
    invoice: (id) => invoices.get(id)?.number,
    customer: (id) => customers.get(id)?.accountingKey ?? customers.get(id)?.name,
    payment: (id) => stored.get(id),
  };
}

async function contentOf<T>(
  sql: Sql,
  companyId: string,
  type: RecordType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; content: T }[]>`
    select n.id, r.content from ${idsSql(sql, ids)} n
    ${probe(sql, 'r', sql`select content from records where company_id = ${companyId} and type = ${type} and id = n.id`)}`;
  return new Map(rows.map(({ id, content }) => [id, content]));
}
