import { type Problem, problem } from '../codes/problems.ts';
import type { JournalDocument, WarningDocument } from '../documents/documents.ts';
import { grossOf } from '../documents/net-payment.ts';
import { nonBlank } from '../documents/parts.ts';
import type { PaymentRecord, RefundRecord } from '../records/records.ts';
import type { Money } from '../values/money.ts';
import { amountIsPositive } from './payments.ts';
import { accountingKeyLooksRight, customerNameFits, hasAccountingKey } from './references.ts';
import type { Rule, Subject } from './rule.ts';
import { staysInItsMonth } from './stays-in-month.ts';
import { cash, naming, removedSince } from './words.ts';

export type RefundSubject = Subject<RefundRecord, JournalDocument | WarningDocument> & {
  readonly payment: PaymentRecord | undefined;
};

export const REFUND_RULES: readonly Rule<RefundSubject>[] = [
  paymentIsKnown,
  paymentHasCustomer,
  hasAccountingKey,
  customerNameFits,
  accountingKeyLooksRight,
  refundIsNotRemoved,
  amountIsPositive,
  refundsFitThePayment,
  rolesHaveAccounts,
  journalHasClass,
  openReceivableIsReported,
  listedRefundIsReported,
  staysInItsMonth,
];

function paymentIsKnown({ record, payment }: RefundSubject): Problem | undefined {
  if (payment) return undefined;
  const message = `Refund ${record.id} is for payment ${record.paymentId}, and that payment was never sent. Send the payment record.`;
  return problem('unknown-payment', record, message, 'paymentId');
}

function paymentHasCustomer({ payment, references }: RefundSubject): Problem | undefined {
  if (!payment) return undefined;
  const name = `Payment ${nonBlank(payment.reference) ?? payment.id}`;
  if (!nonBlank(payment.customerId)) {
    return problem('no-customer', payment, `${name} has no customer. Add one in the field-service system.`, 'customerId');
  }
  if (references.customer) return undefined;
  const message = `${name} is from customer ${payment.customerId}, and that customer was never sent. Send the customer record.`;
  return problem('unknown-customer', { type: 'customer', id: payment.customerId! }, message, 'customerId');
}

function refundIsNotRemoved({ record, document }: RefundSubject): Problem | undefined {
  return record.status === 'removed' ? removedSince(record, document) : undefined;
}

function refundsFitThePayment({ record, document, payment, context }: RefundSubject): Problem | undefined {
  if (!payment) return undefined;
  const gross = grossOf(payment, context.company.currency);
  let refunded = 0;
  for (const refund of context.refundsOf(payment.id)) if (!refund.removed) refunded += refund.amount;
  if (refunded <= gross) return undefined;
  const message = `The refunds of payment ${nonBlank(payment.reference) ?? payment.id} add up to ${cash(refunded as Money, document)}, more than the payment’s ${cash(gross, document)}. Correct the refunds in the field-service system.`;
  return problem('refund-exceeds-payment', record, message, 'amount');
}

function rolesHaveAccounts({ record, document }: RefundSubject): readonly Problem[] | undefined {
  if (document.kind !== 'journal') return undefined;
  const missing: Problem[] = [];
  for (const { side, account } of document.lines) {
    if (account !== '') continue;
    const role = side === 'debit' ? 'Accounts Receivable' : 'refunds';
    const field = side === 'debit' ? 'accounts.receivable' : 'accounts.refund';
    missing.push(
      problem(
        'no-account',
        record,
        `${naming(document)} needs the account for ${role}. Choose it in the settings (${field}).`,
        field,
      ),
    );
  }
  return missing.length > 0 ? missing : undefined;
}

function journalHasClass({ record, document, context }: RefundSubject): Problem | undefined {
  if (document.kind !== 'journal' || context.settings.classes.mode === 'none') return undefined;
  if (document.lines.every((line) => line.class !== undefined)) return undefined;
  const message = `${naming(document)} needs a class, and its payment’s invoice and the company have none. Set a default class in the settings.`;
  return problem('no-class', record, message);
}

function openReceivableIsReported({ record, document, payment }: RefundSubject): Problem | undefined {
  if (document.operation !== 'journal.insert') return undefined;
  const of = payment ? `payment ${nonBlank(payment.reference) ?? payment.id}` : 'the payment';
  const message = `${naming(document)} leaves ${cash(document.total, document)} open on Accounts Receivable for ${document.customer?.name ?? 'the customer'}. Apply it to ${of} or its invoice in the books.`;
  return problem('receivable-left-open', record, message);
}

function listedRefundIsReported({ record, document, payment, references }: RefundSubject): Problem | undefined {
  if (document.kind !== 'warning') return undefined;
  const job = references.job?.number ?? references.job?.id;
  const on = job === undefined ? 'an imported job' : `imported job ${job}`;
  const message = `${naming(document)} is for payment ${payment ? (nonBlank(payment.reference) ?? payment.id) : record.paymentId} on ${on}. Only the books have that job’s invoices, so the refund is only listed. Enter it in the books.`;
  return problem('imported-job', record, message, 'paymentId');
}
