import {
  type ChartName,
  type CreditMemoDocument,
  type Document,
  type DocumentLine,
  type DocumentTax,
  formatDate,
  type InvoiceDocument,
  type JournalDocument,
  type Money,
  type PaymentDocument,
  toDecimal,
  type WarningDocument,
} from '@ledgerpost/core';
import type { Cells, Field, RowsPayload, Value } from './fields.ts';
import type { SaasantSettings } from './settings.ts';

/** The rows made last: a document is exported right after it was validated. */
let last: { readonly document: Document; readonly settings: SaasantSettings; readonly payload: RowsPayload } | undefined;

/** The rows of one document. Pure; the same document gives the same rows. */
export function rowsOf(document: Document, settings: SaasantSettings): RowsPayload {
  if (last?.document === document && last.settings === settings) return last.payload;
  const payload = rowsOfKind(document, settings);
  last = { document, settings, payload };
  return payload;
}

function rowsOfKind(document: Document, settings: SaasantSettings): RowsPayload {
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      return salesRows(document, settings);
    case 'payment':
      return paymentRows(document, settings);
    case 'journal':
      return journalRows(document, settings);
    case 'warning':
      return warningRow(document, settings);
    default:
      return document satisfies never;
  }
}

/**
 * SaasAnt joins the rows of one number into one transaction, and asks users to repeat the number, customer and date on each. Which
 * row it reads the other members from is not documented. Its own journal example leaves them blank after the first row, so it is
 * probably the first. We repeat all texts, so that any row will do. Only the tax amount is on the first row alone, because a sum
 * over rows would count it once per line.
 */
function salesRows(document: InvoiceDocument | CreditMemoDocument, settings: SaasantSettings): RowsPayload {
  const address = document.customer?.billingAddress;
  const shared = cells({
    number: document.number,
    customer: document.customer?.name,
    date: formatDate(document.date, settings.dateFormat),
    dueDate: document.kind === 'invoice' && document.dueDate ? formatDate(document.dueDate, settings.dateFormat) : undefined,
    terms: document.kind === 'invoice' ? known(document.terms, settings.chart?.terms) : undefined,
    billingLine1: address?.line1,
    billingLine2: address?.line2,
    billingLine3: address?.line3,
    billingCity: address?.city,
    billingPostalCode: address?.postalCode,
    billingCountry: address?.country,
    billingRegion: address?.region,
    ...(document.kind === 'invoice' ? shippingOf(document.shipTo) : {}),
    memo: document.marker,
    message: document.message,
    email: document.customer?.email,
    taxCode: document.tax?.code,
    job: document.job?.number,
  });
  const rows = document.lines.map((line) => lineCells(line, document.class, document.currency));
  return { shared, rows: withTaxOnce(rows, document.tax, document.currency) };
}

/** Where the work was done. SaasAnt's credit memos have no columns for it. */
function shippingOf(place: InvoiceDocument['shipTo']) {
  return {
    shippingLine1: place?.line1,
    shippingLine2: place?.line2,
    shippingLine3: place?.line3,
    shippingCity: place?.city,
    shippingPostalCode: place?.postalCode,
    shippingCountry: place?.country,
    shippingRegion: place?.region,
  };
}

/** Terms and methods that a declared chart lacks are left out, and a warning names them. */
function known(wanted: string | undefined, list: readonly ChartName[] = []): string | undefined {
  return list.length === 0 || list.some(({ name, active }) => active && name === wanted) ? wanted : undefined;
}

function lineCells(line: DocumentLine, documentClass: string | undefined, currency: string): Cells {
  return cells({
    item: line.item.name,
    description: line.description,
    quantity: Number(line.quantity),
    rate: Number(line.unitPrice),
    amount: toDecimal(line.amount, currency),
    // Never left empty: QuickBooks' automated sales tax treats an empty cell as taxable.
    taxable: line.taxable,
    // The template has no class for the whole invoice; where the books keep one, every line carries it.
    class: documentClass ?? line.class,
  });
}

function withTaxOnce(rows: readonly Cells[], tax: DocumentTax | undefined, currency: string): readonly Cells[] {
  const [first = {}, ...others] = rows;
  return tax ? [{ ...first, taxAmount: toDecimal(tax.amount, currency) }, ...others] : [first, ...others];
}

/**
 * One row per invoice that the payment is applied to, and one without an invoice for the unapplied rest. A job deposit has only
 * that one. SaasAnt joins the rows of one Ref No into one payment.
 */
function paymentRows(document: PaymentDocument, settings: SaasantSettings): RowsPayload {
  const shared = cells({
    number: document.refNo,
    date: formatDate(document.date, settings.dateFormat),
    customer: document.customer?.name,
    method: known(document.method, settings.chart?.paymentMethods),
    depositTo: document.depositTo,
    reference: document.reference,
    memo: document.marker,
  });
  const applied = document.applied.map((part) =>
    cells({ invoice: part.invoiceNumber, amount: toDecimal(part.amount, document.currency) }),
  );
  const left =
    document.unapplied !== 0 || applied.length === 0 ? [{ amount: toDecimal(document.unapplied, document.currency) }] : [];
  const fee = feeRows(document, settings);
  return { shared, rows: [...applied, ...left], ...(fee === undefined ? {} : { fee }) };
}

/** The fee as a journal: from the payment's account to that of the fees. */
function feeRows(document: PaymentDocument, settings: SaasantSettings): RowsPayload | undefined {
  const { fee, operation, depositTo, record, refNo, currency } = document;
  if (fee === undefined || depositTo === undefined || operation !== 'payment.insert') return undefined;
  const shared = cells({
    number: fee.number,
    date: formatDate(document.date, settings.dateFormat),
    memo: `Card fee of payment ${refNo} · Ledgerpost fee ${record.id}`,
  });
  const side = (account: string, amount: number) => cells({ account, amount: toDecimal(amount as Money, currency) });
  return { shared, rows: [side(fee.account, fee.amount), side(depositTo, -fee.amount)] };
}

/** One amount column: above zero is a debit, below zero a credit. */
function journalRows(document: JournalDocument, settings: SaasantSettings): RowsPayload {
  const shared = cells({
    number: document.number,
    date: formatDate(document.date, settings.dateFormat),
    memo: [document.memo, document.marker].filter((text) => text !== '').join(' · '),
  });
  const rows = document.lines.map((line) =>
    cells({
      account: line.account,
      amount: toDecimal((line.side === 'debit' ? line.amount : -line.amount) as Money, document.currency),
      description: line.description,
      name: line.customer?.name,
      class: line.class,
    }),
  );
  return { shared, rows };
}

function warningRow(document: WarningDocument, settings: SaasantSettings): RowsPayload {
  const row = cells({
    number: document.number,
    date: formatDate(document.date, settings.dateFormat),
    customer: document.customer?.name,
    method: document.method,
    amount: toDecimal(document.amount, document.currency),
    job: document.job?.number,
    text: document.text,
    source: document.marker,
  });
  return { shared: {}, rows: [row] };
}

/** Leaves out empty values, so that stored payloads stay small and empty cells stay empty. */
function cells(values: { readonly [F in Field]?: Value | undefined }): Cells {
  const kept: { [F in Field]?: Value } = {};
  for (const field in values) {
    const value = values[field as Field];
    if (value !== undefined && value !== '') kept[field as Field] = value;
  }
  return kept;
}
