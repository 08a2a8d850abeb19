import { problem } from '../codes/problems.ts';
import type { CreditMemoRecord, InvoiceRecord, SourceLine } from '../records/records.ts';
import { CREDIT_MEMO_RULES, VOIDING_MEMO_RULES } from '../rules/credit-memos.ts';
import { INVOICE_RULES, VOID_RULES } from '../rules/invoices.ts';
import { check } from '../rules/rule.ts';
import { compact } from '../values/compact.ts';
import { formatMoney, type Money, multiply, parseMoney, ZERO } from '../values/money.ts';
import type { BuildContext, Built } from './build-context.ts';
import { creditedParts } from './credited-parts.ts';
import type {
  CreditMemoDocument,
  DocumentItem,
  DocumentLine,
  DocumentTax,
  InvoiceDocument,
  LineTax,
  SalesForm,
} from './documents.ts';
import { customerOf, headOf, lookUp, mapped, nonBlank, type References, serviceAddressOf } from './parts.ts';
import { prefixed } from './ref-no.ts';
import { descriptionOf, type ResolvedLine, resolveLine } from './resolve-line.ts';
import { isTaxable, taxModeOf, taxOf } from './sales-tax.ts';

/** Builds an invoice. A voided invoice is the same invoice with zero amounts. */
export function buildInvoice(record: InvoiceRecord, operation: InvoiceDocument['operation'], context: BuildContext): Built {
  const { references, resolved, form } = salesForm(record, context);
  const invoice = compact<InvoiceDocument>({
    kind: 'invoice',
    operation,
    ...form,
    number: numberOfRecord(record),
    dueDate: nonBlank(record.dueDate),
    terms: termsOf(record, context),
    formerDate: operation === 'invoice.insert' ? undefined : formerDateOf(record, context),
  });
  const ended = operation === 'invoice.void' || (operation === 'invoice.update' && record.status === 'void');
  const document = ended ? emptied(invoice) : invoice;
  const problems = check({ record, document, references, context, resolved }, ended ? VOID_RULES : INVOICE_RULES);
  return { document, problems, nothingToSend: false };
}

/** Builds a credit memo. A new one has the invoices that it is used for, as far as the books can have them. */
export function buildCreditMemo(
  record: CreditMemoRecord,
  context: BuildContext,
  operation: CreditMemoDocument['operation'] = 'creditMemo.insert',
): Built {
  const { references, resolved, form } = salesForm(record, context);
  const document = compact<CreditMemoDocument>({
    kind: 'creditMemo',
    operation,
    ...form,
    number: numberOfRecord(record),
    invoiceId: nonBlank(record.invoiceId),
    applied: operation === 'creditMemo.insert' ? creditedParts(record, context) : undefined,
    formerDate: operation === 'creditMemo.insert' ? undefined : formerDateOf(record, context),
  });
  return {
    document,
    problems: check({ record, document, references, context, resolved }, CREDIT_MEMO_RULES),
    nothingToSend: false,
  };
}

/**
 * Builds the credit memo that balances a posted invoice which was voided. It has the content of the posted invoice, even if the record
 * was edited before it was voided.
 */
export function buildVoidingMemo(record: InvoiceRecord, context: BuildContext): Built {
  const posted = context.posted(record);
  const kept = context.postedDocument?.(record);
  const former = kept?.kind === 'invoice' ? kept : undefined;
  const { references, resolved, form } = salesForm(record, context);
  const { customer, message, shipTo, taxMode, class: one, lines, tax, total } = former ?? form;
  const invoiceNumber = posted?.number ?? numberOfRecord(record);
  const document = compact<CreditMemoDocument>({
    ...form,
    kind: 'creditMemo',
    operation: 'creditMemo.insert',
    number: prefixed('CM-', invoiceNumber, context.limits.number, context.shortHash),
    invoiceId: record.id,
    customer: customer ?? form.customer,
    message,
    shipTo,
    taxMode,
    class: one,
    lines,
    tax,
    total,
  });
  const problems = check({ record, document, references, context, resolved }, former ? VOIDING_MEMO_RULES : CREDIT_MEMO_RULES);
  if (posted && posted.amount !== document.total) {
    const text = `Invoice ${invoiceNumber} was edited and then voided, so its content in the books is not known here. Credit it in the books, then mark it as already in the books.`;
    problems.push(problem('changed-after-batch', record, text, 'total'));
  }
  return { document, problems, nothingToSend: false };
}

/** The class of a whole invoice: the one that all lines share, else its department's, else the company's, else that of its largest line. */
export function classOfInvoice(record: InvoiceRecord, context: BuildContext): string | undefined {
  const references = lookUp(record, context);
  const resolved = resolveLines(record, references, context);
  const first = resolved[0]?.class;
  if (first !== undefined && resolved.every((line) => line.class === first)) return first;
  const shared = nonBlank(references.department?.accountingClass) ?? nonBlank(context.settings.classes.default);
  if (shared !== undefined) return shared;
  let largest: string | undefined;
  let most = -1;
  for (const [i, line] of record.lines.entries()) {
    const amount = Math.abs(parseMoney(line.amount, context.company.currency) ?? 0);
    if (resolved[i]?.class === undefined || amount <= most) continue;
    largest = resolved[i].class;
    most = amount;
  }
  return largest;
}

/** The day of the posted document, if the record now has another. */
function formerDateOf(record: InvoiceRecord | CreditMemoRecord, context: BuildContext): string | undefined {
  const former = context.posted(record)?.date ?? context.postedDocument?.(record)?.date;
  return former === record.date ? undefined : former;
}

function numberOfRecord(record: InvoiceRecord | CreditMemoRecord): string {
  return (record.number ?? '').trim();
}

function resolveLines(
  record: InvoiceRecord | CreditMemoRecord,
  references: References,
  context: BuildContext,
): readonly ResolvedLine[] {
  return record.lines.map((line) => {
    const service = line.serviceId === undefined ? undefined : context.service(line.serviceId);
    const below = (parseMoney(line.amount, context.company.currency) ?? 0) < 0;
    const resolved = resolveLine(line, below, service, references.department, context.settings, context.shortHash);
    const account = context.ownAccount?.(resolved.item);
    return account === undefined || account === resolved.item.account
      ? resolved
      : { ...resolved, item: compact<DocumentItem>({ ...resolved.item, account, mappedTo: resolved.item.account }) };
  });
}

function salesForm(record: InvoiceRecord | CreditMemoRecord, context: BuildContext) {
  const { settings, company } = context;
  const references = lookUp(record, context);
  const resolved = resolveLines(record, references, context);
  const customer = customerOf(references.customer);
  const one = settings.classes.mode === 'transaction' ? classOfTransaction(resolved, references, context) : undefined;
  const tax = taxOf(record, context);
  const taxMode = taxModeOf(context);
  const taxation = { tax, exempt: customer?.taxExempt === true, mode: taxMode };

  const lines = record.lines.map((line, i): DocumentLine => {
    const { item, class: own } = resolved[i]!;
    const service = line.serviceId === undefined ? undefined : context.service(line.serviceId);
    return compact<DocumentLine>({
      item,
      description: descriptionOf(line, item, service),
      ...priced(line, context),
      taxable: isTaxable(line, service, taxation),
      class: settings.classes.mode === 'line' ? own : one,
      tax: lineTax(line, tax, context),
    });
  });

  const form = compact<Omit<SalesForm, 'number'>>({
    ...headOf(record, record.date, references, context),
    customer,
    message: nonBlank(record.memo),
    shipTo: serviceAddressOf(record, references),
    taxMode,
    class: one,
    lines,
    tax,
    total: parseMoney(record.total, company.currency) ?? ZERO,
  });
  return { references, resolved, form };
}

/** The tax that the record states for a line, with the code of its name. */
function lineTax({ tax: own }: SourceLine, tax: DocumentTax | undefined, context: BuildContext): LineTax | undefined {
  const amount = own && parseMoney(own.amount, context.company.currency);
  if (own === undefined || amount === undefined) return undefined;
  const name = nonBlank(own.name);
  return compact<LineTax>({ code: name === undefined ? tax?.code : mapped(context.settings.taxCodes, name), amount });
}

/** The amount counts. Files have no line without quantity and price, so one that doesn't multiply out is one piece at its amount. */
function priced(
  { quantity, unitPrice, amount: text }: SourceLine,
  { company: { currency }, delivery }: BuildContext,
): Pick<DocumentLine, 'quantity' | 'unitPrice' | 'amount'> {
  const amount = parseMoney(text, currency) ?? ZERO;
  if (delivery === 'push' || multiply(quantity, unitPrice, currency) === amount) return { quantity, unitPrice, amount };
  return { quantity: '1', unitPrice: formatMoney(amount, currency), amount };
}

/** The terms' name in the books. */
function termsOf(record: InvoiceRecord, { settings }: BuildContext): string | undefined {
  const terms = nonBlank(record.terms);
  return terms === undefined ? undefined : (mapped(settings.terms ?? {}, terms) ?? terms);
}

/** Mixed lines get the department's class, else the company's, else that of the first line that has one. */
function classOfTransaction(
  resolved: readonly ResolvedLine[],
  references: References,
  context: BuildContext,
): string | undefined {
  const first = resolved.find((line) => line.class !== undefined)?.class;
  if (resolved.every((line) => line.class === undefined || line.class === first)) return first;
  return nonBlank(references.department?.accountingClass) ?? nonBlank(context.settings.classes.default) ?? first;
}

/** The invoice with every amount at zero. It keeps its lines, so that the books still show what it was for. */
function emptied({ tax: _, ...invoice }: InvoiceDocument): InvoiceDocument {
  const zero = ({ tax: __, ...line }: DocumentLine): DocumentLine => ({ ...line, unitPrice: '0', amount: ZERO, taxable: false });
  const lines: readonly DocumentLine[] = invoice.lines.length > 0 ? invoice.lines.map(zero) : [VOID_LINE];
  return { ...invoice, lines, total: ZERO };
}

/** Books refuse an invoice without a line. */
const VOID_LINE: DocumentLine = {
  item: { name: 'Sales' },
  description: 'Void',
  quantity: '1',
  unitPrice: '0',
  amount: ZERO as Money,
  taxable: false,
};
