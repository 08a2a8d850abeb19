import {
  type Chart,
  type CreditMemoDocument,
  type Document,
  type DocumentCustomer,
  type DocumentLine,
  type InvoiceDocument,
  type PaymentDocument,
  type Problem,
  type ProblemCode,
  problem,
  type RecordRef,
  showMoney,
} from '@ledgerpost/core';
import { spaced, storedName } from '../names/compare-names.ts';
import { isExact } from './payload.ts';
import { feeAccount, heldIn } from './payment-fee.ts';
import type { QboSettings } from './settings.ts';
import { shortened, spelledTexts } from './spelled-texts.ts';
import { isAutomated } from './tax.ts';
import { MAX_DESCRIPTION, MAX_PHONE, plainName, storedMarker, storedPhone, transliterate, unstorable } from './texts.ts';

const MAX = {
  description: MAX_DESCRIPTION,
  message: 1000,
  note: 4000,
  lines: 10_000,
  taxedLines: 750,
  itemName: 100,
};
/**
 * Account types that QuickBooks accepts behind a service item. Memberships, deferred revenue, tips and retainers are on liability
 * accounts: Intuit's own instructions for deposits do it so (documented in its help, not seen in an API answer).
 */
const ITEM_ACCOUNT_TYPES = ['Income', 'Other Income', 'Other Current Liability', 'Long Term Liability'];

/** QuickBooks' own rules, after core's and the chart's. */
export function validateForQbo(document: Document, chart: Chart | undefined, settings: QboSettings): readonly Problem[] {
  const found = new Found(document);
  if (document.customer !== undefined) {
    checkCustomer(document.customer, settings, found);
    checkExemption(document.customer, chart, settings, found);
  }
  if (storedMarker(document.marker).length > MAX.note)
    found.add('text-too-long', 'has an ID that is too long for QuickBooks. Shorten the ID in the field-service system.', 'id');
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      checkSalesForm(document, chart, settings, found);
      break;
    case 'payment':
      if (document.amount < 0)
        found.add(
          'amount-not-positive',
          'has an amount below zero, which QuickBooks does not accept. Correct the amount in the field-service system.',
          'amount',
        );
      checkFee(document, chart, found);
      break;
    case 'journal':
      if (transliterate(document.memo).length > MAX_DESCRIPTION) {
        const text = `has a reason of more than ${MAX_DESCRIPTION} characters. QuickBooks gets its beginning.`;
        found.add('spelled-plainly', text, 'reason');
      }
      break;
    case 'warning':
      break;
    default:
      document satisfies never;
  }
  for (const { what, field, before, after } of spelledTexts(document))
    found.add(
      'spelled-plainly',
      `has the ${what} “${before}”. QuickBooks gets “${after}”, because it can't store all of its letters.`,
      field,
    );
  return found.problems;
}

/** A fee never stops a payment: what can't be posted is said. */
function checkFee(document: PaymentDocument, chart: Chart | undefined, found: Found): void {
  const { fee, currency } = document;
  if (fee === undefined || document.operation !== 'payment.insert' || chart === undefined) return;
  const wrong =
    feeAccount(document, chart) === undefined
      ? `the account “${fee.account}” for card fees is not an active expense account in QuickBooks`
      : heldIn(document, chart) === undefined
        ? 'QuickBooks has no account Undeposited Funds, and the settings name no other for payments'
        : undefined;
  if (wrong === undefined) return;
  const text = `is posted without its fee of ${showMoney(fee.amount, currency)}, because ${wrong}. Choose another account in the settings, or add the fee to the bank deposit.`;
  found.add('fee-not-posted', text, 'fee');
}

function checkSalesForm(
  document: InvoiceDocument | CreditMemoDocument,
  chart: Chart | undefined,
  settings: QboSettings,
  found: Found,
): void {
  const { lines, tax, message, number } = document;
  checkNumber(number, found, 'number');
  if (message !== undefined) checkLength(message, 'message', found, 'memo');
  const most = tax === undefined || tax.amount === 0 ? MAX.lines : MAX.taxedLines;
  if (lines.length > most) {
    found.add(
      'document-too-large',
      `has ${lines.length} lines, and QuickBooks accepts at most ${most}. Split the record in the field-service system.`,
      'lines',
    );
  }
  for (const [at, line] of lines.entries()) checkLine(line, at, document.currency, chart, settings, found);
  const preferences = chart?.preferences;
  if (preferences === undefined) return;
  if (tax !== undefined && tax.amount !== 0 && preferences.salesTax === 'none' && document.taxMode !== 'line') {
    found.add(
      'unknown-tax-code',
      `charges tax “${tax.name}”, but sales tax is off in QuickBooks, which would drop the tax. Turn on sales tax in QuickBooks, then refresh the connection.`,
      'tax.name',
    );
  }
  const classed = document.class !== undefined || lines.some((line) => line.class !== undefined);
  const { mode } = settings.classes;
  if (classed && mode !== 'none' && preferences.classMode !== mode) {
    const named = { none: 'no classes', transaction: 'one class per transaction', line: 'one class per row' };
    found.add(
      'unknown-class',
      `uses ${named[mode]} by the settings, but QuickBooks tracks ${named[preferences.classMode]} and would drop the classes. Change one of the two, then refresh the connection.`,
      'accountingClass',
    );
  }
}

function checkLine(
  line: DocumentLine,
  at: number,
  currency: string,
  chart: Chart | undefined,
  settings: QboSettings,
  found: Found,
): void {
  const { item, description } = line;
  const field = `lines[${at}]`;
  if (!isExact(line.quantity, line.unitPrice, line.amount, currency)) {
    const text = `has a line of ${line.quantity} × ${line.unitPrice}, for which QuickBooks would not compute ${showMoney(line.amount, currency)}. The line is sent with its amount only.`;
    found.add('quantity-not-sent', text, `${field}.quantity`);
  }
  if (description !== undefined) checkLength(description, 'description', found, `${field}.description`);
  const plain = storedName(item.name, settings.names?.nonLatin1 === 'kept');
  if (plain.length > MAX.itemName) {
    found.add(
      'text-too-long',
      `needs product or service “${item.name}”, and QuickBooks accepts names of up to ${MAX.itemName} characters. Shorten the name in the field-service system.`,
      `${field}.name`,
    );
  }
  checkSpelling('product or service', item.name, `${field}.name`, settings, found);
  const account = chart?.accounts.find(({ name }) => name === item.account);
  if (account !== undefined && !ITEM_ACCOUNT_TYPES.includes(account.type)) {
    found.add(
      'wrong-account-type',
      `posts “${item.name}” to account “${account.name}” of type ${account.type}, but a product or service needs an income or liability account. Map another account.`,
      `${field}.accountingCategory`,
    );
  }
}

function checkCustomer(customer: DocumentCustomer, settings: QboSettings, found: Found): void {
  const record = { type: 'customer', id: customer.id } as const;
  checkSpelling('customer', customer.name, 'accountingKey', settings, found, record);
  const { phone } = customer;
  if (phone !== undefined && storedPhone(phone) !== transliterate(phone)) {
    const text = `is for customer “${customer.name}”, whose phone number has ${phone.length} characters. QuickBooks keeps ${MAX_PHONE}, so a new customer gets “${storedPhone(phone)}”.`;
    found.add('phone-shortened', text, 'phone', record);
  }
}

/** An exemption has a legal ground, which nobody may guess. */
function checkExemption(customer: DocumentCustomer, chart: Chart | undefined, settings: QboSettings, found: Found): void {
  if (!customer.taxExempt || !isAutomated(chart) || settings.tax?.exemptionReason !== undefined) return;
  const text = `is for customer “${customer.name}”, who is exempt from tax. Automated sales tax wants the reason, and the settings have none, so QuickBooks may create the customer as taxable. Choose the reason in the settings, or set it for the customer in QuickBooks.`;
  found.add('no-exemption-reason', text, 'taxExempt', { type: 'customer', id: customer.id });
}

/** A document is found again by its number, so the number can't be changed on the way. */
function checkNumber(number: string, found: Found, field: string): void {
  const odd = unstorable(number);
  if (odd !== undefined) {
    found.add(
      'unstorable-text',
      `has the number “${number}”, and QuickBooks can't store “${odd}”. Remove that character from the number.`,
      field,
    );
  }
}

/** New names are written as they are where these books keep them, else in plain letters. What exists there keeps its name. */
function checkSpelling(what: string, name: string, field: string, settings: QboSettings, found: Found, record?: RecordRef): void {
  const mode = settings.names?.nonLatin1 ?? 'auto';
  const plain = storedName(name, mode === 'kept');
  // QuickBooks separates a customer from those below it by colons: up to five names, and none without letters.
  if (what === 'customer' && spaced(name) !== oneSpaced(name)) {
    const text = `is for customer “${shortened(name)}”. QuickBooks keeps one to five names between colons, of up to 500 characters each, so a new customer gets the name “${shortened(plain)}”.`;
    found.add('spelled-plainly', text, field, record);
    return;
  }
  if (plain === spaced(plainName(name)) || mode === 'kept') return;
  const unless = mode === 'plain' ? '' : ', unless QuickBooks has other names with such letters';
  found.add(
    'spelled-plainly',
    `needs ${what} “${name}”. If it is new there, it gets the name “${plain}”${unless}.`,
    field,
    record,
  );
}

/** With single blanks, and none around colons. */
function oneSpaced(name: string): string {
  return name
    .split(':')
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .join(':');
}

function checkLength(text: string, what: 'description' | 'message', found: Found, field: string): void {
  const length = transliterate(text).length;
  if (length <= MAX[what]) return;
  found.add(
    'text-too-long',
    `has a ${what} of ${length} characters, and QuickBooks accepts ${MAX[what]}. Shorten it in the field-service system.`,
    field,
  );
}

class Found {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #seen = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** Adds a problem. One that several lines share word for word is reported once. */
  add(code: ProblemCode, text: string, field: string, record: RecordRef = this.#document.record): void {
    const key = `${code}/${text}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.problems.push(problem(code, record, `${nameOf(this.#document)} ${text}`, field));
  }
}

/** `Invoice 10427`: how sentences begin. */
export function nameOf(document: Document): string {
  switch (document.kind) {
    case 'invoice':
      return `Invoice ${document.number}`;
    case 'creditMemo':
      return `Credit memo ${document.number}`;
    case 'payment':
      return `Payment ${document.refNo}`;
    case 'journal':
      return `Refund ${document.number}`;
    case 'warning':
      return `Payment ${document.number}`;
    default:
      return document satisfies never;
  }
}
