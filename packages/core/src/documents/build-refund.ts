import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import { REFUND_RULES } from '../rules/refunds.ts';
import { check } from '../rules/rule.ts';
import { compact } from '../values/compact.ts';
import { parseMoney, ZERO } from '../values/money.ts';
import type { BuildContext, Built } from './build-context.ts';
import { classOfInvoice } from './build-sales-form.ts';
import type { JournalDocument, JournalLine } from './documents.ts';
import { allocationsOf } from './net-payment.ts';
import { customerOf, headOf, lookUp, nonBlank } from './parts.ts';
import { prefixed } from './ref-no.ts';

/** Builds the journal of a refund whose payment is in the books, or its correction: the customer owes again (debit), the money is paid out (credit). */
export function buildRefundJournal(
  record: RefundRecord,
  context: BuildContext,
  operation: JournalDocument['operation'] = 'journal.insert',
): Built {
  const { settings, company } = context;
  const payment = context.payment(record.paymentId);
  const references = lookUp(payment ?? {}, context);
  const customer = customerOf(references.customer);
  const amount = parseMoney(record.amount, company.currency) ?? ZERO;
  const memo = memoOf(record, payment);
  const posted = operation === 'journal.update' ? context.posted(record) : undefined;
  const kept = posted && context.postedDocument?.(record);
  const former = kept?.kind === 'journal' ? kept : undefined;
  const own = settings.classes.mode === 'none' ? undefined : classOf(payment, context);
  // An update moves no money to another account or class.
  const sideOf = (side: JournalLine['side'], account: string | undefined) => {
    const line = former?.lines.find((one) => one.side === side);
    const of = { amount, description: memo, side };
    return { ...of, account: line?.account ?? nonBlank(account) ?? '', class: former === undefined ? own : line?.class };
  };
  const document = compact<JournalDocument>({
    kind: 'journal',
    operation,
    ...headOf(record, record.date, references, context),
    customer,
    number: posted?.number ?? refundNumber(record, context),
    formerDate: posted?.date === record.date ? undefined : posted?.date,
    memo,
    paymentId: record.paymentId,
    lines: [
      compact<JournalLine>({ ...sideOf('debit', settings.accounts.receivable), customer }),
      compact<JournalLine>(sideOf('credit', settings.accounts.refund)),
    ],
    total: amount,
  });
  return { document, problems: check({ record, document, references, context, payment }, REFUND_RULES), nothingToSend: false };
}

/** `RF-<refund id>`, where books can keep that: it is not too long, and in letters that all of them have. */
export function refundNumber(record: RefundRecord, context: BuildContext): string {
  if (/[^\u0020-\u007e\u00a0-\u00ff]/.test(record.id))
    return `RF-${context.shortHash(record.id)}`.slice(0, context.limits.number);
  return prefixed('RF-', record.id, context.limits.number, context.shortHash);
}

function memoOf(record: RefundRecord, payment: PaymentRecord | undefined): string {
  const of = (payment && nonBlank(payment.reference)) ?? record.paymentId;
  const reason = nonBlank(record.reason);
  return `Refund of payment ${of}${reason === undefined ? '' : `: ${reason}`}`;
}

/** The class of the payment's largest allocation, else the company's. */
function classOf(payment: PaymentRecord | undefined, context: BuildContext): string | undefined {
  const parts = payment ? allocationsOf(payment, context.company.currency) : [];
  let largest = parts[0];
  for (const part of parts) if (part.amount > (largest?.amount ?? 0)) largest = part;
  const invoice = largest && context.invoice(largest.invoiceId);
  return (invoice && classOfInvoice(invoice, context)) ?? nonBlank(context.settings.classes.default);
}
