import {
  type Chart,
  type ChartName,
  type CreditMemoDocument,
  compact,
  type Document,
  type DocumentCustomer,
  type InvoiceDocument,
  isDecimal,
  type JournalDocument,
  type Json,
  type Money,
  multiply,
  numberOf,
  type PaymentDocument,
  type PaymentMember,
} from '@ledgerpost/core';
import type { Body, Kind, Line, Ref } from '../api/entities.ts';
import { offWire, onWire } from '../api/wire-money.ts';
import { addressesOf } from './addresses.ts';
import { jobNumberIn } from './job-number.ts';
import { type FeePayload, feePayload } from './payment-fee.ts';
import type { QboSettings } from './settings.ts';
import { taxBody } from './tax.ts';
import { storedMarker, storedReason, storedRefNo, transliterate } from './texts.ts';

/**
 * What is stored for one document before anything is sent. In `body`, accounts, classes, terms, methods and tax codes are ids
 * from the chart. Customers and items are our own keys, because the batch may still create them: the push fills in their ids. Names
 * are left out, so that a new name is no other payload. Payloads that were stored before have names instead of keys.
 */
export type QboPayload = {
  readonly entity: Kind;
  readonly act: 'create' | 'update' | 'void';
  readonly number: string;
  readonly marker: string;
  readonly currency: string;
  /** Whether the books keep our numbers. Otherwise only the marker identifies a document. */
  readonly ownNumbers: boolean;
  /** QuickBooks computes the tax, so the body has none. Absent: the tax is in the body. */
  readonly taxByBooks?: true;
  /** Payments: which invoices, by record id, in minor units. */
  readonly applied?: readonly { readonly invoiceId: string; readonly number: string; readonly amount: Money }[];
  /** Updates of payments: the members that the body corrects. Absent: the payment is only applied to other invoices. */
  readonly corrects?: readonly PaymentMember[];
  /** Updates of payments: what it is applied to is a person's work, and stays. */
  readonly keepsLinks?: boolean;
  /** New payments: the journal of the card processor's fee. */
  readonly fee?: Omit<FeePayload, 'body'> & { readonly body: Readonly<Record<string, Json>> };
  readonly body: Readonly<Record<string, Json>>;
};

/** The payload of a document. Pure. A name that the chart lacks stays a name, and the push refuses it. */
export function payloadOf(document: Document, chart: Chart | undefined, settings: QboSettings): QboPayload {
  const marker = storedMarker(document.marker);
  const number = document.kind === 'payment' ? storedRefNo(document.refNo) : numberOf(document);
  const shared = { number, marker, currency: document.currency };
  const ownNumbers = chart?.preferences?.customNumbers ?? true;
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo': {
      const act = document.operation === 'invoice.void' ? 'void' : document.operation.endsWith('.update') ? 'update' : 'create';
      const entity = document.kind === 'invoice' ? 'Invoice' : 'CreditMemo';
      const taxByBooks = document.taxMode === 'books' ? ({ taxByBooks: true } as const) : {};
      return { ...shared, ...taxByBooks, entity, act, ownNumbers, body: json(salesForm(document, chart, settings, marker)) };
    }
    case 'payment': {
      const act = document.operation === 'payment.update' ? 'update' : 'create';
      const applied = document.applied.map((part) => ({
        invoiceId: part.invoiceId,
        number: part.invoiceNumber,
        amount: part.amount,
      }));
      const body = json(payment(document, chart, marker));
      const corrects = document.corrects === undefined ? {} : { corrects: document.corrects };
      const keepsLinks = act === 'update' && document.job?.imported === true ? { keepsLinks: true } : {};
      const posted = feePayload(document, chart, currencyOf(chart));
      const fee = posted === undefined ? {} : { fee: { ...posted, body: json(posted.body) } };
      return { ...shared, entity: 'Payment', act, ownNumbers: true, applied, ...corrects, ...keepsLinks, ...fee, body };
    }
    case 'journal':
      return {
        ...shared,
        entity: 'JournalEntry',
        act: document.operation === 'journal.update' ? 'update' : 'create',
        ownNumbers: true,
        body: json(journal(document, chart, marker)),
      };
    case 'warning':
      throw new TypeError('Warnings are never posted to QuickBooks: no stage sends them.');
    default:
      return document satisfies never;
  }
}

/** The payload's total in the books, in minor units: computed from the body, as QuickBooks does. Without the tax that QuickBooks computes. */
export function moneyIn(payload: QboPayload, currency: string): Money {
  const body = payload.body as unknown as Body;
  if (payload.entity === 'Payment') return offWire(body.TotalAmt, currency) ?? (0 as Money);
  let total = payload.entity === 'JournalEntry' ? 0 : (offWire(body.TxnTaxDetail?.TotalTax, currency) ?? 0);
  for (const line of body.Line ?? []) {
    if (line.JournalEntryLineDetail?.PostingType === 'Credit') continue;
    total += offWire(line.Amount, currency) ?? 0;
  }
  return total as Money;
}

function salesForm(
  document: InvoiceDocument | CreditMemoDocument,
  chart: Chart | undefined,
  settings: QboSettings,
  marker: string,
): Body {
  const { currency } = document;
  const perLine = settings.classes.mode === 'line';
  const tax = taxBody(document, (code) => found(chart?.taxCodes, code));
  const job = jobNumberIn(document, chart, settings);
  const terms = document.kind === 'invoice' ? document.terms : undefined;
  const lines = document.lines.map((line): Line => {
    const exact = isExact(line.quantity, line.unitPrice, line.amount, currency);
    return compact<Line>({
      DetailType: 'SalesItemLineDetail',
      Amount: onWire(line.amount, currency),
      Description: line.description === undefined ? undefined : transliterate(line.description),
      SalesItemLineDetail: compact<NonNullable<Line['SalesItemLineDetail']>>({
        ItemRef: line.item.key === undefined ? { name: line.item.name } : { key: line.item.key },
        Qty: exact ? Number(line.quantity) : undefined,
        UnitPrice: exact ? Number(line.unitPrice) : undefined,
        TaxCodeRef: { value: tax.codeOf(line) },
        ClassRef: perLine && line.class !== undefined ? found(chart?.classes, line.class) : undefined,
      }),
    });
  });
  return compact<Body>({
    CustomerRef: document.customer && customerRef(document.customer),
    CurrencyRef: currencyOf(chart),
    TxnDate: document.date,
    DueDate: document.kind === 'invoice' ? document.dueDate : undefined,
    SalesTermRef: terms === undefined ? undefined : knownRef(chart?.terms, terms),
    DocNumber: document.number,
    PrivateNote: `${marker}${job.note}`,
    ...addressesOf(document, settings),
    CustomField: job.field,
    CustomerMemo: document.message === undefined ? undefined : { value: transliterate(document.message) },
    ClassRef:
      settings.classes.mode === 'transaction' && document.class !== undefined ? found(chart?.classes, document.class) : undefined,
    DepartmentRef: departmentOf(document, chart, settings),
    TxnTaxDetail: tax.detail,
    Line: tax.line === undefined ? lines : [...lines, tax.line],
  });
}

/** Books with several currencies want to know which one is meant. Ledgerpost posts in their own. */
function currencyOf(chart: Chart | undefined): Ref | undefined {
  const value = chart?.preferences?.homeCurrency;
  return value === undefined ? undefined : { value };
}

/** The most minor units that a double multiplies exactly. */
const SURELY_EXACT = 1_000_000_000_00;
/** QuickBooks keeps quantities and prices with up to seven digits after the point. */
const DIGITS_KEPT = 7;

/**
 * Whether QuickBooks computes the same amount from quantity and price. It rounds to cents as we do, and refuses a line whose amount
 * it computes differently. The numbers count, not their spelling: 14.00000 is 14.
 */
export function isExact(quantity: string, unitPrice: string, amount: Money, currency: string): boolean {
  if (!isDecimal(quantity, DIGITS_KEPT) || !isDecimal(unitPrice, DIGITS_KEPT) || Math.abs(amount) > SURELY_EXACT) return false;
  return multiply(quantity, unitPrice, currency) === amount;
}

function payment(document: PaymentDocument, chart: Chart | undefined, marker: string): Body {
  return compact<Body>({
    CustomerRef: document.customer && customerRef(document.customer),
    CurrencyRef: currencyOf(chart),
    TxnDate: document.date,
    PaymentRefNum: storedRefNo(document.refNo),
    PaymentMethodRef: document.method === undefined ? undefined : knownRef(chart?.paymentMethods, document.method),
    DepositToAccountRef: document.depositTo === undefined ? undefined : found(chart?.accounts, document.depositTo),
    TotalAmt: onWire(document.amount, document.currency),
    PrivateNote: marker,
  });
}

function journal(document: JournalDocument, chart: Chart | undefined, marker: string): Body {
  return compact<Body>({
    CurrencyRef: currencyOf(chart),
    TxnDate: document.date,
    DocNumber: document.number,
    PrivateNote: marker,
    Line: document.lines.map(
      (line): Line =>
        compact<Line>({
          DetailType: 'JournalEntryLineDetail',
          Amount: onWire(line.amount, document.currency),
          Description: storedReason(line.description ?? document.memo),
          JournalEntryLineDetail: compact<NonNullable<Line['JournalEntryLineDetail']>>({
            PostingType: line.side === 'debit' ? 'Debit' : 'Credit',
            AccountRef: found(chart?.accounts, line.account),
            Entity: line.customer && { Type: 'Customer', EntityRef: customerRef(line.customer) },
            ClassRef: line.class === undefined ? undefined : found(chart?.classes, line.class),
          }),
        }),
    ),
  });
}

function customerRef({ id }: DocumentCustomer): Ref {
  return { key: id };
}

/** Set only where the books track locations and have this one. A department that they lack never stops a document. */
function departmentOf({ department }: Document, chart: Chart | undefined, { departments = {} }: QboSettings): Ref | undefined {
  if (department === undefined || chart?.preferences?.departments !== true) return undefined;
  const location = Object.hasOwn(departments, department.name) ? departments[department.name] : department.name;
  const known = chart.departments?.find(({ name, active }) => active && name === location);
  return known?.id === undefined ? undefined : { value: known.id };
}

/** Terms and payment methods that the books don't have are left out, and a warning names them. */
function knownRef(list: readonly ChartName[] | undefined, name: string): Ref | undefined {
  if (list === undefined || list.length === 0) return found(list, name);
  const known = list.find((one) => one.active && one.name === name);
  return known?.id === undefined ? undefined : { value: known.id };
}

function found(list: readonly ChartName[] | undefined, name: string): Ref {
  const id = list?.find((one) => one.active && one.name === name)?.id ?? list?.find((one) => one.name === name)?.id;
  return id === undefined ? { name } : { value: id };
}

function json(body: Body): Readonly<Record<string, Json>> {
  return body as unknown as Readonly<Record<string, Json>>;
}
