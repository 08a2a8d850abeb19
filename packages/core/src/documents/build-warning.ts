import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import { LISTED_PAYMENT_RULES } from '../rules/payments.ts';
import { REFUND_RULES } from '../rules/refunds.ts';
import { check } from '../rules/rule.ts';
import { compact } from '../values/compact.ts';
import { type Money, parseMoney, showMoney, ZERO } from '../values/money.ts';
import type { BuildContext, Built } from './build-context.ts';
import { methodOf, net } from './build-payment.ts';
import { refundNumber } from './build-refund.ts';
import type { WarningDocument } from './documents.ts';
import { grossOf } from './net-payment.ts';
import { customerOf, headOf, lookUp, nonBlank } from './parts.ts';
import { refNoOf } from './ref-no.ts';

/** Lists a payment on an imported job for a person: only the books have the invoices that it pays. */
export function buildListedPayment(record: PaymentRecord, context: BuildContext): Built {
  const references = lookUp(record, context);
  const { amount, netted } = net(record, grossOf(record, context.company.currency), context);
  const job = references.job?.number ?? references.job?.id ?? record.jobId ?? '';
  const document = compact<WarningDocument>({
    kind: 'warning',
    operation: 'warning.list',
    ...headOf(record, record.date, references, context),
    customer: customerOf(references.customer),
    number: refNoOf(record, context),
    method: methodOf(record, context),
    amount,
    netted,
    text: `Enter this payment of ${cash(amount, context)} in the books and apply it to the invoices of job ${job}. Only the books have these invoices.`,
  });
  const problems = check({ record, document, references, context }, LISTED_PAYMENT_RULES);
  return { document, problems, nothingToSend: amount === 0 };
}

/** Lists a refund of a payment that was itself only listed. */
export function buildListedRefund(record: RefundRecord, context: BuildContext): Built {
  const payment = context.payment(record.paymentId);
  const references = lookUp(payment ?? {}, context);
  const amount = parseMoney(record.amount, context.company.currency) ?? ZERO;
  const of = (payment && nonBlank(payment.reference)) ?? record.paymentId;
  const document = compact<WarningDocument>({
    kind: 'warning',
    operation: 'warning.list',
    ...headOf(record, record.date, references, context),
    customer: customerOf(references.customer),
    number: refundNumber(record, context),
    method: nonBlank(record.method),
    amount,
    text: `Enter this refund of ${cash(amount, context)} in the books. Its payment ${of} was listed here and applied manually.`,
  });
  return { document, problems: check({ record, document, references, context, payment }, REFUND_RULES), nothingToSend: false };
}

function cash(amount: Money, { company }: BuildContext): string {
  return showMoney(amount, company.currency);
}
