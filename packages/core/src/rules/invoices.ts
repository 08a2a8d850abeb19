import { type Problem, problem } from '../codes/problems.ts';
import type { DocumentLine, InvoiceDocument } from '../documents/documents.ts';
import { type Money, ZERO } from '../values/money.ts';
import { customerNameFits, hasAccountingKey, hasCustomer } from './references.ts';
import type { Rule } from './rule.ts';
import { hasNumber, numberFits, SALES_RULES, type SalesSubject } from './sales-forms.ts';
import { cash, naming } from './words.ts';

export const INVOICE_RULES: readonly Rule<SalesSubject>[] = [
  invoiceIsFinal,
  ...SALES_RULES,
  isNotOverpaid,
  creditIsToldWhenRaised,
  staysInItsMonth,
  namesAreAsPosted,
];

/** A voided invoice is sent with zeros: its amounts have nothing to add up to any more. */
export const VOID_RULES: readonly Rule<SalesSubject>[] = [
  invoiceIsFinal,
  hasCustomer,
  hasAccountingKey,
  customerNameFits,
  hasNumber,
  numberFits,
  isNotOverpaid,
  staysInItsMonth,
];

function invoiceIsFinal({ record, document }: SalesSubject): Problem | undefined {
  if (record.type !== 'invoice' || record.status === 'finalized') return undefined;
  if (document.operation !== 'invoice.insert') {
    return record.status === 'draft'
      ? problem(
          'was-posted',
          record,
          `${naming(document)} went back to draft after it was batched. Finalize it again, or void it.`,
          'status',
        )
      : undefined;
  }
  const state = record.status === 'draft' ? 'is a draft. Finalize it' : 'is void. Finalize it if it is to be sent';
  return problem('not-finalized', record, `${naming(document)} ${state} in the field-service system.`, 'status');
}

function isNotOverpaid({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' && document.operation !== 'invoice.void') return undefined;
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (applied <= document.total) return undefined;
  const over = (applied - document.total) as Money;
  const message = `${naming(document)} comes down to ${cash(document.total, document)}, and ${cash(applied, document)} is applied to it in the books: ${cash(over, document)} becomes an open credit of the customer. Re-allocate or refund it.`;
  return problem('invoice-overpaid', record, message, 'total');
}

/**
 * A person who loads files finds that lowered invoices let go of payments, which raised ones don't get back: the books keep a
 * credit. A push target puts back what it took off itself, and says where it could not.
 */
function creditIsToldWhenRaised({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' || context.delivery === 'push') return undefined;
  const posted = context.posted(record);
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (posted?.kind !== 'invoice' || posted.amount >= applied || document.total <= posted.amount) return undefined;
  const back = (Math.min(applied, document.total) - posted.amount) as Money;
  const message = `${naming(document)} was lowered to ${cash(posted.amount, document)}, below the ${cash(applied, document)} that was applied to it, and is ${cash(document.total, document)} now: up to ${cash(back, document)} of the customer’s open credit belong to it again. Apply them in the books.`;
  return problem('credit-to-apply', record, message, 'total');
}

function staysInItsMonth({ record, document }: SalesSubject): Problem | undefined {
  if (document.kind !== 'invoice' || document.formerDate === undefined) return undefined;
  const { formerDate, date } = document;
  if (monthOf(formerDate) === monthOf(date)) return undefined;
  const message = `${naming(document)} stands in the books on ${formerDate}, and the update moves it to ${date}: what was reported for ${monthOf(formerDate)} and ${monthOf(date)} changes. Let it go if both months are still open to you; else give the invoice its former date in the field-service system.`;
  return problem('crosses-period', record, message, 'date');
}

function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** An update carries today's names and defaults along, whatever it was made for. */
function namesAreAsPosted({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  if (document.operation !== 'invoice.update') return undefined;
  const told: Problem[] = [];
  const before = context.posted(record)?.customer;
  const now = document.customer;
  if (before !== undefined && now !== undefined && before.id === now.id && before.name !== now.name) {
    const message = `${naming(document)} stands in the books under customer “${before.name}”, whose accounting key is “${now.name}” now; the update goes out under that name. Check that the customer is renamed in the books too.`;
    told.push(problem('reference-changed', { type: 'customer', id: now.id }, message, 'accountingKey'));
  }
  const former = context.postedDocument?.(record);
  const changes = former?.kind === 'invoice' ? changedDefaults(former, document) : [];
  if (changes.length > 0) {
    const message = `${naming(document)} is booked otherwise than when it was posted, though these lines are the same: ${changes.join('; ')}. Check the mapping in the settings if that is not meant.`;
    told.push(problem('reference-changed', record, message, 'lines'));
  }
  return told;
}

/** What changed on the way from line to account and class, of lines that say the same as before. */
function changedDefaults(former: InvoiceDocument, document: SalesSubject['document']): readonly string[] {
  const changes = new Set<string>();
  for (const [i, line] of document.lines.entries()) {
    const was = former.lines[i];
    if (was === undefined || !saysTheSame(was, line)) continue;
    const name = was.item.name === line.item.name ? line.item.name : (line.description ?? line.item.name);
    if (was.item.account !== line.item.account)
      changes.add(`“${name}” went to account ${quoted(was.item.account)} and goes to ${quoted(line.item.account)}`);
    if (was.class !== line.class) changes.add(`“${name}” had class ${quoted(was.class)} and has ${quoted(line.class)}`);
  }
  return [...changes];
}

/** A line without a service is called by its account, so its item's name may have changed with the mapping. */
function saysTheSame(was: DocumentLine, line: DocumentLine): boolean {
  if (was.amount !== line.amount || was.quantity !== line.quantity || was.unitPrice !== line.unitPrice) return false;
  return was.item.name === line.item.name || (was.description !== undefined && was.description === line.description);
}

function quoted(name: string | undefined): string {
  return name === undefined ? '(none)' : `“${name}”`;
}
