import {
  type Chart,
  type CreditMemoDocument,
  type Document,
  type DocumentCustomer,
  type DocumentLine,
  type InvoiceDocument,
  type Problem,
  type ProblemCode,
  problem,
  type RecordRef,
} from '@ledgerpost/core';
import type { QboSettings } from './settings.ts';
import { storedMarker, transliterate, unstorable } from './texts.ts';

const MAX = {
  description: 4000,
  message: 1000,
  note: 4000,
  lines: 10_000,
  taxedLines: 750,
  itemName: 100,
  phone: 30,
  email: 100,
};
const INCOME_TYPES = ['Income', 'Other Income'];

/** QuickBooks' own rules, after core's and the chart's. */
export function validateForQbo(document: Document, chart: Chart | undefined, settings: QboSettings): readonly Problem[] {
  const found = new Found(document);
  if (document.customer !== undefined) checkCustomer(document.customer, found);
  if (storedMarker(document.marker).length > MAX.note)
    found.say('text-too-long', 'has an id that is too long. Shorten it.', 'id');
  switch (document.kind) {
    case 'invoice':
    case 'creditMemo':
      checkSalesForm(document, chart, settings, found);
      break;
    case 'payment':
      checkNumber(document.refNo, found, 'reference');
      if (document.amount < 0) found.say('amount-not-positive', 'is below zero, which QuickBooks does not take.', 'amount');
      break;
    case 'journal':
      checkNumber(document.number, found, 'id');
      for (const { description } of document.lines) checkLength(description ?? document.memo, 'description', found, 'reason');
      break;
    case 'warning':
      break;
    default:
      document satisfies never;
  }
  return found.problems;
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
    found.say(
      'document-too-large',
      `has ${lines.length} lines, and QuickBooks takes ${most}. Split the record in the field-service system.`,
      'lines',
    );
  }
  for (const [at, line] of lines.entries()) checkLine(line, at, chart, found);
  const preferences = chart?.preferences;
  if (preferences === undefined) return;
  if (tax !== undefined && tax.amount !== 0 && preferences.salesTax === 'none') {
    found.say(
      'unknown-tax-code',
      `charges tax “${tax.name}”, and sales tax is off in QuickBooks, so the tax would be dropped. Set sales tax up there, then refresh the connection.`,
      'tax.name',
    );
  }
  const classed = document.class !== undefined || lines.some((line) => line.class !== undefined);
  const { mode } = settings.classes;
  if (classed && mode !== 'none' && preferences.classMode !== mode) {
    const named = { none: 'no classes', transaction: 'one class per transaction', line: 'one class per row' };
    found.say(
      'unknown-class',
      `has classes by the setting “${named[mode]}”, and QuickBooks keeps ${named[preferences.classMode]}, so they would be dropped. Refresh the connection, or change one of the two.`,
      'accountingClass',
    );
  }
}

function checkLine(line: DocumentLine, at: number, chart: Chart | undefined, found: Found): void {
  const { item, description } = line;
  const field = `lines[${at}]`;
  if (description !== undefined) checkLength(description, 'description', found, `${field}.description`);
  if (item.name.length > MAX.itemName) {
    found.say('text-too-long', `needs product or service “${item.name}”, which is too long a name. Shorten it.`, `${field}.name`);
  }
  checkCharacters('product or service', item.name, `${field}.name`, found);
  const account = chart?.accounts.find(({ name }) => name === item.account);
  if (account !== undefined && !INCOME_TYPES.includes(account.type)) {
    found.say(
      'wrong-account-type',
      `books “${item.name}” to account “${account.name}”, which is ${account.type}; a product or service needs an income account. Map another account.`,
      `${field}.accountingCategory`,
    );
  }
}

function checkCustomer(customer: DocumentCustomer, found: Found): void {
  const who = { type: 'customer', id: customer.id } as const;
  checkCharacters('customer', customer.name, 'accountingKey', found, who);
  const parts = customer.name.split(':');
  if (parts.some((part) => part.trim() === '') || parts.length > 5) {
    const text = `is for customer “${customer.name}”, and between its colons QuickBooks needs one to five names. Mend the accounting key.`;
    found.say('unstorable-text', text, 'accountingKey', who);
  }
  const { email, phone } = customer;
  if (email !== undefined && email !== '' && !isEmail(email)) {
    found.say('bad-email', `is for a customer with the e-mail address “${email}”, which is none. Mend it.`, 'email', who);
  }
  if (phone !== undefined && transliterate(phone).length > MAX.phone) {
    const text = `is for a customer with a telephone number of ${phone.length} characters; QuickBooks takes ${MAX.phone}. Shorten it.`;
    found.say('text-too-long', text, 'phone', who);
  }
}

function isEmail(email: string): boolean {
  return email.length <= MAX.email && unstorable(email) === undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email);
}

/** A number is how the document is found again, so it can't be changed on the way. */
function checkNumber(number: string, found: Found, field: string): void {
  const odd = unstorable(number);
  if (odd !== undefined) {
    found.say('unstorable-text', `has the number “${number}”, and QuickBooks can't store “${odd}”. Take it out.`, field);
  }
}

function checkCharacters(what: string, name: string, field: string, found: Found, record?: RecordRef): void {
  const odd = unstorable(name);
  if (odd === undefined) return;
  const text = `needs ${what} “${name}”, and QuickBooks can't store “${odd}”. Take it out of the name, here and in QuickBooks.`;
  found.say('unstorable-text', text, field, record);
}

function checkLength(text: string, what: 'description' | 'message', found: Found, field: string): void {
  const length = transliterate(text).length;
  if (length <= MAX[what]) return;
  found.say(
    'text-too-long',
    `has a ${what} of ${length} characters, and QuickBooks takes ${MAX[what]}. Shorten it in the field-service system.`,
    field,
  );
}

class Found {
  readonly problems: Problem[] = [];
  readonly #document: Document;
  readonly #told = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
  }

  /** What is wrong with ten lines in the same words is told once. */
  say(code: ProblemCode, text: string, field: string, record: RecordRef = this.#document.record): void {
    const key = `${code}/${text}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
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
