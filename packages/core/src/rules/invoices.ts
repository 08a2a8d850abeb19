import { type Problem, problem } from '../codes/problems.ts';
import type { DocumentLine, InvoiceDocument } from '../documents/documents.ts';
import { type Money, ZERO } from '../values/money.ts';
import { customerNameFits, hasAccountingKey, hasCustomer } from './references.ts';
import type { Rule } from './rule.ts';
import { hasNumber, numberFits, SALES_RULES } from './sales-forms.ts';
import type { SalesSubject } from './sales-subject.ts';
import { staysInItsMonth } from './stays-in-month.ts';
import { cash, naming } from './words.ts';

export const INVOICE_RULES: readonly Rule<SalesSubject>[] = [
  invoiceIsFinal,
  ...SALES_RULES,
  isNotOverpaid,
  raisedInvoiceGetsItsCredit,
  staysInItsMonth,
  namesAreAsPosted,
];

/** A voided invoice is sent with zeros, so its amounts no longer have to add up. */
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
  const state = record.status === 'draft' ? 'is a draft. Finalize it' : 'is void. To send it, finalize it';
  return problem('not-finalized', record, `${naming(document)} ${state} in the field-service system.`, 'status');
}

function isNotOverpaid({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' && document.operation !== 'invoice.void') return undefined;
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (applied <= document.total) return undefined;
  const over = (applied - document.total) as Money;
  const message = `${naming(document)} is lowered to ${cash(document.total, document)}, and ${cash(applied, document)} is applied to it in the books. The excess of ${cash(over, document)} becomes an open credit of the customer. Re-allocate or refund it.`;
  return problem('invoice-overpaid', record, message, 'total');
}

/**
 * Where a person loads files, a lowered invoice releases payments in the books, and a raised one does not get them back: the books
 * keep a credit. A push target restores what it released, and reports where it could not.
 */
function raisedInvoiceGetsItsCredit({ record, document, context }: SalesSubject): Problem | undefined {
  if (document.operation !== 'invoice.update' || context.delivery === 'push') return undefined;
  const posted = context.posted(record);
  const applied = context.appliedTo?.(record.id) ?? ZERO;
  if (posted?.kind !== 'invoice' || posted.amount >= applied || document.total <= posted.amount) return undefined;
  const back = (Math.min(applied, document.total) - posted.amount) as Money;
  const message = `${naming(document)} was lowered to ${cash(posted.amount, document)}, below the ${cash(applied, document)} applied to it, and is now raised to ${cash(document.total, document)}. Apply up to ${cash(back, document)} of the customer’s open credit to it in the books.`;
  return problem('credit-to-apply', record, message, 'total');
}

/** An update also sends today's names and defaults, whatever the reason for the update. */
function namesAreAsPosted({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  if (document.operation !== 'invoice.update') return undefined;
  const problems: Problem[] = [];
  const before = context.posted(record)?.customer;
  const now = document.customer;
  if (before !== undefined && now !== undefined && before.id === now.id && before.name !== now.name) {
    const message = `${naming(document)} is in the books under customer “${before.name}”, whose accounting key is now “${now.name}”. The update is sent under the new name. Check that the customer is renamed in the books too.`;
    problems.push(problem('reference-changed', { type: 'customer', id: now.id }, message, 'accountingKey'));
  }
  const former = context.postedDocument?.(record);
  const changes = former?.kind === 'invoice' ? changedDefaults(former, document) : [];
  if (changes.length > 0) {
    const message = `${naming(document)} uses other accounts or classes than when it was posted, although its lines did not change: ${changes.join('; ')}. If that is not intended, check the mapping in the settings.`;
    problems.push(problem('reference-changed', record, message, 'lines'));
  }
  return problems;
}

/** What the mapping now gives to lines that did not change themselves. */
function changedDefaults(former: InvoiceDocument, document: SalesSubject['document']): readonly string[] {
  const changes = new Set<string>();
  for (const [i, line] of document.lines.entries()) {
    const was = former.lines[i];
    if (was === undefined || !isSameLine(was, line)) continue;
    const name = was.item.name === line.item.name ? line.item.name : (line.description ?? line.item.name);
    if (was.item.account !== line.item.account)
      changes.add(`“${name}” moves from account ${quoted(was.item.account)} to ${quoted(line.item.account)}`);
    if (was.class !== line.class) changes.add(`“${name}” moves from class ${quoted(was.class)} to ${quoted(line.class)}`);
  }
  return [...changes];
}

/** A line without a service is named by its account, so its item's name may have changed with the mapping. */
function isSameLine(was: DocumentLine, line: DocumentLine): boolean {
  if (was.amount !== line.amount || was.quantity !== line.quantity || was.unitPrice !== line.unitPrice) return false;
  return was.item.name === line.item.name || (was.description !== undefined && was.description === line.description);
}

function quoted(name: string | undefined): string {
  return name === undefined ? '(none)' : `“${name}”`;
}
