import { formatMoney, parseMoney, sum } from '../values/money.ts';
import type { SourceRecord } from './records.ts';
import type { RecordRefusal } from './refusals.ts';

/** A tax whose parts don't add up to it states two amounts, and nobody knows which of them is due. */
export function taxPartsRefusal(record: SourceRecord, currency: string): RecordRefusal | undefined {
  const tax = record.type === 'invoice' || record.type === 'creditMemo' ? record.tax : undefined;
  if (tax?.parts === undefined || tax.parts.length === 0) return undefined;
  const added = sum(tax.parts.map(({ amount }) => parseMoney(amount, currency)!));
  if (added !== undefined && added === parseMoney(tax.amount, currency)) return undefined;
  const found = added === undefined ? 'too much to read' : formatMoney(added, currency);
  const message = `tax.parts add up to ${found}, and tax.amount is ${tax.amount}. Correct one of them, or leave the parts out.`;
  return { field: 'tax.parts', message };
}

/** Lines whose tax doesn't add up to the document's state two amounts, and nobody knows which of them is due. */
export function lineTaxesRefusal(record: SourceRecord, currency: string): RecordRefusal | undefined {
  if (record.type !== 'invoice' && record.type !== 'creditMemo') return undefined;
  const stated = record.lines.flatMap(({ tax }) => (tax === undefined ? [] : [parseMoney(tax.amount, currency)!]));
  if (stated.length === 0) return undefined;
  const whole = record.tax?.amount ?? '0';
  const added = sum(stated);
  if (added !== undefined && added === parseMoney(whole, currency)) return undefined;
  const found = added === undefined ? 'too much to read' : formatMoney(added, currency);
  const message = `The taxes of the lines add up to ${found}, and tax.amount is ${whole}. Correct one of them, or leave the lines’ taxes out.`;
  return { field: 'lines', message };
}
